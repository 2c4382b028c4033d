import type {
  AcmeChallengeStatus,
  AcmeOrderStatus,
} from 'backstage-plugin-networking-common';
import { StatusIcon, type Tone } from '../StatusIcon';
import { Time } from '../Time';
import styles from './IssuanceHistory.module.css';

/** RFC 8555, section 7.1.6, and cert-manager's own. */
const TONES: Record<string, Tone> = {
  valid: 'good',
  ready: 'waiting',
  pending: 'waiting',
  processing: 'waiting',
  invalid: 'bad',
  errored: 'bad',
  expired: 'bad',
};

const toneOf = (state: string | undefined): Tone =>
  TONES[state ?? ''] ?? 'unknown';

function challengeText(challenge: AcmeChallengeStatus): string {
  const { type, dnsName, wildcard, state, reason } = challenge;
  const also = [
    challenge.processing && 'cert-manager works on it',
    challenge.presented && 'its answer is in place',
  ].filter(Boolean);
  return [
    `Challenge ${type.toLowerCase()} for ${wildcard ? '*.' : ''}${dnsName}: `,
    [state ?? 'not begun yet', ...also].join(', '),
    reason && ` — ${reason}`,
  ]
    .filter(Boolean)
    .join('');
}

function Challenges(props: { order: AcmeOrderStatus }) {
  const { name, challenges } = props.order;
  return (
    <ul
      aria-label={`Challenges of Order ${name}`}
      className={styles.challenges}
    >
      {challenges.map((challenge, index) => (
        <li key={index} className={styles.item}>
          <StatusIcon tone={toneOf(challenge.state)} />
          <p className={styles.line}>{challengeText(challenge)}</p>
        </li>
      ))}
    </ul>
  );
}

/** What an ACME server was asked for, with what it wants to see before. */
export function Orders(props: {
  orders: readonly AcmeOrderStatus[];
  label: string;
}) {
  return (
    <ul aria-label={props.label} className={styles.list}>
      {props.orders.map(order => {
        const { name, createdAt, state, reason, failedAt, challenges } = order;
        return (
          <li key={name} className={styles.item}>
            <StatusIcon tone={toneOf(state)} />
            <div className={styles.text}>
              <p className={styles.line}>
                Order {name}: {state ?? 'not placed yet'}
                {reason && ` — ${reason}`}
              </p>
              <p className={`${styles.line} ${styles.meta}`}>
                Made <Time iso={createdAt} />
                {failedAt && (
                  <>
                    {', failed '}
                    <Time iso={failedAt} />
                  </>
                )}
              </p>
              {challenges.length > 0 && <Challenges order={order} />}
            </div>
          </li>
        );
      })}
    </ul>
  );
}

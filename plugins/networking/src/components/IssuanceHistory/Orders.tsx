import type {
  AcmeChallengeStatus,
  AcmeOrderStatus,
} from 'backstage-plugin-networking-common';
import { listed } from '../../lib/text';
import { useT, type Translate } from '../../translation';
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

function challengeText(t: Translate, challenge: AcmeChallengeStatus): string {
  const { type, dnsName, wildcard, state, reason } = challenge;
  const subject = t('history.challenge', {
    type: type.toLowerCase(),
    host: wildcard ? `*.${dnsName}` : dnsName,
  });
  const states = listed(
    state ?? t('history.notBegun'),
    challenge.processing && t('history.processing'),
    challenge.presented && t('history.presented'),
  );
  return `${subject}: ${states}${reason ? ` — ${reason}` : ''}`;
}

function Challenges(props: { order: AcmeOrderStatus }) {
  const t = useT();
  const { name, challenges } = props.order;
  return (
    <ul
      aria-label={t('history.challengesOf', { name })}
      className={styles.challenges}
    >
      {challenges.map((challenge, index) => (
        <li key={index} className={styles.item}>
          <StatusIcon tone={toneOf(challenge.state)} />
          <p className={styles.line}>{challengeText(t, challenge)}</p>
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
  const t = useT();
  return (
    <ul aria-label={props.label} className={styles.list}>
      {props.orders.map(order => {
        const { name, createdAt, state, reason, failedAt, challenges } = order;
        return (
          <li key={name} className={styles.item}>
            <StatusIcon tone={toneOf(state)} />
            <div className={styles.text}>
              <p className={styles.line}>
                {t('history.order', {
                  name,
                  state: state ?? t('history.notPlaced'),
                })}
                {reason && ` — ${reason}`}
              </p>
              <p className={`${styles.line} ${styles.meta}`}>
                {failedAt
                  ? t('history.madeAndFailed', {
                      time: <Time iso={createdAt} />,
                      failed: <Time iso={failedAt} />,
                    })
                  : t('history.made', { time: <Time iso={createdAt} /> })}
              </p>
              {challenges.length > 0 && <Challenges order={order} />}
            </div>
          </li>
        );
      })}
    </ul>
  );
}

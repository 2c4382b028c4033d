import type { ReactNode } from 'react';
import {
  RiLockLine,
  RiLockUnlockLine,
  RiQuestionLine,
  RiShieldKeyholeLine,
} from '@remixicon/react';
import {
  commonName,
  type TlsStatus,
  type TlsWord,
} from 'backstage-plugin-networking-common';
import { healthTone, tlsHealth } from '../../lib/health';
import { absoluteTime, lifeText } from '../../lib/time';
import { useT, type Translate } from '../../translation';
import { toneClass } from '../StatusIcon';
import { Hidden } from '../Hidden';
import styles from './TlsLine.module.css';

const ICONS: Record<TlsWord, typeof RiLockLine> = {
  Good: RiLockLine,
  Degraded: RiShieldKeyholeLine,
  Bad: RiLockUnlockLine,
  Unknown: RiQuestionLine,
  None: RiLockUnlockLine,
};

function DaysLeft(props: { days: number; until?: string }) {
  const t = useT();
  const { days, until } = props;
  const sentence = lifeText(t, days, until);
  if (!until) return <span>{sentence}</span>;
  const exact = absoluteTime(until);
  return (
    <time dateTime={until} title={t('time.validUntilOnHover', { date: exact })}>
      {sentence}
      <Hidden> ({exact})</Hidden>
    </time>
  );
}

/** What the line says; a list of hosts knows less of each than its tab. */
type Shown = Partial<TlsStatus> & Pick<TlsStatus, 'word'>;

/** The TLS facts that stand beside each other. */
function facts(t: Translate, tls: Shown): ReactNode[] {
  const parts: ReactNode[] = [];
  if (tls.issuer) {
    const isIssued = tls.certificate ?? tls.validUntil;
    parts.push(
      t(isIssued ? 'tls.issuedBy' : 'tls.toBeIssuedBy', {
        issuer: tls.issuer.name,
      }),
    );
  }
  if (tls.coversHost === false) parts.push(t('tls.notCovered'));
  if (tls.daysLeft !== undefined) {
    parts.push(<DaysLeft days={tls.daysLeft} until={tls.validUntil} />);
  }
  const authority = tls.trustedBy && commonName(tls.trustedBy.subject);
  // An issuer is mostly called as its CA is, which is said already.
  if (authority && authority !== tls.issuer?.name) {
    parts.push(t('tls.trustedThrough', { name: authority }));
  }
  return parts;
}

/**
 * TLS in one line: whether it is good, who signed it, whether it covers the host, how long it lasts and which CA
 * verifies it. What is wrong, and the remedy, stand under it.
 */
export function TlsLine(props: {
  tls: Shown;
  /** Only the word and the days: for cards. */
  short?: boolean;
  /** Control at the end of the line. */
  action?: ReactNode;
  /** A sentence that stands beside the line already and is not repeated with its remedy. */
  said?: string;
}) {
  const t = useT();
  const { tls, short = false, action, said } = props;
  const Icon = ICONS[tls.word] ?? RiQuestionLine;
  const health = tlsHealth(tls.word);
  const tone = healthTone(health);
  const all = facts(t, tls);
  const shown =
    short && tls.daysLeft !== undefined
      ? [<DaysLeft key="days" days={tls.daysLeft} until={tls.validUntil} />]
      : all;
  const explained =
    tls.word !== 'Good' && !short && tls.finding?.message !== said;
  return (
    <div className={`${styles.tls} ${short ? styles.short : ''}`}>
      <Icon
        size={18}
        aria-hidden="true"
        className={`${styles.icon} ${toneClass(tone)}`}
      />
      <div className={styles.text}>
        <p className={styles.line}>
          <strong className={toneClass(tone)}>
            {tls.word === 'None'
              ? t('tls.none')
              : t('tls.state', { state: t(`health.${health}`) })}
          </strong>
          {shown.map((part, index) => (
            // The parts are a fixed sequence of sentences.
            // eslint-disable-next-line react/no-array-index-key
            <span key={index}>
              {' · '}
              {part}
            </span>
          ))}
        </p>
        {explained && <p className={styles.line}>{tls.finding?.message}</p>}
        {explained && tls.finding?.remedy && (
          <p className={styles.remedy}>{tls.finding.remedy}</p>
        )}
      </div>
      {action && <div className={styles.action}>{action}</div>}
    </div>
  );
}

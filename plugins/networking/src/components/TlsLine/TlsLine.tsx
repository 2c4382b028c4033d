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
import { absoluteTime, daysLeftSentence } from '../../lib/time';
import { toneClass, type Tone } from '../StatusIcon';
import { Hidden } from '../Hidden';
import styles from './TlsLine.module.css';

const WORDS: Record<TlsWord, string> = {
  Good: 'TLS good',
  Degraded: 'TLS degraded',
  Bad: 'TLS bad',
  Unknown: 'TLS not known',
  None: 'No TLS',
};

const TONES: Record<TlsWord, Tone> = {
  Good: 'good',
  Degraded: 'attention',
  Bad: 'bad',
  Unknown: 'unknown',
  None: 'attention',
};

const ICONS: Record<TlsWord, typeof RiLockLine> = {
  Good: RiLockLine,
  Degraded: RiShieldKeyholeLine,
  Bad: RiLockUnlockLine,
  Unknown: RiQuestionLine,
  None: RiLockUnlockLine,
};

function DaysLeft(props: { days: number; until?: string }) {
  const { days, until } = props;
  const sentence = daysLeftSentence(days);
  if (!until) return <span>{sentence}</span>;
  const exact = absoluteTime(until);
  return (
    <time dateTime={until} title={`Valid until ${exact}`}>
      {sentence}
      <Hidden>{` (valid until ${exact})`}</Hidden>
    </time>
  );
}

/** What the line says; a list of hosts knows less of each than its tab. */
type Shown = Partial<TlsStatus> & Pick<TlsStatus, 'word'>;

/** The TLS facts as parts of one sentence. */
function facts(tls: Shown): ReactNode[] {
  const parts: ReactNode[] = [];
  if (tls.issuer) {
    const isIssued = tls.certificate ?? tls.validUntil;
    parts.push(
      <>
        {isIssued ? 'signed by' : 'to be signed by'} {tls.issuer.name}
      </>,
    );
  }
  if (tls.coversHost !== undefined) {
    parts.push(
      tls.coversHost ? <>covers this host</> : <>does not cover this host</>,
    );
  }
  if (tls.daysLeft !== undefined) {
    parts.push(<DaysLeft days={tls.daysLeft} until={tls.validUntil} />);
  }
  if (tls.trustedBy) {
    parts.push(
      <span title={`SHA-256 ${tls.trustedBy.fingerprintSha256}`}>
        verified by the CA {commonName(tls.trustedBy.subject)}
      </span>,
    );
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
  const { tls, short = false, action, said } = props;
  const Icon = ICONS[tls.word] ?? RiQuestionLine;
  const tone = TONES[tls.word] ?? 'unknown';
  const all = facts(tls);
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
          <strong className={toneClass(tone)}>{WORDS[tls.word]}</strong>
          {shown.map((part, index) => (
            // The parts are a fixed sequence of sentences.
            // eslint-disable-next-line react/no-array-index-key
            <span key={index}>
              {index === 0 ? ' — ' : ', '}
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

import type { VerdictWord } from 'backstage-plugin-networking-common';
import { StatusIcon, toneClass, type Tone } from '../StatusIcon';
import styles from './VerdictBadge.module.css';

const TONES: Record<VerdictWord, Tone> = {
  Live: 'good',
  Pending: 'waiting',
  Degraded: 'attention',
  Broken: 'bad',
  Unknown: 'unknown',
};

/** The verdict in one word with its shape. */
export function VerdictBadge(props: { word: VerdictWord }) {
  const tone = TONES[props.word] ?? 'unknown';
  return (
    <span className={`${styles.badge} ${styles[tone]} ${toneClass(tone)}`}>
      <StatusIcon tone={tone} size={16} />
      {props.word}
    </span>
  );
}

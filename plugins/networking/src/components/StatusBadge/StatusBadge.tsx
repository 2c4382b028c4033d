import { StatusIcon, toneClass, type Tone } from '../StatusIcon';
import styles from './StatusBadge.module.css';

/** A word that says how something stands, with its shape. */
export function StatusBadge(props: { tone: Tone; word: string }) {
  const { tone, word } = props;
  return (
    <span className={`${styles.badge} ${styles[tone]} ${toneClass(tone)}`}>
      <StatusIcon tone={tone} size={16} />
      {word}
    </span>
  );
}

import { CopyButton } from '../CopyButton';
import styles from './CodeBlock.module.css';

/**
 * Text to read and copy as it is. The block scrolls by itself and by keyboard.
 *
 * @param props - `wraps`: long lines are continued below instead, for commands
 */
export function CodeBlock(props: {
  text: string;
  label: string;
  wraps?: boolean;
}) {
  const { text, label, wraps = false } = props;
  return (
    <div className={styles.frame}>
      <div className={styles.copy}>
        <CopyButton text={text} what={label} variant="tertiary" />
      </div>
      <pre
        className={wraps ? `${styles.code} ${styles.wraps}` : styles.code}
        // What scrolls has to be reachable by keyboard.
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
        role="region"
        aria-label={label}
      >
        <code>{text}</code>
      </pre>
    </div>
  );
}

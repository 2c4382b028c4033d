import { Button } from '@backstage/ui';
import { RiCheckLine, RiFileCopyLine } from '@remixicon/react';
import { useCopy } from '../../hooks/useCopy';
import { Hidden } from '../Hidden';
import styles from './CopyButton.module.css';

const WORDS = { idle: 'Copy', copied: 'Copied', failed: 'Not copied' };

/** Copies a text and says so. `what` completes the name: "Copy https://…". */
export function CopyButton(props: {
  text: string;
  what: string;
  /** What stands on it where others of its kind stand beside it; the name has to begin so. Default `Copy`. */
  label?: string;
  variant?: 'secondary' | 'tertiary';
}) {
  const { text, what, label = WORDS.idle, variant = 'secondary' } = props;
  const { state, copy } = useCopy();
  return (
    <>
      <Button
        size="small"
        variant={variant}
        className={styles.button}
        iconStart={state === 'copied' ? <RiCheckLine /> : <RiFileCopyLine />}
        aria-label={`Copy ${what}`}
        onPress={() => void copy(text)}
      >
        {state === 'idle' ? label : WORDS[state]}
      </Button>
      <Hidden role="status">
        {state === 'idle' ? '' : `${WORDS[state]}: ${what}`}
      </Hidden>
    </>
  );
}

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
  variant?: 'secondary' | 'tertiary';
}) {
  const { text, what, variant = 'secondary' } = props;
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
        {WORDS[state]}
      </Button>
      <Hidden role="status">
        {state === 'idle' ? '' : `${WORDS[state]}: ${what}`}
      </Hidden>
    </>
  );
}

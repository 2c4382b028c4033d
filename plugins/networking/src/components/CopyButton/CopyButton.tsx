import { Button } from '@backstage/ui';
import { RiCheckLine, RiFileCopyLine } from '@remixicon/react';
import { useCopy } from '../../hooks/useCopy';
import { useT } from '../../translation';
import { Hidden } from '../Hidden';
import styles from './CopyButton.module.css';

/** Copies a text and says so. `what` completes the name: "Copy https://…". */
export function CopyButton(props: {
  text: string;
  what: string;
  /** What stands on it where others of its kind stand beside it; the name has to begin so. Default `Copy`. */
  label?: string;
  variant?: 'secondary' | 'tertiary';
}) {
  const t = useT();
  const { text, what, label, variant = 'secondary' } = props;
  const { state, copy } = useCopy();
  return (
    <>
      <Button
        size="small"
        variant={variant}
        className={styles.button}
        iconStart={state === 'copied' ? <RiCheckLine /> : <RiFileCopyLine />}
        aria-label={t('copy.of', { what })}
        onPress={() => void copy(text)}
      >
        {state === 'idle' && label ? label : t(`copy.${state}`)}
      </Button>
      <Hidden role="status">
        {state === 'idle' ? '' : t(`copy.${state}Of`, { what })}
      </Hidden>
    </>
  );
}

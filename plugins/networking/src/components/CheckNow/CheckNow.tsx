import { useEffect, useState } from 'react';
import { Button } from '@backstage/ui';
import { RiRefreshLine } from '@remixicon/react';
import type { Probing, ProbeState } from '../../hooks/useProbe';
import { useSecondsUntil } from '../../hooks/useSecondsUntil';
import { failureMessage } from '../../lib/errors';
import { useT, type Translate } from '../../translation';
import { Hidden } from '../Hidden';
import styles from './CheckNow.module.css';

/** What is told to screen readers when a state begins. The seconds are counted for the eyes alone. */
function newsOf(t: Translate, state: ProbeState, host: string): string {
  switch (state.phase) {
    case 'asking':
      return t('check.asking', { host });
    case 'asked':
      return state.asked.includes(host)
        ? t('check.asked', { host })
        : t('check.askedBefore', { host });
    case 'failed':
      return t('check.failed', {
        host,
        message: failureMessage(state.error),
      });
    default:
      return '';
  }
}

/**
 * Has a host asked now, at most once a minute. The button keeps its size and the focus throughout; until the host may be
 * asked again it says when that is, and does nothing but say so.
 */
export function CheckNow(props: { host: string; probing: Probing }) {
  const t = useT();
  const { host, probing } = props;
  const { state, check } = probing;
  const left = useSecondsUntil(
    state.phase === 'asked' ? state.againAt : undefined,
  );
  const [reminder, setReminder] = useState('');
  const news = newsOf(t, state, host);
  useEffect(() => setReminder(''), [news]);
  const again = t('check.again', { count: left });
  return (
    <div className={styles.check}>
      <Button
        size="small"
        variant="secondary"
        className={styles.button}
        iconStart={<RiRefreshLine />}
        isPending={state.phase === 'asking'}
        aria-label={
          left > 0 ? t('check.waitsOf', { host }) : t('check.nowOf', { host })
        }
        onPress={() => {
          if (left > 0) setReminder(again);
          else void check();
        }}
      >
        {left > 0 ? t('check.againIn', { n: left }) : t('check.now')}
      </Button>
      {state.phase === 'failed' && (
        <p className={styles.failed}>{failureMessage(state.error)}</p>
      )}
      <Hidden role="status">{reminder || news}</Hidden>
    </div>
  );
}

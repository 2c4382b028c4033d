import { useEffect, useState } from 'react';
import { Button } from '@backstage/ui';
import { useSecondsUntil } from '../../hooks/useSecondsUntil';
import { useT } from '../../translation';
import { Hidden } from '../Hidden';

/**
 * Asks for a renewal, at most once a minute. Until it may be asked for again the button says when that is, keeps the focus,
 * and does nothing but say so.
 */
export function RenewButton(props: {
  /** `Certificate kube-system/idp-wildcard-cert`. */
  title: string;
  isBeingIssued: boolean;
  /** Not before (ISO 8601). */
  from?: string;
  onPress: () => void;
}) {
  const t = useT();
  const { title, isBeingIssued, from, onPress } = props;
  const left = useSecondsUntil(
    from === undefined ? undefined : Date.parse(from),
  );
  const [reminder, setReminder] = useState('');
  useEffect(() => setReminder(''), [from]);
  const waits = left > 0 && !isBeingIssued;
  return (
    <div>
      <Button
        size="small"
        variant="secondary"
        // A disabled button would lose the focus that the dialog gives back.
        isPending={isBeingIssued}
        aria-label={
          waits ? t('renew.waitsOf', { title }) : t('renew.buttonOf', { title })
        }
        onPress={() => {
          if (waits) {
            setReminder(t('renew.again', { title, count: left }));
          } else onPress();
        }}
      >
        {waits ? t('renew.waits', { n: left }) : t('renew.button')}
      </Button>
      <Hidden role="status">{reminder}</Hidden>
    </div>
  );
}

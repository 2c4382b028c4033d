import type { RefObject } from 'react';
import { Button } from '@backstage/ui';
import type { useKeptOrder } from '../../hooks/useKeptOrder';
import { useT } from '../../translation';

/**
 * Orders rows that were kept in their places; shown only while they would stand otherwise now.
 *
 * @param props - `focusNext`: where the focus goes on, since the button goes when it is pressed
 */
export function OrderAnew(props: {
  order: Pick<ReturnType<typeof useKeptOrder>, 'isOutdated' | 'orderAnew'>;
  focusNext: RefObject<HTMLElement>;
}) {
  const { order, focusNext } = props;
  const t = useT();
  if (!order.isOutdated) return null;
  return (
    <Button
      size="small"
      variant="secondary"
      onPress={() => {
        order.orderAnew();
        focusNext.current?.focus();
      }}
    >
      {t('common.orderAnew')}
    </Button>
  );
}

import type { ComponentProps } from 'react';
import { Button, Skeleton } from '@backstage/ui';
import { RiArrowLeftLine } from '@remixicon/react';
import { useExposureDetail } from '../../hooks/useExposureDetail';
import { addressOf } from '../../lib/exposures';
import { useT } from '../../translation';
import { ExposeForm } from '../ExposeForm';
import { Failure, loadingText } from '../Failure';
import styles from './EntityNetworking.module.css';

type FormProps = ComponentProps<typeof ExposeForm>;

/** The form for one of many exposures, which is read first. `route` is its key. */
export function EditForm(props: Omit<FormProps, 'edit'> & { route: string }) {
  const t = useT();
  const { route, ...form } = props;
  const view = useExposureDetail(addressOf(route));
  const { name } = addressOf(route);
  if (view.status === 'ready') return <ExposeForm {...form} edit={view.data} />;
  return (
    <div className={styles.tab}>
      <div className={styles.header}>
        <Button
          size="small"
          variant="tertiary"
          iconStart={<RiArrowLeftLine />}
          onPress={form.onClose}
        >
          {t('tab.back')}
        </Button>
      </div>
      {view.status === 'failed' ? (
        <Failure
          kind={view.kind}
          error={view.error}
          what="exposure"
          name={name}
          onRetry={view.refresh}
        />
      ) : (
        <div
          aria-busy="true"
          aria-label={loadingText(t, { what: 'exposure', name })}
        >
          <Skeleton height={400} width="100%" />
        </div>
      )}
    </div>
  );
}

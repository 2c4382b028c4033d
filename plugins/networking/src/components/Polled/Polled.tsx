import type { ReactNode } from 'react';
import { Skeleton } from '@backstage/ui';
import type { PolledView } from '../../hooks/usePolled';
import { useT } from '../../translation';
import { StaleNotice } from '../EntityNetworking/Notices';
import { Failure, loadingText, type Sought } from '../Failure';

/** What is read again and again: a skeleton of its height until it is there, why it is not, or it with its age. */
export function Polled<T>(
  props: Sought & {
    view: PolledView<T>;
    /** Of the skeleton, in CSS pixels. */
    height: number;
    children: (data: T) => ReactNode;
  },
) {
  const { view, what, name, height, children } = props;
  const t = useT();
  if (view.status === 'loading') {
    return (
      <div aria-busy="true" aria-label={loadingText(t, props)}>
        <Skeleton height={height} width="100%" />
      </div>
    );
  }
  if (view.status === 'failed') {
    return (
      <Failure
        kind={view.kind}
        error={view.error}
        what={what}
        name={name}
        onRetry={view.refresh}
      />
    );
  }
  return (
    <>
      <StaleNotice refreshedAt={view.refreshedAt} error={view.staleBecause} />
      {children(view.data)}
    </>
  );
}

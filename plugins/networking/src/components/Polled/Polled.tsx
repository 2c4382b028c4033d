import type { ReactNode } from 'react';
import { Skeleton } from '@backstage/ui';
import type { PolledView } from '../../hooks/usePolled';
import { StaleNotice } from '../EntityNetworking/Notices';
import { Failure } from '../Failure';

/** What is read again and again: a skeleton of its height until it is there, why it is not, or it with its age. */
export function Polled<T>(props: {
  view: PolledView<T>;
  /** Subject of a sentence, "the settings". */
  what: string;
  /** Of the skeleton, in CSS pixels. */
  height: number;
  children: (data: T) => ReactNode;
}) {
  const { view, what, height, children } = props;
  if (view.status === 'loading') {
    return (
      <div aria-busy="true" aria-label={`Loading ${what}`}>
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

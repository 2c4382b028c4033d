import { Link, Skeleton } from '@backstage/ui';
import { useRouteRef } from '@backstage/core-plugin-api';
import type { VerdictWord } from 'backstage-plugin-networking-common';
import { useHosts } from '../../hooks/useHosts';
import { rootRouteRef } from '../../routes';
import { StatusIcon } from '../StatusIcon';
import { VerdictBadge } from '../VerdictBadge';
import styles from './PlatformPage.module.css';

/** In the order in which they need somebody. */
const WORDS: readonly VerdictWord[] = [
  'Broken',
  'Degraded',
  'Pending',
  'Unknown',
  'Live',
];

const numbers = new Intl.NumberFormat('en');

/** How many hosts a cluster has and how they stand; each number leads to what it counts. */
export function HostCounts(props: { cluster: string; isOnly: boolean }) {
  const { cluster, isOnly } = props;
  const view = useHosts({ cluster: [cluster], limit: 1 });
  const page = useRouteRef(rootRouteRef)();
  const linkTo = (filters: Record<string, string>) => {
    const search = new URLSearchParams({
      ...(!isOnly && { cluster }),
      ...filters,
    });
    return `${page}/exposures${search.size > 0 ? `?${search}` : ''}`;
  };
  if (view.status === 'loading') return <Skeleton height={28} width="60%" />;
  if (view.status === 'failed') {
    return (
      <p className={styles.counts}>
        <StatusIcon tone="unknown" /> How many hosts there are is not known now.
      </p>
    );
  }
  const { totalItems, facets } = view.data;
  const counted = WORDS.flatMap(word => {
    const count = facets.verdict.find(({ value }) => value === word)?.count;
    return count ? [{ word, count }] : [];
  });
  return (
    <p className={styles.counts}>
      <Link href={linkTo({})} weight="bold">
        {numbers.format(totalItems)} {totalItems === 1 ? 'host' : 'hosts'}
      </Link>
      {counted.map(({ word, count }) => (
        <span key={word} className={styles.count}>
          <VerdictBadge word={word} />
          <Link
            href={linkTo({ verdict: word })}
            aria-label={`${numbers.format(count)} ${word}`}
          >
            {numbers.format(count)}
          </Link>
        </span>
      ))}
    </p>
  );
}

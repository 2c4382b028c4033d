import { Link, Skeleton } from '@backstage/ui';
import { useRouteRef } from '@backstage/core-plugin-api';
import { useHosts } from '../../hooks/useHosts';
import { VERDICTS, verdictText } from '../../lib/health';
import { rootRouteRef } from '../../routes';
import { useT } from '../../translation';
import { StatusIcon } from '../StatusIcon';
import { VerdictBadge } from '../VerdictBadge';
import styles from './PlatformPage.module.css';

/** How many hosts a cluster has and how they stand; each number leads to what it counts. */
export function HostCounts(props: { cluster: string; isOnly: boolean }) {
  const t = useT();
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
        <StatusIcon tone="unknown" /> {t('platform.hostsUnknown')}
      </p>
    );
  }
  const { totalItems, facets } = view.data;
  const counted = VERDICTS.flatMap(word => {
    const count = facets.verdict.find(({ value }) => value === word)?.count;
    return count ? [{ word, count }] : [];
  });
  return (
    <p className={styles.counts}>
      <Link href={linkTo({})} weight="bold">
        {t('platform.hosts', { count: totalItems })}
      </Link>
      {counted.map(({ word, count }) => (
        <span key={word} className={styles.count}>
          <VerdictBadge word={word} />
          <Link
            href={linkTo({ verdict: word })}
            aria-label={t('common.counted', {
              n: count,
              word: verdictText(t, word),
            })}
          >
            {t('common.number', { n: count })}
          </Link>
        </span>
      ))}
    </p>
  );
}

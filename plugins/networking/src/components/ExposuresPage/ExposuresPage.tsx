import { useEffect, useRef } from 'react';
import { useSearchParams } from 'react-router-dom';
import { Button, Container } from '@backstage/ui';
import type { HostsPage } from 'backstage-plugin-networking-common';
import { useHosts } from '../../hooks/useHosts';
import { ClusterNotices } from '../EntityNetworking/Notices';
import { Polled } from '../Polled';
import { Filters } from './Filters';
import { HostTable } from './HostTable';
import { isFiltered, queryOf, withValues } from './query';
import styles from './ExposuresPage.module.css';

const NO_FACETS: HostsPage['facets'] = {
  verdict: [],
  owner: [],
  namespace: [],
  cluster: [],
  reason: [],
};

const countOf = ({ totalItems }: HostsPage) =>
  totalItems === 1 ? '1 host' : `${totalItems} hosts`;

/** Every host that the reader may see, those in trouble first. What is asked for stands in the page's address. */
export function ExposuresPage() {
  const [search, setSearch] = useSearchParams();
  const query = queryOf(search);
  const view = useHosts(query);
  // The choices stay while the next rows are on their way.
  const facets = useRef(NO_FACETS);
  const data = view.status === 'ready' ? view.data : undefined;
  useEffect(() => {
    if (data) facets.current = data.facets;
  }, [data]);
  const goTo = (cursor: string) => {
    const next = new URLSearchParams(search);
    next.set('cursor', cursor);
    setSearch(next);
  };
  return (
    <Container>
      <div className={styles.page}>
        <Filters
          search={search}
          facets={data?.facets ?? facets.current}
          onChange={next => setSearch(next)}
        />
        <Polled view={view} what="the exposures" height={520}>
          {page => (
            <>
              <ClusterNotices clusters={page.clusters} />
              <p role="status" className={styles.count}>
                {countOf(page)}
                {isFiltered(search) ? ' found' : ''}
              </p>
              {page.items.length > 0 ? (
                <HostTable
                  rows={page.items}
                  hasClusters={page.clusters.length > 1}
                  query={query}
                  onSort={(sort, order) =>
                    setSearch(withValues(search, { sort, order }))
                  }
                />
              ) : (
                <p>
                  {isFiltered(search)
                    ? 'No host matches. Clear the filters to see all.'
                    : 'Nothing that you may see is exposed yet. Expose a component from its Networking tab.'}
                </p>
              )}
              <nav aria-label="Pages" className={styles.pages}>
                {query.cursor && (
                  <Button
                    variant="secondary"
                    onPress={() => setSearch(withValues(search, {}))}
                  >
                    First page
                  </Button>
                )}
                {page.nextCursor && (
                  <Button
                    variant="secondary"
                    onPress={() => goTo(page.nextCursor ?? '')}
                  >
                    Next page
                  </Button>
                )}
              </nav>
            </>
          )}
        </Polled>
      </div>
    </Container>
  );
}

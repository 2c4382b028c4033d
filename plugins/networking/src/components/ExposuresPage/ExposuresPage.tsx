import { useEffect, useRef } from 'react';
import { useSearchParams } from 'react-router-dom';
import { Button, Card, CardBody, Container, Text } from '@backstage/ui';
import type { HostsPage } from 'backstage-plugin-networking-common';
import { useHosts } from '../../hooks/useHosts';
import { useKeptOrder } from '../../hooks/useKeptOrder';
import type { PolledView } from '../../hooks/usePolled';
import { ClusterNotices } from '../EntityNetworking/Notices';
import { SaidOfClusters } from '../../lib/sharedCauses';
import { beside } from '../../lib/text';
import { useT, type Translate } from '../../translation';
import { NoCluster } from '../NoCluster';
import { OrderAnew } from '../OrderAnew';
import { Polled } from '../Polled';
import { Filters } from './Filters';
import { HostTable, rowKey } from './HostTable';
import { Paging } from './Paging';
import {
  PAGE_SIZE,
  isFiltered,
  pageNumberOf,
  queryOf,
  withNextPage,
  withValues,
  withoutFilters,
} from './query';
import styles from './ExposuresPage.module.css';

const NO_FACETS: HostsPage['facets'] = {
  verdict: [],
  owner: [],
  namespace: [],
  cluster: [],
  reason: [],
};

/** `5,000 hosts · Page 1 of 100`. */
function countText(
  t: Translate,
  { totalItems }: HostsPage,
  search: URLSearchParams,
): string {
  const pages = Math.ceil(totalItems / PAGE_SIZE);
  return beside(
    t(isFiltered(search) ? 'hosts.found' : 'hosts.hosts', {
      count: totalItems,
    }),
    pages > 1 && t('common.pageOf', { page: pageNumberOf(search), pages }),
  );
}

/** What was asked for, and what is known of it. */
interface Asked {
  search: URLSearchParams;
  view: PolledView<HostsPage>;
}

/** What was read last stays until the next rows are there, so that nothing jumps while one types or turns pages. */
function useShown(asked: Asked): Asked & { isBusy: boolean } {
  const { search, view } = asked;
  const last = useRef<Asked>();
  useEffect(() => {
    if (view.status === 'ready') last.current = { search, view };
    if (view.status === 'failed') last.current = undefined;
  }, [search, view]);
  return view.status === 'loading' && last.current
    ? { ...last.current, isBusy: true }
    : { search, view, isBusy: false };
}

function NoHosts(props: { isFiltered: boolean; hasCluster: boolean }) {
  const t = useT();
  if (!props.hasCluster) return <NoCluster />;
  return (
    <Text as="p" color="secondary">
      {props.isFiltered ? t('hosts.noMatch') : t('hosts.nothing')}
    </Text>
  );
}

function Hosts(props: {
  page: HostsPage;
  isBusy: boolean;
  /** What the page was asked for. */
  search: URLSearchParams;
  onSearch: ReturnType<typeof useSearchParams>[1];
}) {
  const t = useT();
  const { page, isBusy, search, onSearch } = props;
  const count = useRef<HTMLParagraphElement>(null);
  const order = useKeptOrder(page.items, rowKey, search.toString());
  // Whoever turned the page goes on above its first row, and so does whoever pressed a button that went with that.
  const isTurned = useRef(false);
  useEffect(() => {
    if (isBusy || !isTurned.current) return;
    isTurned.current = false;
    count.current?.scrollIntoView?.({ block: 'nearest' });
    count.current?.focus({ preventScroll: true });
  }, [isBusy, page]);
  const turned = () => {
    isTurned.current = true;
  };
  return (
    <>
      <div className={styles.status}>
        <p role="status" ref={count} tabIndex={-1} className={styles.count}>
          {countText(t, page, search)}
        </p>
        {isFiltered(search) && (
          <Button
            size="small"
            variant="secondary"
            onPress={() => {
              turned();
              onSearch(withoutFilters(search));
            }}
          >
            {t('common.clearFilters')}
          </Button>
        )}
        <OrderAnew order={order} focusNext={count} />
      </div>
      <div
        className={isBusy ? styles.busy : undefined}
        aria-busy={isBusy || undefined}
      >
        {page.items.length > 0 ? (
          <HostTable
            rows={order.rows}
            hasClusters={page.clusters.length > 1}
            query={queryOf(search)}
            onSort={(sort, direction) =>
              onSearch(withValues(search, { sort, order: direction }))
            }
          />
        ) : (
          <NoHosts
            isFiltered={isFiltered(search)}
            hasCluster={page.clusters.length > 0}
          />
        )}
      </div>
      <nav aria-label={t('common.pages')} className={styles.pages}>
        <Paging
          isFirst={!search.has('cursor')}
          hasNext={page.nextCursor !== undefined}
          onFirst={() => {
            turned();
            onSearch(withValues(search, {}));
          }}
          onNext={state => {
            turned();
            onSearch(withNextPage(search, page.nextCursor ?? ''), { state });
          }}
          onBack={turned}
        />
      </nav>
    </>
  );
}

/** Every host that the reader may see, those in trouble first. What is asked for stands in the page's address. */
export function ExposuresPage() {
  const [search, setSearch] = useSearchParams();
  const shown = useShown({ search, view: useHosts(queryOf(search)) });
  const { view } = shown;
  return (
    <Container>
      <div className={styles.page}>
        <Filters
          search={search}
          facets={view.status === 'ready' ? view.data.facets : NO_FACETS}
          onChange={setSearch}
        />
        <Polled view={view} what="hosts" height={520}>
          {page => (
            <SaidOfClusters.Provider value={page.clusters}>
              <ClusterNotices clusters={page.clusters} />
              <Card>
                <CardBody>
                  <div className={styles.hosts}>
                    <Hosts
                      page={page}
                      isBusy={shown.isBusy}
                      search={shown.search}
                      onSearch={setSearch}
                    />
                  </div>
                </CardBody>
              </Card>
            </SaidOfClusters.Provider>
          )}
        </Polled>
      </div>
    </Container>
  );
}

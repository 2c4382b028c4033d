import { Fragment } from 'react';
import type {
  HostRow,
  HostSort,
  HostsQuery,
} from 'backstage-plugin-networking-common';
import { hostName } from '../../lib/exposures';
import { qualified } from '../../lib/names';
import { useIsSaid } from '../../lib/sharedCauses';
import { listed } from '../../lib/text';
import { useT } from '../../translation';
import { EntityLink, shortRef } from '../EntityLink';
import { HostName } from '../HostName';
import { ShortTls } from '../TlsLine';
import { VerdictBadge } from '../VerdictBadge';
import { Hidden } from '../Hidden';
import styles from './ExposuresPage.module.css';

/** Stable key of a row. */
export const rowKey = (row: HostRow): string =>
  [row.cluster, row.kind, row.namespace, row.name, row.host].join(' ');

/** The route; where it belongs to several components, each has its tab. */
function Route(props: { row: HostRow }) {
  const { kind, namespace, name, entities } = props.row;
  const t = useT();
  const shown = <HostName text={qualified({ namespace, name })} />;
  const isRoute = kind === 'HTTPRoute';
  if (entities.length < 2) {
    return isRoute
      ? t('hosts.route', { name: shown })
      : t('hosts.object', { kind, name: shown });
  }
  const components = (
    <>
      {entities.map(({ entityRef }, index) => (
        <Fragment key={entityRef}>
          {index > 0 && ', '}
          <EntityLink
            entityRef={entityRef}
            text={shortRef(entityRef)}
            className={styles.above}
          />
        </Fragment>
      ))}
    </>
  );
  return isRoute
    ? t('hosts.routeOf', { name: shown, components })
    : t('hosts.objectOf', { kind, name: shown, components });
}

function Row(props: { row: HostRow; hasClusters: boolean }) {
  const t = useT();
  const { row, hasClusters } = props;
  const { verdict, tls, entities, owners } = row;
  const [first] = entities;
  const isSaid = useIsSaid()(row.cluster, verdict.finding);
  return (
    <tr>
      <th scope="row">
        {first ? (
          <EntityLink
            entityRef={first.entityRef}
            text={hostName(t, row)}
            className={styles.rowLink}
          />
        ) : (
          <HostName text={hostName(t, row)} />
        )}
        <span className={styles.second}>
          <Route row={row} />
        </span>
      </th>
      <td>
        <VerdictBadge word={verdict.word} />
        {verdict.word !== 'Live' && !isSaid && (
          <span className={styles.second}>{verdict.finding.message}</span>
        )}
      </td>
      <td data-label={t('hosts.owner')}>
        {listed(...owners.map(shortRef)) || t('hosts.unowned')}
      </td>
      <td data-label={t('hosts.namespace')}>{row.namespace}</td>
      {hasClusters && <td data-label={t('hosts.cluster')}>{row.cluster}</td>}
      <td className={styles.wide}>
        <ShortTls tls={tls} />
      </td>
    </tr>
  );
}

const COLUMNS = [
  { title: 'host', sort: 'host' },
  { title: 'verdict', sort: 'trouble' },
  { title: 'owner', sort: 'owner' },
  { title: 'namespace', sort: 'namespace' },
  { title: 'cluster', sort: 'cluster' },
  { title: 'tls', sort: 'validUntil' },
] as const satisfies readonly { title: string; sort: HostSort }[];

/** Hosts with their verdicts; a heading orders by its column, and backwards when it is pressed again. */
export function HostTable(props: {
  rows: readonly HostRow[];
  hasClusters: boolean;
  query: HostsQuery;
  onSort: (sort: HostSort, order: 'asc' | 'desc') => void;
}) {
  const t = useT();
  const { rows, hasClusters, query, onSort } = props;
  const { sort = 'trouble', order = 'asc' } = query;
  return (
    <table className={styles.table}>
      <caption>
        <Hidden>{t('hosts.table')}</Hidden>
      </caption>
      <thead>
        <tr>
          {COLUMNS.filter(
            column => hasClusters || column.sort !== 'cluster',
          ).map(column => {
            const isSorted = column.sort === sort;
            const next = isSorted && order === 'asc' ? 'desc' : 'asc';
            const direction = order === 'asc' ? 'ascending' : 'descending';
            return (
              <th
                key={column.sort}
                scope="col"
                aria-sort={isSorted ? direction : undefined}
              >
                <button
                  type="button"
                  className={styles.sort}
                  onClick={() => onSort(column.sort, next)}
                >
                  {t(`hosts.${column.title}`)}
                  <span aria-hidden="true">
                    {isSorted && (order === 'asc' ? ' ↑' : ' ↓')}
                  </span>
                </button>
              </th>
            );
          })}
        </tr>
      </thead>
      <tbody>
        {rows.map(row => (
          <Row key={rowKey(row)} row={row} hasClusters={hasClusters} />
        ))}
      </tbody>
    </table>
  );
}

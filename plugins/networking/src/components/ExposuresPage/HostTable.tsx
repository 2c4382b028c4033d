import { Fragment } from 'react';
import type {
  HostRow,
  HostSort,
  HostsQuery,
} from 'backstage-plugin-networking-common';
import { hostName } from '../../lib/exposures';
import { useIsSaid } from '../../lib/sharedCauses';
import { EntityLink, shortRef } from '../EntityLink';
import { HostName } from '../HostName';
import { ShortTls } from '../TlsLine';
import { VerdictBadge } from '../VerdictBadge';
import { Hidden } from '../Hidden';
import styles from './ExposuresPage.module.css';

/** Stable key of a row. */
export const rowKey = (row: HostRow): string =>
  [row.cluster, row.kind, row.namespace, row.name, row.host].join(' ');

/** Where a route belongs to several entities, each has its tab. */
function Entities(props: { entities: HostRow['entities'] }) {
  const { entities } = props;
  if (entities.length < 2) return null;
  return (
    <>
      , of{' '}
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
}

function Row(props: { row: HostRow; hasClusters: boolean }) {
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
            text={hostName(row)}
            className={styles.rowLink}
          />
        ) : (
          <HostName text={hostName(row)} />
        )}
        <span className={styles.second}>
          {row.kind === 'HTTPRoute' ? 'route' : row.kind}{' '}
          <HostName text={`${row.namespace}/${row.name}`} />
          <Entities entities={entities} />
        </span>
      </th>
      <td>
        <VerdictBadge word={verdict.word} />
        {verdict.word !== 'Live' && !isSaid && (
          <span className={styles.second}>{verdict.finding.message}</span>
        )}
      </td>
      <td data-label="Owner">{owners.map(shortRef).join(', ') || 'nobody'}</td>
      <td data-label="Namespace">{row.namespace}</td>
      {hasClusters && <td data-label="Cluster">{row.cluster}</td>}
      <td className={styles.wide}>
        <ShortTls tls={tls} />
      </td>
    </tr>
  );
}

const COLUMNS: readonly { title: string; sort: HostSort }[] = [
  { title: 'Host', sort: 'host' },
  { title: 'Verdict', sort: 'trouble' },
  { title: 'Owner', sort: 'owner' },
  { title: 'Namespace', sort: 'namespace' },
  { title: 'Cluster', sort: 'cluster' },
  { title: 'TLS', sort: 'validUntil' },
];

/** Hosts with their verdicts; a heading orders by its column, and backwards when it is pressed again. */
export function HostTable(props: {
  rows: readonly HostRow[];
  hasClusters: boolean;
  query: HostsQuery;
  onSort: (sort: HostSort, order: 'asc' | 'desc') => void;
}) {
  const { rows, hasClusters, query, onSort } = props;
  const { sort = 'trouble', order = 'asc' } = query;
  return (
    <table className={styles.table}>
      <caption>
        <Hidden>Hosts</Hidden>
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
                  {column.title}
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

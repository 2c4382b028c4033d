import { useRouteRef } from '@backstage/core-plugin-api';
import { parseEntityRef } from '@backstage/catalog-model';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import { Link } from '@backstage/ui';
import type {
  HostRow,
  HostSort,
  HostsQuery,
} from 'backstage-plugin-networking-common';
import { absoluteDate } from '../../lib/time';
import { HostName } from '../HostName';
import { VerdictBadge } from '../VerdictBadge';
import styles from './ExposuresPage.module.css';

/** `team-shop` for the groups of the default namespace, the whole ref for others. */
export const shortRef = (ref: string): string =>
  ref.replace(/^(group|component):default\//, '');

function EntityLink(props: { entityRef: string; text: string }) {
  const entityLink = useRouteRef(entityRouteRef);
  const { kind, namespace, name } = parseEntityRef(props.entityRef);
  return (
    <Link href={`${entityLink({ kind, namespace, name })}/networking`}>
      <HostName text={props.text} />
    </Link>
  );
}

function Row(props: { row: HostRow; hasClusters: boolean }) {
  const { row, hasClusters } = props;
  const { verdict, tls, entities, owners } = row;
  const [first, ...others] = entities;
  return (
    <tr>
      <th scope="row">
        {first ? (
          <EntityLink entityRef={first.entityRef} text={row.host} />
        ) : (
          <HostName text={row.host} />
        )}
        <span className={styles.second}>
          {row.kind === 'HTTPRoute' ? 'route' : row.kind} {row.namespace}/
          {row.name}
          {others.length > 0 &&
            `, of ${entities.length} entities: ${entities
              .map(({ entityRef }) => shortRef(entityRef))
              .join(', ')}`}
        </span>
      </th>
      <td>
        <VerdictBadge word={verdict.word} />
        {verdict.word !== 'Live' && (
          <span className={styles.second}>{verdict.finding.message}</span>
        )}
      </td>
      <td data-label="Owner">{owners.map(shortRef).join(', ') || 'nobody'}</td>
      <td data-label="Namespace">{row.namespace}</td>
      {hasClusters && <td data-label="Cluster">{row.cluster}</td>}
      <td data-label="TLS until">
        {tls.validUntil ? absoluteDate(tls.validUntil) : 'not known'}
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
  { title: 'TLS until', sort: 'validUntil' },
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
      <caption className={styles.caption}>Hosts</caption>
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
          <Row
            key={[
              row.cluster,
              row.kind,
              row.namespace,
              row.name,
              row.host,
            ].join(' ')}
            row={row}
            hasClusters={hasClusters}
          />
        ))}
      </tbody>
    </table>
  );
}

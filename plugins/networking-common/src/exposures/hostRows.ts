import type { HostSort, HostsQuery } from '../client/types';
import { troublePlace } from './trouble';
import type { Exposure, HostFacet, HostRow, HostsPage } from './types';

/** The rows of an exposure, one for each host. `ownersOf` gives the owners of an entity as full refs. @public */
export function hostRows(
  exposure: Exposure,
  ownersOf: (entityRef: string) => readonly string[],
): HostRow[] {
  const { cluster, namespace, name, kind, entities, managed } = exposure;
  const owners = [
    ...new Set(entities.flatMap(({ entityRef }) => ownersOf(entityRef))),
  ].sort();
  return exposure.hosts.map(({ host, url, verdict, tls }) => ({
    cluster,
    namespace,
    name,
    kind,
    host,
    ...(url !== undefined && { url }),
    verdict,
    tls: {
      word: tls.word,
      ...(tls.validUntil !== undefined && { validUntil: tls.validUntil }),
    },
    entities,
    owners,
    managed,
  }));
}

const FACETS: Record<HostFacet, (row: HostRow) => readonly string[]> = {
  verdict: ({ verdict }) => [verdict.word],
  owner: ({ owners }) => owners,
  namespace: ({ namespace }) => [namespace],
  cluster: ({ cluster }) => [cluster],
  reason: ({ verdict }) => [verdict.finding.reason],
};

/** Sorts after everything: what has no value comes last. */
const LAST = '\uffff';

const SORT_BY: Record<HostSort, (row: HostRow) => string | number> = {
  trouble: ({ verdict }) => troublePlace(verdict.word),
  host: ({ host }) => host,
  owner: ({ owners }) => owners[0] ?? LAST,
  namespace: ({ namespace }) => namespace,
  cluster: ({ cluster }) => cluster,
  validUntil: ({ tls }) => tls.validUntil ?? LAST,
};

/** Where a row stands in an order; no two rows stand at one place. */
export type HostPosition = readonly (string | number)[];

function positionOf(row: HostRow, sort: HostSort): HostPosition {
  const { host, cluster, namespace, name, kind } = row;
  return [SORT_BY[sort](row), host, cluster, namespace, name, kind];
}

function compare(a: HostPosition, b: HostPosition): number {
  for (let index = 0; index < a.length; index++) {
    if (a[index] < b[index]) return -1;
    if (a[index] > b[index]) return 1;
  }
  return 0;
}

function isFound(row: HostRow, wanted: string): boolean {
  return [
    row.host,
    // An address, where no host is named.
    row.url ?? '',
    row.namespace,
    row.name,
    ...row.entities.map(({ entityRef }) => entityRef),
  ].some(text => text.toLowerCase().includes(wanted));
}

function countValues(rows: readonly HostRow[], facet: HostFacet) {
  const counts = new Map<string, number>();
  for (const row of rows) {
    for (const value of FACETS[facet](row)) {
      counts.set(value, (counts.get(value) ?? 0) + 1);
    }
  }
  return [...counts]
    .map(([value, count]) => ({ value, count }))
    .sort((a, b) => (a.value < b.value ? -1 : 1));
}

/** One page of rows, with where it ends. */
export interface FoundHosts
  extends Pick<HostsPage, 'items' | 'totalItems' | 'facets'> {
  /** Position of the last item, where more follow. */
  end?: HostPosition;
}

/**
 * Filters, orders and pages rows. A facet counts over the rows that every other filter leaves, so that a choice that is not
 * made yet shows what it would bring.
 *
 * @param query - default: order by trouble, ascending, 50 rows
 * @param after - the position behind which the page begins. It need not be that of a row that still exists.
 * @public
 */
export function findHosts(
  rows: readonly HostRow[],
  query: HostsQuery,
  after?: HostPosition,
): FoundHosts {
  const { search = '', sort = 'trouble', order = 'asc', limit = 50 } = query;
  const names = Object.keys(FACETS) as HostFacet[];
  const wanted = search.toLowerCase();
  const searched = wanted ? rows.filter(row => isFound(row, wanted)) : rows;
  const passes = (row: HostRow, facet: HostFacet) => {
    const values: readonly string[] | undefined = query[facet];
    return (
      !values?.length ||
      FACETS[facet](row).some(value => values.includes(value))
    );
  };
  const facets = Object.fromEntries(
    names.map(name => [
      name,
      countValues(
        searched.filter(row =>
          names.every(other => other === name || passes(row, other)),
        ),
        name,
      ),
    ]),
  ) as HostsPage['facets'];

  const sign = order === 'desc' ? -1 : 1;
  const found = searched
    .filter(row => names.every(name => passes(row, name)))
    .map(row => ({ row, position: positionOf(row, sort) }))
    .sort((a, b) => sign * compare(a.position, b.position));
  const rest = after
    ? found.filter(({ position }) => sign * compare(position, after) > 0)
    : found;
  const page = rest.slice(0, limit);
  return {
    items: page.map(({ row }) => row),
    totalItems: found.length,
    facets,
    ...(rest.length > limit && { end: page[page.length - 1].position }),
  };
}

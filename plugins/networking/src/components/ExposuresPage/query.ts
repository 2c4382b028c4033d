import type {
  HostFacet,
  HostSort,
  HostsQuery,
} from 'backstage-plugin-networking-common';

export const FACETS: readonly HostFacet[] = [
  'verdict',
  'owner',
  'namespace',
  'cluster',
  'reason',
];

const SORTS: readonly HostSort[] = [
  'trouble',
  'host',
  'owner',
  'namespace',
  'cluster',
  'validUntil',
];

/** Rows of one page: as many as one looks through. */
export const PAGE_SIZE = 50;

/** What a page's address asks for; what it cannot mean is left out. */
export function queryOf(search: URLSearchParams): HostsQuery {
  const sort = SORTS.find(known => known === search.get('sort'));
  const text = search.get('search');
  const cursor = search.get('cursor');
  const filters = Object.fromEntries(
    FACETS.flatMap(facet => {
      const values = search.getAll(facet);
      return values.length > 0 ? [[facet, values]] : [];
    }),
  );
  return {
    ...filters,
    ...(text && { search: text }),
    ...(sort && { sort }),
    ...(search.get('order') === 'desc' && { order: 'desc' as const }),
    ...(cursor && { cursor }),
    limit: PAGE_SIZE,
  };
}

/** The address with some of its values changed, on its first page again. Undefined and empty values go. */
export function withValues(
  search: URLSearchParams,
  values: Record<string, string | undefined>,
): URLSearchParams {
  const next = new URLSearchParams(search);
  next.delete('cursor');
  next.delete('page');
  for (const [key, value] of Object.entries(values)) {
    if (value) next.set(key, value);
    else next.delete(key);
  }
  return next;
}

/** The number of the page that an address shows, from 1. Only said: the cursor is what leads there. */
export function pageNumberOf(search: URLSearchParams): number {
  const page = Number(search.get('page'));
  return search.has('cursor') && Number.isInteger(page) && page > 1 ? page : 1;
}

/** The address of the page that begins behind `cursor`. */
export function withNextPage(
  search: URLSearchParams,
  cursor: string,
): URLSearchParams {
  const next = new URLSearchParams(search);
  next.set('cursor', cursor);
  next.set('page', String(pageNumberOf(search) + 1));
  return next;
}

const NARROWING: readonly string[] = ['search', ...FACETS];

/** The address with nothing left out, in the same order. */
export const withoutFilters = (search: URLSearchParams): URLSearchParams =>
  withValues(
    search,
    Object.fromEntries(NARROWING.map(key => [key, undefined])),
  );

/** Does the address narrow what is shown? */
export const isFiltered = (search: URLSearchParams): boolean =>
  NARROWING.some(key => search.has(key));

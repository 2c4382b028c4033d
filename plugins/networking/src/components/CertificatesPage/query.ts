import type { CertificateFilter } from '../../lib/certificates';

const FILTERS = ['search', 'health', 'role', 'cluster'] as const;

/** What a page's address asks for. */
export const filterOf = (search: URLSearchParams): CertificateFilter =>
  Object.fromEntries(
    FILTERS.map(key => [key, search.get(key) ?? undefined] as const),
  );

/** Does the address narrow what is shown? */
export const isNarrowed = (search: URLSearchParams): boolean =>
  FILTERS.some(key => search.has(key));

function withValues(
  search: URLSearchParams,
  values: Record<string, string | undefined>,
): URLSearchParams {
  const next = new URLSearchParams(search);
  for (const [key, value] of Object.entries(values)) {
    if (value) next.set(key, value);
    else next.delete(key);
  }
  return next;
}

/** The address with some of its filters changed. */
export const withFilter = (
  search: URLSearchParams,
  values: CertificateFilter,
): URLSearchParams => withValues(search, { ...values });

/** The address with the details of one row open, or of none. */
export const withOpen = (
  search: URLSearchParams,
  key: string | undefined,
): URLSearchParams => withValues(search, { open: key });

import { isRecord, objectsOf, stringOf } from './lenient';
import type { HttpRoute } from './types';

/**
 * The shortest path at which a plain GET, without headers or query, meets one of the route's matches. Undefined where
 * every match asks for more than a path, or names its paths by regular expression.
 * @public
 */
export function probePath(route: HttpRoute): string | undefined {
  const paths = objectsOf(route.spec?.rules).flatMap(rule => {
    const matches = objectsOf(rule.matches);
    if (matches.length === 0) return ['/'];
    return matches.flatMap(match => {
      const asksForMore =
        objectsOf(match.headers).length > 0 ||
        objectsOf(match.queryParams).length > 0 ||
        (match.method !== undefined && match.method !== 'GET');
      if (asksForMore) return [];
      if (!isRecord(match.path)) return ['/'];
      const type = stringOf(match.path.type) ?? 'PathPrefix';
      const value = stringOf(match.path.value) ?? '/';
      const isPlain = type === 'PathPrefix' || type === 'Exact';
      return isPlain && value.startsWith('/') ? [value] : [];
    });
  });
  return paths.reduce<string | undefined>(
    (shortest, path) =>
      shortest === undefined || path.length < shortest.length ? path : shortest,
    undefined,
  );
}

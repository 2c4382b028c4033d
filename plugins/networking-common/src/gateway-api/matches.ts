import { isRecord, objectsOf, stringOf } from './lenient';
import type { HttpRoute, HttpRouteMatch } from './types';

/** The requests that one match takes, with the API's defaults filled in. @public */
export interface MatchedRequests {
  pathType: 'Exact' | 'PathPrefix';
  path: string;
  method?: string;
  /** `name type value`, each name once, sorted. */
  headers: string[];
  /** As `headers`; their names tell upper from lower case. */
  queryParams: string[];
}

/** One match of a route, and where it stands in it. @public */
export interface RouteMatch {
  rule: number;
  index: number;
  /** Undefined where the path is a regular expression, or of a type of the controller's own: what it takes is not judged. */
  requests?: MatchedRequests;
}

/** "Only the first entry with an equivalent name MUST be considered" (HTTPHeaderMatch, HTTPQueryParamMatch). */
function conditionsOf(
  entries: HttpRouteMatch['headers'],
  nameOf: (name: string) => string,
): string[] {
  const byName = new Map<string, string>();
  for (const { name, type, value } of objectsOf(entries)) {
    const key = nameOf(stringOf(name) ?? '');
    const condition = [
      key,
      stringOf(type) ?? 'Exact',
      stringOf(value) ?? '',
    ].join(' ');
    if (!byName.has(key)) byName.set(key, condition);
  }
  return [...byName.values()].sort();
}

function requestsOf(match: HttpRouteMatch): MatchedRequests | undefined {
  const path = isRecord(match.path) ? match.path : {};
  const pathType = stringOf(path.type) ?? 'PathPrefix';
  if (pathType !== 'Exact' && pathType !== 'PathPrefix') return undefined;
  const method = stringOf(match.method);
  return {
    pathType,
    path: stringOf(path.value) ?? '/',
    ...(method !== undefined && { method }),
    headers: conditionsOf(match.headers, name => name.toLowerCase()),
    queryParams: conditionsOf(match.queryParams, name => name),
  };
}

/** Every match of a route in order. A rule without matches takes every path. @public */
export function routeMatches(route: HttpRoute): RouteMatch[] {
  return objectsOf(route.spec?.rules).flatMap((rule, ruleIndex) => {
    const matches = objectsOf(rule.matches);
    return (matches.length > 0 ? matches : [{}]).map((match, index) => {
      const requests = requestsOf(match);
      return { rule: ruleIndex, index, ...(requests && { requests }) };
    });
  });
}

/** A path prefix is matched by whole elements, and its trailing slash is ignored (PathMatchPathPrefix). */
const withoutSlash = (prefix: string) => prefix.replace(/\/$/, '');

/** Does a GET for a path, without headers or query, meet the match? @public */
export function takesPlainGet(
  { pathType, path, method, headers, queryParams }: MatchedRequests,
  asked: string,
): boolean {
  if (headers.length > 0 || queryParams.length > 0) return false;
  if (method !== undefined && method !== 'GET') return false;
  if (pathType === 'Exact') return path === asked;
  const prefix = withoutSlash(path);
  return asked === prefix || asked.startsWith(`${prefix}/`);
}

/** Do two matches take the very same requests? @public */
export function takeTheSame(a: MatchedRequests, b: MatchedRequests): boolean {
  const keyOf = (requests: MatchedRequests) =>
    JSON.stringify([
      requests.pathType,
      requests.pathType === 'Exact'
        ? requests.path
        : withoutSlash(requests.path),
      requests.method ?? '',
      requests.headers,
      requests.queryParams,
    ]);
  return keyOf(a) === keyOf(b);
}

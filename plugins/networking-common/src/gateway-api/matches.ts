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

/** Is every request that `b` takes also one of `a`? @public */
export function covers(a: MatchedRequests, b: MatchedRequests): boolean {
  return (
    coversPath(a, b) &&
    (a.method === undefined || a.method === b.method) &&
    a.headers.every(condition => b.headers.includes(condition)) &&
    a.queryParams.every(condition => b.queryParams.includes(condition))
  );
}

function coversPath(a: MatchedRequests, b: MatchedRequests): boolean {
  if (a.pathType === 'Exact') {
    return b.pathType === 'Exact' && a.path === b.path;
  }
  const prefix = withoutSlash(a.path);
  const asked = b.pathType === 'Exact' ? b.path : withoutSlash(b.path);
  return asked === prefix || asked.startsWith(`${prefix}/`);
}

/**
 * The requests that two matches both take; undefined where there are none. Conditions by regular expression are taken to
 * leave some.
 * @public
 */
export function intersection(
  a: MatchedRequests,
  b: MatchedRequests,
): MatchedRequests | undefined {
  const narrower = coversPath(a, b) ? b : coversPath(b, a) && a;
  if (!narrower) return undefined;
  if (
    a.method !== b.method &&
    a.method !== undefined &&
    b.method !== undefined
  ) {
    return undefined;
  }
  const method = a.method ?? b.method;
  const headers = union(a.headers, b.headers);
  const queryParams = union(a.queryParams, b.queryParams);
  return headers && queryParams
    ? {
        pathType: narrower.pathType,
        path: narrower.path,
        ...(method !== undefined && { method }),
        headers,
        queryParams,
      }
    : undefined;
}

const ASKS_EXACTLY = /^(\S*) Exact /;

/** Conditions that hold together; undefined where two want one name to have two values. */
function union(
  a: readonly string[],
  b: readonly string[],
): string[] | undefined {
  const all = [...new Set([...a, ...b])].sort();
  const named = all.flatMap(
    condition => ASKS_EXACTLY.exec(condition)?.[1] ?? [],
  );
  return new Set(named).size === named.length ? all : undefined;
}

import * as fc from 'fast-check';
import {
  covers,
  intersection,
  routeMatches,
  takesPlainGet,
  type MatchedRequests,
} from './matches';
import type { HttpRouteMatch } from './types';

const requestsOf = (match: HttpRouteMatch) => {
  const [{ requests }] = routeMatches({
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    metadata: { name: 'shop', namespace: 'shop' },
    spec: { rules: [{ matches: [match] }] },
  });
  return requests!;
};
const path = (value: string, type?: string): HttpRouteMatch => ({
  path: { value, ...(type && { type }) },
});
const header = (name: string, value = '1') => ({ name, value });

describe('a plain GET', () => {
  const cases: Record<string, [HttpRouteMatch, string, boolean]> = {
    'meets a match that names nothing': [{}, '/any/path', true],
    'meets a prefix at its own path': [path('/api'), '/api', true],
    'meets a prefix by whole elements': [path('/api'), '/api/v1', true],
    'does not meet a prefix by part of an element': [
      path('/api'),
      '/apis',
      false,
    ],
    'meets a prefix whatever its trailing slash': [path('/api/'), '/api', true],
    'does not meet a longer prefix': [path('/api'), '/', false],
    'meets an exact path': [path('/api', 'Exact'), '/api', true],
    'does not meet an exact path below it': [
      path('/api', 'Exact'),
      '/api/',
      false,
    ],
    'meets a match for GET': [{ method: 'GET' }, '/', true],
    'does not meet one for POST': [{ method: 'POST' }, '/', false],
    'does not meet one for a header': [{ headers: [header('a')] }, '/', false],
    'does not meet one for a query': [
      { queryParams: [header('a')] },
      '/',
      false,
    ],
  };
  it.each(Object.entries(cases))('%s', (_, [match, asked, expected]) => {
    expect(takesPlainGet(requestsOf(match), asked)).toBe(expected);
  });
});

describe('of two matches, the first takes all that the second does', () => {
  const cases: Record<string, [HttpRouteMatch, HttpRouteMatch, boolean]> = {
    'where it has the defaults written out': [
      {},
      path('/', 'PathPrefix'),
      true,
    ],
    'and also the other way round': [path('/', 'PathPrefix'), {}, true],
    'where it is a shorter prefix': [path('/api'), path('/api/v1'), true],
    'where the other path is exact': [
      path('/api'),
      path('/api', 'Exact'),
      true,
    ],
    'not where its prefix is longer': [path('/api/v1'), path('/api'), false],
    'not where its prefix is part of an element': [
      path('/api'),
      path('/apis'),
      false,
    ],
    'not where it is exact alone': [path('/', 'Exact'), path('/'), false],
    'whatever the trailing slash of a prefix': [
      path('/api/'),
      path('/api'),
      true,
    ],
    'not whatever the trailing slash of an exact path': [
      path('/api', 'Exact'),
      path('/api/', 'Exact'),
      false,
    ],
    'where the other asks for a method': [{}, { method: 'GET' }, true],
    'not where it asks for a method alone': [{ method: 'GET' }, {}, false],
    'whatever the order and case of header names': [
      { headers: [header('a'), header('B')] },
      { headers: [header('b'), header('A')] },
      true,
    ],
    'where the other asks for more headers': [
      { headers: [header('a')] },
      { headers: [header('a'), header('b')] },
      true,
    ],
    'not where the value of a header differs': [
      { headers: [header('a', '1')] },
      { headers: [header('a', '2')] },
      false,
    ],
    'not where the case of a query parameter differs': [
      { queryParams: [header('a')] },
      { queryParams: [header('A')] },
      false,
    ],
  };
  it.each(Object.entries(cases))('%s', (_, [a, b, expected]) => {
    expect(covers(requestsOf(a), requestsOf(b))).toBe(expected);
  });
});

describe('two matches', () => {
  const cases: Record<
    string,
    [HttpRouteMatch, HttpRouteMatch, HttpRouteMatch | undefined]
  > = {
    'share the longer of two prefixes': [
      path('/api'),
      path('/api/v1'),
      path('/api/v1'),
    ],
    'share an exact path below a prefix': [
      path('/a/b', 'Exact'),
      path('/a'),
      path('/a/b', 'Exact'),
    ],
    'share nothing below two prefixes': [path('/a'), path('/b'), undefined],
    'share the method that one of them asks for': [
      {},
      { method: 'GET' },
      { method: 'GET' },
    ],
    'share nothing of two methods': [
      { method: 'GET' },
      { method: 'POST' },
      undefined,
    ],
    'share the headers of both': [
      { headers: [header('a')] },
      { headers: [header('b')], queryParams: [header('q')] },
      { headers: [header('a'), header('b')], queryParams: [header('q')] },
    ],
    'share nothing of two values of a header': [
      { headers: [header('a', '1')] },
      { headers: [header('A', '2')] },
      undefined,
    ],
  };
  it.each(Object.entries(cases))('%s', (_, [a, b, expected]) => {
    const wanted = expected && requestsOf(expected);
    expect(intersection(requestsOf(a), requestsOf(b))).toEqual(wanted);
    expect(intersection(requestsOf(b), requestsOf(a))).toEqual(wanted);
  });

  it('may share what a regular expression of a header takes', () => {
    const a = { ...header('a', '1.*'), type: 'RegularExpression' };
    expect(
      intersection(
        requestsOf({ headers: [a] }),
        requestsOf({ headers: [header('a', '12')] }),
      )?.headers,
    ).toHaveLength(2);
  });

  const names = fc.subarray(['a Exact 1', 'a Exact 2', 'b Exact 1']);
  const once = (conditions: string[]) =>
    conditions.filter(
      (one, index) => conditions.findIndex(two => two[0] === one[0]) === index,
    );
  const requests: fc.Arbitrary<MatchedRequests> = fc.record({
    pathType: fc.constantFrom('Exact', 'PathPrefix'),
    path: fc.constantFrom('/', '/a', '/a/', '/a/b', '/b'),
    method: fc.constantFrom(undefined, 'GET', 'POST'),
    headers: names.map(once),
    queryParams: names.map(once),
  });
  it('share what both cover, and nothing beside', () => {
    fc.assert(
      fc.property(requests, requests, requests, (a, b, c) => {
        const shared = intersection(a, b);
        expect(covers(a, c) && covers(b, c)).toBe(
          shared !== undefined && covers(shared, c),
        );
      }),
    );
  });
});

it('does not say what a regular expression takes', () => {
  expect(requestsOf(path('/a.*', 'RegularExpression'))).toBeUndefined();
});

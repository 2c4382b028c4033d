import { routeMatches, takesPlainGet, takeTheSame } from './matches';
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

describe('two matches', () => {
  const cases: Record<string, [HttpRouteMatch, HttpRouteMatch, boolean]> = {
    'take the same with and without the defaults written out': [
      {},
      path('/', 'PathPrefix'),
      true,
    ],
    'take the same whatever the trailing slash of a prefix': [
      path('/api'),
      path('/api/'),
      true,
    ],
    'differ by the trailing slash of an exact path': [
      path('/api', 'Exact'),
      path('/api/', 'Exact'),
      false,
    ],
    'differ by the type of the path': [path('/'), path('/', 'Exact'), false],
    'differ by method': [{}, { method: 'GET' }, false],
    'take the same whatever the order and case of header names': [
      { headers: [header('a'), header('B')] },
      { headers: [header('b'), header('A')] },
      true,
    ],
    'differ by the value of a header': [
      { headers: [header('a', '1')] },
      { headers: [header('a', '2')] },
      false,
    ],
    'differ by the case of a query parameter': [
      { queryParams: [header('a')] },
      { queryParams: [header('A')] },
      false,
    ],
  };
  it.each(Object.entries(cases))('%s', (_, [a, b, expected]) => {
    expect(takeTheSame(requestsOf(a), requestsOf(b))).toBe(expected);
  });
});

it('does not say what a regular expression takes', () => {
  expect(requestsOf(path('/a.*', 'RegularExpression'))).toBeUndefined();
});

import { probePath } from './probePath';
import type { HttpRouteMatch, HttpRouteRule } from './types';

const routeWith = (...rules: HttpRouteRule[]) => ({
  apiVersion: 'gateway.networking.k8s.io/v1',
  kind: 'HTTPRoute',
  metadata: { name: 'shop', namespace: 'shop' },
  spec: { rules },
});
const path = (value: string, type = 'PathPrefix'): HttpRouteMatch => ({
  path: { type, value },
});

describe('probePath', () => {
  it.each<[string, HttpRouteRule[], string | undefined]>([
    ['a rule without matches takes every path', [{}], '/'],
    ['a match without path takes every path', [{ matches: [{}] }], '/'],
    ['a match for GET is a match', [{ matches: [{ method: 'GET' }] }], '/'],
    [
      'the shortest of several',
      [{ matches: [path('/api'), path('/a')] }, { matches: [path('/web')] }],
      '/a',
    ],
    ['an exact path', [{ matches: [path('/health', 'Exact')] }], '/health'],
    [
      'the first of equal length',
      [{ matches: [path('/b'), path('/a')] }],
      '/b',
    ],
    [
      'not one that asks for a header',
      [{ matches: [{ headers: [{ name: 'a', value: 'b' }] }, path('/long')] }],
      '/long',
    ],
    [
      'not one that asks for a query',
      [{ matches: [{ queryParams: [{ name: 'a', value: 'b' }] }] }],
      undefined,
    ],
    [
      'not one for another method',
      [{ matches: [{ method: 'POST' }] }],
      undefined,
    ],
    [
      'not a regular expression',
      [{ matches: [path('/a.*', 'RegularExpression')] }],
      undefined,
    ],
    ['nothing without rules', [], undefined],
  ])('%s', (_, rules, expected) => {
    expect(probePath(routeWith(...rules))).toBe(expected);
  });
});

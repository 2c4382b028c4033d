import fc from 'fast-check';
import {
  compareHostnames,
  comparePrecedence,
  competingMatches,
  precedenceCriterion,
  type MatchRank,
  type PrecedenceCriterion,
} from './precedence';
import type { HttpRoute, HttpRouteMatch } from './types';

const HOST = 'shop.example.com';

const routeWith = (
  matches: HttpRouteMatch[],
  rest: {
    name?: string;
    namespace?: string;
    createdAt?: string;
    hostnames?: string[];
  } = {},
): HttpRoute => ({
  apiVersion: 'gateway.networking.k8s.io/v1',
  kind: 'HTTPRoute',
  metadata: {
    name: rest.name ?? 'shop',
    namespace: rest.namespace ?? 'shop',
    creationTimestamp: rest.createdAt ?? '2026-11-01T00:00:00Z',
  },
  spec: { hostnames: rest.hostnames ?? [HOST], rules: [{ matches }] },
});

const path = (value: string, type = 'PathPrefix'): HttpRouteMatch => ({
  path: { type, value },
});

const header = (name: string) => ({ name, value: '1' });

const rankOf = (route: HttpRoute) => competingMatches(route, HOST)[0].rank;

describe('of two matches that take a request, first goes', () => {
  const older = '2026-10-01T00:00:00Z';
  const cases: Record<string, [HttpRoute, HttpRoute, PrecedenceCriterion]> = {
    'the exact hostname, before a wildcard with a longer path': [
      routeWith([path('/')]),
      routeWith([path('/long')], { hostnames: ['*.example.com'] }),
      'specificity',
    ],
    'the longer wildcard': [
      routeWith([path('/')], { hostnames: ['*.example.com', '*.com'] }),
      routeWith([path('/')], { hostnames: ['*.com'] }),
      'specificity',
    ],
    'a wildcard, before a route that names no host': [
      routeWith([path('/')], { hostnames: ['*.com'] }),
      routeWith([path('/')], { hostnames: [] }),
      'specificity',
    ],
    'the exact path, before a longer prefix': [
      routeWith([path('/a', 'Exact')]),
      routeWith([path('/a/long')]),
      'specificity',
    ],
    'the longer prefix, before a method': [
      routeWith([path('/api')]),
      routeWith([{ ...path('/'), method: 'GET' }]),
      'specificity',
    ],
    'a method, before headers': [
      routeWith([{ method: 'GET' }]),
      routeWith([{ headers: [header('a'), header('b')] }]),
      'specificity',
    ],
    'more headers, before query parameters': [
      routeWith([{ headers: [header('a')] }]),
      routeWith([{ queryParams: [header('a'), header('b')] }]),
      'specificity',
    ],
    'more headers, each name counted once': [
      routeWith([{ headers: [header('a'), header('b')] }]),
      routeWith([{ headers: [header('a'), header('A'), header('a')] }]),
      'specificity',
    ],
    'more query parameters, before age': [
      routeWith([{ queryParams: [header('a')] }]),
      routeWith([{}], { createdAt: older }),
      'specificity',
    ],
    'the older route, before the name': [
      routeWith([{}], { createdAt: older, name: 'z' }),
      routeWith([{}], { name: 'a' }),
      'age',
    ],
    'a route of known age, before one without': [
      routeWith([{}], { name: 'z' }),
      routeWith([{}], { createdAt: 'soon', name: 'a' }),
      'age',
    ],
    'the namespace first in the alphabet, before the name': [
      routeWith([{}], { namespace: 'a', name: 'z' }),
      routeWith([{}], { namespace: 'b', name: 'a' }),
      'name',
    ],
    'the name first in the alphabet': [
      routeWith([{}], { name: 'a' }),
      routeWith([{}], { name: 'b' }),
      'name',
    ],
  };
  it.each(Object.entries(cases))('%s', (_, [first, second, criterion]) => {
    const [a, b] = [rankOf(first), rankOf(second)];
    expect(comparePrecedence(a, b)).toBe(-1);
    expect(comparePrecedence(b, a)).toBe(1);
    expect(precedenceCriterion(a, b)).toBe(criterion);
  });

  it('the earlier of one route, where all else is the same', () => {
    const [a, b] = competingMatches(routeWith([{}, {}]), HOST);
    expect(comparePrecedence(a.rank, b.rank)).toBe(-1);
    expect(precedenceCriterion(a.rank, b.rank)).toBe('position');
    expect(precedenceCriterion(a.rank, a.rank)).toBeUndefined();
  });
});

it('a hostname goes before a wildcard that is as long', () => {
  expect(compareHostnames('a.b.io', '*.b.io')).toBeLessThan(0);
  expect(compareHostnames('*.b.io', 'a.b.io')).toBeGreaterThan(0);
});

it('leaves out matches by regular expression', () => {
  const route = routeWith([path('/a.*', 'RegularExpression'), path('/b')]);
  expect(
    competingMatches(route, HOST).map(({ requests }) => requests.path),
  ).toEqual(['/b']);
});

describe('comparePrecedence is a total order', () => {
  const small = fc.integer({ min: 0, max: 2 });
  const rank: fc.Arbitrary<MatchRank> = fc.record({
    hostname: fc.constantFrom(HOST, '*.example.com', '*.com', '*'),
    pathType: fc.constantFrom('Exact', 'PathPrefix'),
    pathLength: small,
    hasMethod: fc.boolean(),
    headers: small,
    queryParams: small,
    createdAt: fc.constantFrom(0, 1, Infinity),
    route: fc.constantFrom('a/a', 'a/b', 'b/a'),
    rule: small,
    index: small,
  });
  // Ranks that differ in little meet at the later criteria.
  const near = (base: MatchRank) =>
    fc.record({ route: rank, other: rank, pick: small }).map(drawn => ({
      ...base,
      ...(drawn.pick === 0 && { headers: drawn.other.headers }),
      ...(drawn.pick === 1 && { createdAt: drawn.other.createdAt }),
      route: drawn.route.route,
      index: drawn.other.index,
    }));
  const three = fc.oneof(
    fc.tuple(rank, rank, rank),
    rank.chain(base => fc.tuple(near(base), near(base), near(base))),
  );

  it('is antisymmetric, and equal only where nothing differs', () => {
    fc.assert(
      fc.property(three, ([a, b]) => {
        expect(comparePrecedence(a, b) + comparePrecedence(b, a)).toBe(0);
        expect(comparePrecedence(a, b) === 0).toBe(
          JSON.stringify(a) === JSON.stringify(b) &&
            a.createdAt === b.createdAt,
        );
      }),
    );
  });

  it('is transitive', () => {
    fc.assert(
      fc.property(three, ranks => {
        const [a, b, c] = [...ranks].sort(comparePrecedence);
        expect(comparePrecedence(a, b)).toBeLessThanOrEqual(0);
        expect(comparePrecedence(b, c)).toBeLessThanOrEqual(0);
        expect(comparePrecedence(a, c)).toBeLessThanOrEqual(0);
      }),
    );
  });

  it('sorts alike from whatever order', () => {
    const many = fc.uniqueArray(rank, {
      maxLength: 8,
      selector: one => JSON.stringify(one),
    });
    fc.assert(
      fc.property(
        many.chain(ranks =>
          fc.tuple(
            fc.constant(ranks),
            fc.shuffledSubarray(ranks, {
              minLength: ranks.length,
              maxLength: ranks.length,
            }),
          ),
        ),
        ([ranks, shuffled]) => {
          expect([...shuffled].sort(comparePrecedence)).toEqual(
            [...ranks].sort(comparePrecedence),
          );
        },
      ),
    );
  });
});

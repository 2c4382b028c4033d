import * as fc from 'fast-check';
import { comparePrecedence, competingMatches } from '../gateway-api/precedence';
import { probePath } from '../gateway-api/probePath';
import { createSnapshot } from '../gateway-api/snapshot';
import type {
  HttpRoute,
  HttpRouteMatch,
  KubernetesObject,
} from '../gateway-api/types';
import {
  find,
  healthyWorld,
  HOST,
  judge,
  settings,
  type World,
} from './__testUtils__/world';
import { servingAttachments } from './contest';
import { gatherContests } from './contests';
import { httpContests } from './shadow';

interface Request {
  path: string;
  method: string;
  headers: Record<string, string>;
  query: Record<string, string>;
}

interface Candidate {
  route: HttpRoute;
  hostname: string;
  match: HttpRouteMatch;
  place: number;
}

const cartesian = <A, B>(as: readonly A[], bs: readonly B[]): [A, B][] =>
  as.flatMap(a => bs.map((b): [A, B] => [a, b]));

/** Of everything that matches tell apart, one request each, and one that no match names. */
const REQUESTS: Request[] = cartesian(
  cartesian(
    ['/', '/a', '/a/', '/a/b', '/b'].flatMap(path => [
      path,
      `${path}/other`.replace('//', '/'),
    ]),
    ['GET', 'POST', 'PUT'],
  ),
  cartesian([{}, { x: '1' }, { x: '2' }, { y: '1' }, { x: '1', y: '1' }], [
    {},
    { q: '1' },
  ] as Record<string, string>[]),
).map(([[path, method], [headers, query]]) => ({
  path,
  method,
  headers: headers as Record<string, string>,
  query,
}));

function takes({ match }: Candidate, request: Request): boolean {
  const { type = 'PathPrefix', value = '/' } = match.path ?? {};
  const elements = (path: string) => path.split('/').filter(Boolean);
  const wanted = elements(value);
  const isPath =
    type === 'Exact'
      ? request.path === value
      : wanted.every((one, index) => elements(request.path)[index] === one);
  return (
    isPath &&
    (match.method ?? request.method) === request.method &&
    (match.headers ?? []).every(
      ({ name, value: asked }) => request.headers[name] === asked,
    ) &&
    (match.queryParams ?? []).every(
      ({ name, value: asked }) => request.query[name] === asked,
    )
  );
}

/** The criteria as the specification lists them: "continuing on ties", the largest first. */
const CRITERIA: ((candidate: Candidate) => number)[] = [
  ({ hostname }) => (hostname.includes('*') ? 0 : hostname.length),
  ({ hostname }) => hostname.length,
  ({ match }) => Number(match.path?.type === 'Exact'),
  ({ match }) => (match.path?.value ?? '/').length,
  ({ match }) => Number(match.method !== undefined),
  ({ match }) => match.headers?.length ?? 0,
  ({ match }) => match.queryParams?.length ?? 0,
  ({ route }) => -Date.parse(route.metadata.creationTimestamp!),
];

function winners(candidates: Candidate[], request: Request): Candidate[] {
  let left = candidates.filter(candidate => takes(candidate, request));
  for (const criterion of CRITERIA) {
    const best = Math.max(...left.map(criterion));
    left = left.filter(candidate => criterion(candidate) === best);
  }
  const [name] = left
    .map(({ route: { metadata } }) => `${metadata.namespace}/${metadata.name}`)
    .sort();
  left = left.filter(
    ({ route: { metadata } }) =>
      `${metadata.namespace}/${metadata.name}` === name,
  );
  const place = Math.min(...left.map(candidate => candidate.place));
  return left.filter(candidate => candidate.place === place);
}

const candidatesOf = (route: HttpRoute): Candidate[] => {
  const [hostname = '*'] = route.spec?.hostnames ?? [];
  return route.spec!.rules!.flatMap(({ matches }, rule) =>
    matches!.map((match, index) => ({
      route,
      hostname,
      match,
      place: rule * 100 + index,
    })),
  );
};

const asks = (names: string[]) =>
  fc.uniqueArray(
    fc.record({ name: fc.constantFrom(...names), value: fc.constantFrom('1') }),
    { maxLength: names.length, selector: ({ name }) => name },
  );
const match: fc.Arbitrary<HttpRouteMatch> = fc.record(
  {
    path: fc.record({
      type: fc.constantFrom('Exact', 'PathPrefix'),
      value: fc.constantFrom('/', '/a', '/a/', '/a/b', '/b'),
    }),
    method: fc.constantFrom('GET', 'POST'),
    headers: asks(['x', 'y']),
    queryParams: asks(['q']),
  },
  { requiredKeys: [] },
);
const world = healthyWorld();
const gateway = find(world, 'Gateway', 'idp-gateway');
gateway.spec!.listeners![1].hostname = HOST;

const routes: fc.Arbitrary<HttpRoute[]> = fc
  .array(
    fc.record({
      matches: fc.array(fc.array(match, { minLength: 1, maxLength: 2 }), {
        minLength: 1,
        maxLength: 2,
      }),
      hostname: fc.constantFrom(HOST, HOST, '*.127-0-0-1.nip.io', undefined),
      createdAt: fc.constantFrom(
        '2026-11-01T00:00:00Z',
        '2026-11-02T00:00:00Z',
      ),
    }),
    { minLength: 2, maxLength: 4 },
  )
  .map(drawn =>
    drawn.map(({ matches, hostname, createdAt }, index) => ({
      ...world.route,
      metadata: {
        name: `route-${(index * 7) % 5}`,
        namespace: 'shop',
        creationTimestamp: createdAt,
      },
      spec: {
        ...world.route.spec,
        hostnames: hostname === undefined ? [] : [hostname],
        rules: matches.map(ofRule => ({ matches: ofRule })),
      },
    })),
  );

const nameOf = ({ metadata }: { metadata: { name: string } }) => metadata.name;

function judgeAll(all: HttpRoute[]) {
  const snapshot = createSnapshot({
    cluster: 'local',
    observedAt: world.now,
    objects: [...world.objects, ...all],
  });
  return all.map(route => ({
    route,
    ...httpContests({
      route,
      host: HOST,
      through: servingAttachments(route, HOST, snapshot)[0],
      path: probePath(route),
      snapshot,
      settings,
    }),
  }));
}

it('of the matches that take a request exactly one goes first, as the specification lists the criteria', () => {
  fc.assert(
    fc.property(routes, fc.constantFrom(...REQUESTS), (all, request) => {
      const candidates = all.flatMap(candidatesOf);
      const first = winners(candidates, request);
      const isTaken = candidates.some(candidate => takes(candidate, request));
      expect(first).toHaveLength(isTaken ? 1 : 0);
      const [ranked] = all
        .flatMap(route =>
          competingMatches(route, HOST).map(({ rank }) => ({ route, rank })),
        )
        .filter(({ route, rank }) =>
          candidatesOf(route).some(
            candidate =>
              candidate.place === rank.rule * 100 + rank.index &&
              takes(candidate, request),
          ),
        )
        .sort((a, b) => comparePrecedence(a.rank, b.rank));
      expect(ranked?.route).toBe(first[0]?.route);
    }),
    { numRuns: 1_000 },
  );
});

it('a route is shadowed wholly where it gets no request at all, and no other time', () => {
  fc.assert(
    fc.property(routes, all => {
      const candidates = all.flatMap(candidatesOf);
      const getsSome = new Set(
        REQUESTS.flatMap(request =>
          winners(candidates, request).map(({ route }) => route),
        ),
      );
      for (const { route, shadow } of judgeAll(all)) {
        expect(shadow?.isWhole ?? false).toBe(!getsSome.has(route));
      }
    }),
    { numRuns: 300 },
  );
});

it('whom a route names gets, or loses, a request that both take', () => {
  fc.assert(
    fc.property(routes, all => {
      const candidates = all.flatMap(candidatesOf);
      const isGotFrom = (winner: unknown, loser: HttpRoute) =>
        REQUESTS.some(
          request =>
            candidatesOf(loser).some(candidate => takes(candidate, request)) &&
            winners(candidates, request)[0]?.route === winner,
        );
      for (const { route, contests } of judgeAll(all)) {
        for (const { outcome, other } of contests) {
          const [winner, loser] =
            outcome === 'loses' ? [other, route] : [route, other];
          expect(
            outcome === 'undetermined' || isGotFrom(winner, loser as HttpRoute),
          ).toBe(true);
        }
      }
    }),
    { numRuns: 300 },
  );
});

it('one loses to another exactly where that one says that it wins over it', () => {
  fc.assert(
    fc.property(routes, all => {
      const judged = judgeAll(all);
      const pairs = (wanted: 'loses' | 'wins') =>
        judged
          .flatMap(({ route, contests }) =>
            contests
              .filter(({ outcome }) => outcome === wanted)
              .map(({ other }) =>
                (wanted === 'loses' ? [route, other] : [other, route])
                  .map(nameOf)
                  .join(' to '),
              ),
          )
          .sort();
      expect([...new Set(pairs('loses'))]).toEqual([...new Set(pairs('wins'))]);
    }),
    { numRuns: 300 },
  );
});

it('of routes that split one host by path none is asked for where it is served', () => {
  const lookups = (count: number) => {
    const others = Array.from({ length: count }, (_, index) => ({
      ...world.route,
      metadata: { name: `part-${index}`, namespace: 'shop' },
      spec: {
        ...world.route.spec,
        rules: [{ matches: [{ path: { value: `/part-${index}` } }] }],
      },
    }));
    const snapshot = createSnapshot({
      cluster: 'local',
      observedAt: world.now,
      objects: [...world.objects, world.route, ...others],
    });
    const [through] = servingAttachments(world.route, HOST, snapshot);
    const get = jest.spyOn(snapshot, 'get');
    const { contests } = gatherContests({
      route: world.route,
      host: HOST,
      through,
      path: '/',
      snapshot,
      settings,
    });
    expect(contests).toEqual([]);
    return get.mock.calls.length;
  };
  expect(lookups(100)).toBe(lookups(1));
});

describe('whatever the API server returns of other routes', () => {
  const odd = fc.jsonValue({ maxDepth: 3 });
  const kinds = ['HTTPRoute', 'GRPCRoute', 'TLSRoute', 'Ingress'];
  const parentRefs = fc.oneof(
    fc.constant([{ name: 'idp-gateway', namespace: 'kube-system' }]),
    odd,
  );
  const odds = fc.record(
    {
      parentRefs,
      hostnames: fc.oneof(fc.constant([HOST]), odd),
      rules: fc.oneof(
        fc.array(
          fc.oneof(
            odd,
            fc.record({
              host: fc.oneof(fc.constant(HOST), odd),
              matches: fc.array(
                fc.oneof(
                  odd,
                  fc.record(
                    {
                      path: fc.oneof(odd, fc.record({ type: odd, value: odd })),
                      method: odd,
                      headers: fc.array(
                        fc.oneof(odd, fc.record({ name: odd, value: odd })),
                      ),
                      queryParams: odd,
                    },
                    { requiredKeys: [] },
                  ),
                ),
              ),
            }),
          ),
        ),
        odd,
      ),
      defaultBackend: odd,
    },
    { requiredKeys: [] },
  );

  it('nothing throws, and naming them changes no verdict', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            kind: fc.constantFrom(...kinds),
            spec: fc.oneof(odds, odd),
            status: odd,
            creationTimestamp: odd,
          }),
          { maxLength: 4 },
        ),
        odd,
        odd,
        (others, listeners, addresses) => {
          const change = (one: World) => {
            const { spec, status } = find(one, 'Gateway', 'idp-gateway');
            if (Array.isArray(listeners)) {
              spec!.listeners!.push(...(listeners as never[]));
            }
            Object.assign(status!, { addresses });
            one.objects.push(
              ...others.map(
                ({ creationTimestamp, ...other }, index) =>
                  ({
                    apiVersion: 'v1',
                    ...other,
                    metadata: {
                      name: `other-${index}`,
                      namespace: 'shop',
                      creationTimestamp,
                    },
                  } as unknown as KubernetesObject),
              ),
            );
          };
          const [hidden, named] = [
            judge(change),
            judge(change, () => ['component:default/other']),
          ];
          expect(named.verdict.word).toBe(hidden.verdict.word);
          expect(JSON.stringify(hidden)).not.toContain('other-');
          for (const { message } of [...hidden.findings, ...named.findings]) {
            expect(message).not.toMatch(/undefined|NaN|\[object/);
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});

import type { HttpRoute, HttpRouteMatch } from '../gateway-api/types';
import { condition, HOST, judge, type World } from './__testUtils__/world';
import type { VerdictWord } from './types';

const OLDER = '2026-11-01T00:00:00Z';
const YOUNGER = '2026-11-23T11:58:00Z';

const path = (value: string, type = 'PathPrefix'): HttpRouteMatch => ({
  path: { type, value },
});

/** A route of another namespace for the same host and listener. */
function rival(
  matches: HttpRouteMatch[] = [path('/')],
  change: (route: HttpRoute) => void = () => {},
) {
  return (world: World) => {
    const route = structuredClone(world.route);
    route.metadata = {
      name: 'secret-name',
      namespace: 'secret-team',
      uid: 'uid-rival',
      generation: 1,
      creationTimestamp: OLDER,
    };
    route.spec!.rules = [{ matches }];
    change(route);
    world.objects.push(
      {
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: { name: 'secret-team' },
      },
      route,
    );
  };
}

const own =
  (...matches: HttpRouteMatch[]) =>
  (world: World) => {
    world.route.spec!.rules![0].matches = matches;
  };

const all =
  (...changes: ((world: World) => void)[]) =>
  (world: World) =>
    changes.forEach(change => change(world));

describe('verdict on a route whose host another route has too', () => {
  const cases: Record<
    string,
    {
      change: (world: World) => void;
      word: VerdictWord;
      reason: string;
      says?: RegExp;
    }
  > = {
    'older and for the same paths is Broken': {
      change: rival(),
      word: 'Broken',
      reason: 'RouteShadowed',
      says: /^Requests for \/ on shop\.127-0-0-1\.nip\.io go to an older route of the same host, not to this one\.$/,
    },
    'older and for the same paths is Broken, whatever the probe saw': {
      change: all(rival(), world => {
        world.probe!.http = { status: 503 };
      }),
      word: 'Broken',
      reason: 'RouteShadowed',
    },
    'younger and for the same paths is Live': {
      change: rival([path('/')], ({ metadata }) => {
        metadata.creationTimestamp = YOUNGER;
      }),
      word: 'Live',
      reason: 'Answered',
    },
    'of the same age, first by its name, is Broken': {
      change: rival([path('/')], ({ metadata }) => {
        metadata.creationTimestamp = '2026-11-23T11:57:00Z';
      }),
      word: 'Broken',
      reason: 'RouteShadowed',
      says: /another route, which goes first by its name/,
    },
    'that takes the probed path alone is Degraded': {
      change: rival([path('/', 'Exact')], ({ metadata }) => {
        metadata.creationTimestamp = YOUNGER;
      }),
      word: 'Degraded',
      reason: 'RouteShadowed',
      says: /^Requests for \/ on .* go to a more specific route.*an answer there says nothing of this route/,
    },
    'that takes one of its matches is Degraded': {
      change: all(own(path('/'), path('/api')), rival([path('/api')])),
      word: 'Degraded',
      reason: 'RouteShadowed',
      says: /^Requests for \/api on .* go to an older route/,
    },
    'that takes a method of it is Degraded': {
      change: all(
        own(path('/'), { ...path('/api'), method: 'POST' }),
        rival([{ ...path('/api'), method: 'POST' }]),
      ),
      word: 'Degraded',
      reason: 'RouteShadowed',
      says: /^Requests for POST \/api on /,
    },
    'that takes its whole is Broken, however many matches it has': {
      change: all(
        own(path('/'), path('/api')),
        rival([path('/api'), path('/')]),
      ),
      word: 'Broken',
      reason: 'RouteShadowed',
      says: /^Requests for \/, \/api on /,
    },
    'for a longer path is Live: the routes split the host': {
      change: rival([path('/api')]),
      word: 'Live',
      reason: 'Answered',
    },
    'for a shorter path is Live: the routes split the host': {
      change: all(own(path('/api')), rival([path('/')])),
      word: 'Live',
      reason: 'Answered',
    },
    'for requests with a header alone is Live': {
      change: rival([{ headers: [{ name: 'x-canary', value: '1' }] }]),
      word: 'Live',
      reason: 'Answered',
    },
    'by regular expression is Live: how it ranks is not known': {
      change: rival([path('/.*', 'RegularExpression')]),
      word: 'Live',
      reason: 'Answered',
    },
    'is Degraded where what its own regular expression takes is not known': {
      change: all(own(path('/'), path('/a.*', 'RegularExpression')), rival()),
      word: 'Degraded',
      reason: 'RouteShadowed',
    },
    'on another listener is Live': {
      change: rival([path('/')], ({ spec }) => {
        spec!.parentRefs![0].sectionName = 'http';
      }),
      word: 'Live',
      reason: 'Answered',
    },
    'by a wildcard alone is Live': {
      change: rival([path('/')], ({ spec }) => {
        spec!.hostnames = ['*.127-0-0-1.nip.io'];
      }),
      word: 'Live',
      reason: 'Answered',
    },
    'but that the gateway does not accept is Live': {
      change: rival([path('/')], ({ status }) => {
        status!.parents![0].conditions = [
          condition('Accepted', { status: 'False' }),
        ];
      }),
      word: 'Live',
      reason: 'Answered',
    },
    'is Broken too where it writes the host in capitals': {
      change: all(rival(), world => {
        world.route.spec!.hostnames = [HOST.toUpperCase()];
      }),
      word: 'Broken',
      reason: 'RouteShadowed',
    },
  };
  it.each(Object.entries(cases))('%s', (_, { change, word, reason, says }) => {
    const { verdict } = judge(change);
    expect([verdict.word, verdict.finding.reason]).toEqual([word, reason]);
    expect(verdict.finding.message).toMatch(says ?? /./);
  });

  it('does not name the other route', () => {
    expect(JSON.stringify(judge(rival()))).not.toContain('secret');
  });

  it('marks the route, and does not take the other’s answer for its own', () => {
    const { way } = judge(
      all(rival([path('/', 'Exact')]), world => {
        world.objects = world.objects.filter(({ kind }) => kind !== 'Service');
      }),
    ).hosts[0];
    expect(way.find(({ state }) => state === 'failing')?.kind).toBe('service');
    expect(
      judge(rival()).hosts[0].way.find(({ state }) => state === 'failing')
        ?.kind,
    ).toBe('route');
  });
});

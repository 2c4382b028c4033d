import {
  own,
  path,
  rival,
  throughWildcard,
  YOUNGER,
} from './__testUtils__/rivals';
import { all, condition, HOST, judge, type World } from './__testUtils__/world';
import type { VerdictWord } from './types';

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
      says: /^Requests for \/ on shop\.127-0-0-1\.nip\.io go to an older route of another team\.$/,
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
      says: /go to a route of another team, which goes first by its name\.$/,
    },
    'that takes the probed path alone is Degraded': {
      change: rival([path('/', 'Exact')], ({ metadata }) => {
        metadata.creationTimestamp = YOUNGER;
      }),
      word: 'Degraded',
      reason: 'RouteShadowed',
      says: /^Requests for \/ on .* go to a more specific route of another team\. This route gets the others; an answer to these says nothing of it\.$/,
    },
    'that takes one of its matches is Degraded': {
      change: all(own(path('/'), path('/api')), rival([path('/api')])),
      word: 'Degraded',
      reason: 'RouteShadowed',
      says: /^Requests for \/api on .* go to an older route of another team\. This route still answers \/\.$/,
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
      says: /^Requests for \/ and \/api on /,
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
    'by a more specific hostname, for every path, is Broken, however young': {
      change: all(
        own(path('/long'), path('/a.*', 'RegularExpression')),
        rival([path('/')], ({ metadata }) => {
          metadata.creationTimestamp = YOUNGER;
        }),
        throughWildcard,
      ),
      word: 'Broken',
      reason: 'RouteShadowed',
      says: /^Requests for \/long and paths by regular expression on .* go to a more specific route of another team\.$/,
    },
    'by a more specific hostname, for some paths, is Degraded': {
      change: all(rival([path('/api')]), throughWildcard),
      word: 'Degraded',
      reason: 'RouteShadowed',
      says: /^Requests for \/api on .* go to a more specific route of another team\. This route gets the others\.$/,
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

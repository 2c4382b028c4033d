import type { HttpRoute, HttpRouteMatch } from '../gateway-api/types';
import {
  condition,
  find,
  HOST,
  judge,
  type World,
} from './__testUtils__/world';
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

/** Has the world's route claim the one host of the https listener through a wildcard. */
const throughWildcard = (world: World) => {
  const [, https] = find(world, 'Gateway', 'idp-gateway').spec!.listeners!;
  https.hostname = HOST;
  world.route.spec!.hostnames = ['*.127-0-0-1.nip.io'];
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

describe('of a route with which another contests its host, its exposure says', () => {
  const says = (change: (world: World) => void, reason: string) =>
    judge(change).findings.filter(finding => finding.reason === reason);

  const younger = (matches?: HttpRouteMatch[]) =>
    rival(matches, ({ metadata }) => {
      metadata.creationTimestamp = YOUNGER;
    });

  const cases: Record<
    string,
    { change: (world: World) => void; reason: string; says: RegExp | undefined }
  > = {
    'that a younger one gets nothing of what both match': {
      change: younger(),
      reason: 'ShadowsAnotherRoute',
      says: /^Requests for \/ on shop\.127-0-0-1\.nip\.io come here, and not to a younger route of another team\.$/,
    },
    'that one with a less specific hostname gets nothing of it': {
      change: rival([path('/deep/path')], ({ spec }) => {
        spec!.hostnames = ['*.127-0-0-1.nip.io'];
      }),
      reason: 'ShadowsAnotherRoute',
      says: /^Requests for \/ on .* come here, and not to a less specific route of another team\.$/,
    },
    'that one without hostnames gets nothing of it': {
      change: rival([path('/')], ({ spec }) => {
        delete spec!.hostnames;
      }),
      reason: 'ShadowsAnotherRoute',
      says: /less specific/,
    },
    'that one whose name comes later gets nothing of it': {
      change: rival([path('/')], ({ metadata }) => {
        metadata.creationTimestamp = '2026-11-23T11:57:00Z';
        metadata.namespace = 'zoo';
      }),
      reason: 'ShadowsAnotherRoute',
      says: /goes second by its name\.$/,
    },
    'that it answers the path at which the other is probed': {
      change: all(own(path('/', 'Exact')), rival([path('/')])),
      reason: 'ShadowsAnotherRoute',
      says: /^Requests for \/ on .* come here, and not to a less specific/,
    },
    'nothing where they split the host by path': {
      change: all(own(path('/api')), rival([path('/')])),
      reason: 'ShadowsAnotherRoute',
      says: undefined,
    },
    'nothing of the redirect that is part of the platform': {
      change: world => {
        find(world, 'HTTPRoute', 'http-to-https-redirect').spec!.parentRefs = [
          { name: 'idp-gateway', namespace: 'kube-system' },
        ];
      },
      reason: 'ShadowsAnotherRoute',
      says: undefined,
    },
    'that a third one gets what both others match': {
      change: all(
        younger(),
        rival([path('/')], ({ metadata }) => {
          metadata.name = 'oldest';
        }),
      ),
      reason: 'ShadowsAnotherRoute',
      says: undefined,
    },
    'that paths by regular expression of the other are undetermined': {
      change: rival([path('/.*', 'RegularExpression')]),
      reason: 'PrecedenceUndetermined',
      says: /^Which requests for .* go to a route of another team and which come here is up to the gateway's controller: paths by regular expression have no order of their own\.$/,
    },
    'that its own paths by regular expression are undetermined': {
      change: all(own(path('/a.*', 'RegularExpression')), rival()),
      reason: 'PrecedenceUndetermined',
      says: /paths by regular expression/,
    },
    'nothing of paths by regular expression under a less specific hostname': {
      change: rival([path('/.*', 'RegularExpression')], ({ spec }) => {
        spec!.hostnames = ['*.127-0-0-1.nip.io'];
      }),
      reason: 'PrecedenceUndetermined',
      says: undefined,
    },
    'that a fall back from a more specific hostname is undetermined': {
      change: all(rival([path('/api')]), throughWildcard),
      reason: 'PrecedenceUndetermined',
      says: /^Requests for .* go first to a route of another team, which names the host more exactly; whether those that it does not match come here or get 404 is up to the gateway's controller\.$/,
    },
  };
  it.each(Object.entries(cases))('%s', (_, { change, reason, says: words }) => {
    const [finding, ...more] = says(change, reason);
    expect(more).toEqual([]);
    if (words === undefined) expect(finding).toBeUndefined();
    else {
      expect(finding).toMatchObject({
        severity: 'info',
        message: expect.stringMatching(words),
      });
    }
  });

  it('at most three others by a sentence, and that there are more', () => {
    const [{ message }] = judge(
      all(
        ...['a', 'b', 'c', 'd'].map(name =>
          rival([path('/')], ({ metadata }) => {
            metadata.creationTimestamp = YOUNGER;
            metadata.name = name;
          }),
        ),
      ),
      () => [],
    ).findings.filter(({ reason }) => reason === 'ShadowsAnotherRoute');
    expect(message).toMatch(
      /secret-team\/a, .*\. .*secret-team\/b, .*\. .*secret-team\/c, which is younger\. There are more such routes\.$/,
    );
  });
});

describe('another route of the host is named', () => {
  const entity = 'component:default/home';
  const named = rival([path('/')], ({ metadata }) => {
    metadata.name = 'home';
    metadata.namespace = 'docs';
  });

  it('with its entities and what to ask its owners, to one who may read it', () => {
    const { verdict, hosts } = judge(named, () => [entity]);
    expect(verdict.finding).toMatchObject({
      message: `Requests for / on ${HOST} go to docs/home (owner: ${entity}), which is older.`,
      remedy:
        'Choose another host for HTTPRoute shop/shop, or ask the owners of docs/home to give shop.127-0-0-1.nip.io up.',
      details: { route: 'docs/home', entityRef: entity },
    });
    expect(hosts[0].contest).toEqual([
      {
        outcome: 'loses',
        basis: 'age',
        requests: ['/'],
        route: {
          kind: 'HTTPRoute',
          namespace: 'docs',
          name: 'home',
          entities: [entity],
        },
      },
    ]);
  });

  it('alone where it has no entity', () => {
    expect(judge(named, () => []).verdict.finding.message).toBe(
      `Requests for / on ${HOST} go to docs/home, which is older.`,
    );
  });

  it('to nobody else, nor is it told how many there are', () => {
    const second = rival([path('/')], ({ metadata }) => {
      metadata.name = 'second-secret';
    });
    const two = JSON.stringify(judge(all(rival(), second)));
    expect(two).not.toContain('secret');
    expect(two).toBe(JSON.stringify(judge(rival())));
  });

  it('without a change of any verdict', () => {
    const worlds = [
      named,
      all(own(path('/'), path('/b')), named),
      all(named, throughWildcard),
    ];
    for (const world of worlds) {
      const wordsFor = (readAs?: RouteReader) => {
        const { verdict, findings } = judge(world, readAs);
        return [verdict.word, findings.map(({ reason }) => reason)];
      };
      expect(wordsFor(() => [entity])).toEqual(wordsFor());
    }
  });

  it('only where it is in the way: nobody is asked about any other', () => {
    const asked: string[] = [];
    judge(
      all(
        rival([path('/api')], ({ metadata }) => {
          metadata.name = 'splits-the-host';
        }),
        rival([path('/')], ({ metadata, spec }) => {
          metadata.name = 'of-another-host';
          spec!.hostnames = ['other.127-0-0-1.nip.io'];
        }),
        named,
      ),
      ({ metadata }) => {
        asked.push(metadata.name);
        return undefined;
      },
    );
    expect(new Set(asked)).toEqual(new Set(['home']));
  });
});

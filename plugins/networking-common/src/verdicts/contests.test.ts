import type { HttpRouteMatch } from '../gateway-api/types';
import {
  own,
  path,
  rival,
  throughWildcard,
  YOUNGER,
} from './__testUtils__/rivals';
import { all, find, HOST, judge, type World } from './__testUtils__/world';
import type { RouteReader } from './contests';

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
    const found = says(change, reason);
    expect(found.map(({ severity }) => severity)).toEqual(
      words === undefined ? [] : ['info'],
    );
    expect(found[0]?.message ?? '').toMatch(words ?? /^$/);
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
        'Choose another host for HTTPRoute shop/shop, or ask the owners of docs/home to release shop.127-0-0-1.nip.io.',
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

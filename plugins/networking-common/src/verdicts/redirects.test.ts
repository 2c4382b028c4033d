import { parseLocation } from '../gateway-api/location';
import type { HttpRouteRule } from '../gateway-api/types';
import { all, find, HOST, judge, type World } from './__testUtils__/world';
import { own, rival } from './__testUtils__/rivals';
import type { Subject, VerdictWord } from './types';

type Change = (world: World) => void;

/** The host was asked, and redirected its client there. */
const sentTo =
  (
    location: string,
    more: { status?: number; setsCookie?: true } = {},
  ): Change =>
  ({ probe, settings }) => {
    const { publicHttpsPort: port } = settings.network;
    const { status = 301, setsCookie } = more;
    probe!.http = {
      status,
      redirect: parseLocation(location, {
        host: HOST,
        port,
        path: probe!.path,
      }),
      ...(setsCookie && { setsCookie }),
    };
  };

const rules =
  (...list: HttpRouteRule[]): Change =>
  world => {
    world.route.spec!.rules = list;
  };

const backend: HttpRouteRule = { backendRefs: [{ name: 'shop', port: 8080 }] };

const redirect = (requestRedirect: Record<string, unknown>): HttpRouteRule => ({
  filters: [{ type: 'RequestRedirect', requestRedirect }],
});

const onEveryListener: Change = ({ route }) => {
  delete route.spec!.parentRefs![0].sectionName;
  delete route.status!.parents![0].parentRef!.sectionName;
};

const ITSELF = `https://${HOST}:30443/`;

const service = { kind: 'Service', namespace: 'shop', name: 'shop' };
const route = { kind: 'HTTPRoute', namespace: 'shop', name: 'shop' };

describe('a redirect', () => {
  const cases: Record<
    string,
    {
      change: Change;
      word: VerdictWord;
      reason?: string;
      about?: Partial<Subject>;
    }
  > = {
    'to itself, by the Service, is Broken': {
      change: sentTo(ITSELF),
      word: 'Broken',
      reason: 'RedirectsToItself',
      about: service,
    },
    'to itself, written as a path, is Broken': {
      change: sentTo('/'),
      word: 'Broken',
      reason: 'RedirectsToItself',
      about: service,
    },
    'to itself in capitals is Broken': {
      change: sentTo(`HTTPS://${HOST.toUpperCase()}:30443/`),
      word: 'Broken',
      reason: 'RedirectsToItself',
    },
    'to itself without a slash is Broken': {
      change: sentTo(`https://${HOST}:30443`),
      word: 'Broken',
      reason: 'RedirectsToItself',
    },
    'to itself with a fragment, which is never sent, is Broken': {
      change: sentTo(`${ITSELF}#top`),
      word: 'Broken',
      reason: 'RedirectsToItself',
    },
    'to itself, with 308, is Broken': {
      change: sentTo(ITSELF, { status: 308 }),
      word: 'Broken',
      reason: 'RedirectsToItself',
    },
    'to itself, with a status that clients do not follow, is fine': {
      change: sentTo(ITSELF, { status: 304 }),
      word: 'Live',
    },
    'to itself with a query makes another request': {
      change: sentTo(`${ITSELF}?lang=en`),
      word: 'Live',
    },
    'to itself with a cookie makes another request': {
      change: sentTo(ITSELF, { setsCookie: true }),
      word: 'Live',
    },
    'to itself, by the route that is on every listener, is its missing sectionName':
      {
        change: all(
          onEveryListener,
          rules(redirect({ scheme: 'https', port: 30443 })),
          sentTo(ITSELF),
        ),
        word: 'Broken',
        reason: 'RedirectsToItself',
        about: { ...route, field: 'spec.parentRefs[0].sectionName' },
      },
    'to itself, by the route that is on the https listener, is its sectionName':
      {
        change: all(
          rules(redirect({ scheme: 'https', port: 30443 })),
          sentTo(ITSELF),
        ),
        word: 'Broken',
        reason: 'RedirectsToItself',
        about: { ...route, field: 'spec.parentRefs[0].sectionName' },
      },
    'to itself, by one rule of several, is that rule': {
      change: all(
        rules(
          {
            matches: [{ path: { type: 'PathPrefix', value: '/api' } }],
            ...backend,
          },
          redirect({ scheme: 'https', port: 30443 }),
        ),
        sentTo(ITSELF),
      ),
      word: 'Broken',
      reason: 'RedirectsToItself',
      about: { ...route, field: 'spec.rules[1]' },
    },
    'to itself, by a rule that changes nothing, is that rule': {
      change: all(
        rules(
          redirect({ path: { type: 'ReplaceFullPath', replaceFullPath: '/' } }),
        ),
        sentTo(ITSELF),
      ),
      word: 'Broken',
      reason: 'RedirectsToItself',
      about: { ...route, field: 'spec.rules[0]' },
    },
    'to itself, where an extension filter may have made it, blames no Service':
      {
        change: all(
          rules({
            filters: [
              { type: 'ExtensionRef', extensionRef: { kind: 'Reply' } },
            ],
          }),
          sentTo(ITSELF),
        ),
        word: 'Broken',
        reason: 'RedirectsToItself',
        about: route,
      },
    'to itself, where another route may have made it, blames no Service': {
      change: all(
        rival(undefined, other => {
          other.spec!.hostnames = ['*.127-0-0-1.nip.io'];
        }),
        sentTo(ITSELF),
      ),
      word: 'Broken',
      reason: 'RedirectsToItself',
      about: route,
    },
    'to the path that was asked is Broken at whatever path': {
      change: all(
        own({ path: { type: 'PathPrefix', value: '/app' } }),
        world => {
          world.probe!.path = '/app';
          sentTo(`https://${HOST}:30443/app`)(world);
        },
      ),
      word: 'Broken',
      reason: 'RedirectsToItself',
    },
    'to the same path with a slash is another request': {
      change: all(
        own({ path: { type: 'PathPrefix', value: '/app' } }),
        world => {
          world.probe!.path = '/app';
          sentTo(`https://${HOST}:30443/app/`)(world);
        },
      ),
      word: 'Live',
    },
    'to another path is fine': {
      change: sentTo('/login'),
      word: 'Live',
    },
    'to a login elsewhere is fine': {
      change: sentTo('https://sso.example.com/auth?state=s3cret'),
      word: 'Live',
    },
    'to a login elsewhere in clear is not ours to judge': {
      change: sentTo('http://sso.example.com:8080/auth'),
      word: 'Live',
    },
    'to another host of ours is not followed': {
      change: sentTo('https://docs.127-0-0-1.nip.io:30443/'),
      word: 'Live',
    },
    'to another scheme is fine': {
      change: sentTo('mailto:team@example.com'),
      word: 'Live',
    },
    'without a Location is not judged': {
      change: world => {
        world.probe!.http = { status: 301 };
      },
      word: 'Live',
    },
    'to a port that nothing has is Degraded': {
      change: sentTo(`https://${HOST}/`),
      word: 'Degraded',
      reason: 'RedirectsToUnknownPort',
      about: service,
    },
    'by the route to the well-known port, at which it would lead to itself, is Degraded':
      {
        change: all(
          rules(redirect({ scheme: 'https' })),
          sentTo(`https://${HOST}/`),
        ),
        word: 'Degraded',
        reason: 'RedirectsToUnknownPort',
        about: { ...route, field: 'spec.parentRefs[0].sectionName' },
      },
    'by the route to another host at the well-known port, which nothing has, is Degraded':
      {
        change: all(
          rules(redirect({ hostname: 'docs.127-0-0-1.nip.io' })),
          sentTo('https://docs.127-0-0-1.nip.io/'),
        ),
        word: 'Degraded',
        reason: 'RedirectsToUnknownPort',
        about: { ...route, field: 'spec.rules[0]' },
      },
    "to another host of ours at a service's own port is Degraded": {
      change: sentTo('https://docs.127-0-0-1.nip.io:8443/'),
      word: 'Degraded',
      reason: 'RedirectsToUnknownPort',
    },
    'to a port of another listener of the Gateway is fine': {
      change: all(world => {
        const { spec } = find(world, 'Gateway', 'idp-gateway');
        spec!.listeners!.push({
          ...spec!.listeners![1],
          name: 'web',
          port: 8443,
        });
      }, sentTo(`https://${HOST}:8443/`)),
      word: 'Live',
    },
    'to HTTPS at the port of HTTP is Degraded': {
      change: sentTo(`https://${HOST}:30080/`),
      word: 'Degraded',
      reason: 'RedirectsToUnknownPort',
    },
    'to clear HTTP of the host is Degraded': {
      change: sentTo(`http://${HOST}:30080/login`),
      word: 'Degraded',
      reason: 'RedirectsToClear',
      about: service,
    },
    'to clear HTTP of the very path, which is redirected to HTTPS, comes back':
      {
        change: sentTo(`http://${HOST}:30080/`),
        word: 'Broken',
        reason: 'RedirectsToItself',
        about: service,
      },
    'to clear HTTP of the very path, with a query, is Degraded': {
      change: sentTo(`http://${HOST}:30080/?a=1`),
      word: 'Degraded',
      reason: 'RedirectsToClear',
    },
    'to clear HTTP of the very path, where the route answers that, is Degraded':
      {
        change: all(onEveryListener, sentTo(`http://${HOST}:30080/`)),
        word: 'Degraded',
        reason: 'AlsoReachableInClear',
      },
    'within ten seconds after a change is waited for': {
      change: all(sentTo(ITSELF), ({ probe }) => {
        probe!.unchangedSince = probe!.at;
      }),
      word: 'Pending',
      reason: 'ChangeBeingTakenUp',
    },
    'to itself by an earlier version of the route says nothing of this one': {
      change: all(sentTo(ITSELF), ({ probe }) => {
        probe!.route!.generation = 0;
      }),
      word: 'Unknown',
      reason: 'ProbeOlder',
    },
  };
  it.each(Object.entries(cases))(
    '%s',
    (_, { change, word, reason = 'Answered', about = {} }) => {
      const { verdict } = judge(change);
      expect([verdict.word, verdict.finding.reason]).toEqual([word, reason]);
      expect(verdict.finding.subject).toMatchObject(about);
    },
  );

  it('of a route that only sends requests in clear to HTTPS asks for nothing', () => {
    const { verdict, tls } = judge(world => {
      rules(redirect({ scheme: 'https' }))(world);
      world.route.spec!.parentRefs![0].sectionName = 'http';
      world.route.status!.parents![0].parentRef!.sectionName = 'http';
      world.probe = undefined;
    });
    expect(verdict).toMatchObject({
      word: 'Unknown',
      finding: { reason: 'ProbeNotPossible' },
    });
    expect([verdict.finding.remedy, tls.finding.remedy]).toEqual([
      undefined,
      undefined,
    ]);
  });

  it.each([
    ['nothing in clear where its first rule redirects all', undefined, false],
    ['in clear what its first rule does not redirect', '/api', true],
  ])('before a backend answers %s', (_, path, isInClear) => {
    const { findings } = judge(
      all(
        onEveryListener,
        rules(redirect({ scheme: 'https', port: 30443 }), {
          matches: path ? [{ path: { type: 'PathPrefix', value: path } }] : [],
          ...backend,
        }),
      ),
    );
    expect(
      findings.some(({ reason }) => reason === 'AlsoReachableInClear'),
    ).toBe(isInClear);
  });

  it('keeps nothing of a query', () => {
    const kept = parseLocation('/cb?code=s3cret#s3cret', {
      host: HOST,
      port: 443,
      path: '/',
    });
    expect(kept).toEqual({
      scheme: 'https',
      host: HOST,
      port: 443,
      path: '/cb',
      hasQuery: true,
    });
  });

  it('tells no target where the Location is no URL', () => {
    const asked = { host: HOST, port: 443, path: '/' };
    expect(parseLocation('https://', asked)).toBeUndefined();
  });
});

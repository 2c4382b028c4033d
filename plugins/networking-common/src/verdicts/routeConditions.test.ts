import type { Condition } from '../gateway-api/types';
import {
  condition,
  find,
  judge,
  remove,
  type World,
} from './__testUtils__/world';
import type { VerdictWord } from './types';

interface Case {
  change: (world: World) => void;
  word: VerdictWord;
  reason: string;
  params?: object;
}

const status = (world: World) => world.route.status!.parents![0];

const say = (
  world: World,
  type: string,
  rest: Partial<Condition> = { status: 'False' },
) => {
  const { conditions } = status(world);
  const index = conditions!.findIndex(one => one.type === type);
  conditions!.splice(index < 0 ? conditions!.length : index, 1, {
    ...condition(type),
    ...rest,
  });
};

const refuse = (type: string, reason: string) => (world: World) => {
  say(world, type, { status: 'False', reason, message: 'raw words' });
  world.probe = undefined;
};

describe('verdict on a route, of what its controller says,', () => {
  const cases: Record<string, Case> = {
    'that is refused because of its namespace is Broken': {
      change: refuse('Accepted', 'NotAllowedByListeners'),
      word: 'Broken',
      reason: 'NotAllowedByListeners',
      params: {
        said: 'raw words',
        gateway: {
          kind: 'Gateway',
          namespace: 'kube-system',
          name: 'idp-gateway',
        },
        isKind: false,
        namespace: 'shop',
      },
    },
    'that is refused because of its hosts is Broken': {
      change: refuse('Accepted', 'NoMatchingListenerHostname'),
      word: 'Broken',
      reason: 'NoMatchingListenerHostname',
      params: { said: 'raw words', host: 'shop.127-0-0-1.nip.io' },
    },
    'whose listener the controller does not find, and which is there, is Pending':
      {
        change: refuse('Accepted', 'NoMatchingParent'),
        word: 'Pending',
        reason: 'NoMatchingParent',
        params: {
          said: 'raw words',
          controller: 'traefik.io/gateway-controller',
          wanted: 'https',
          listener: 'https',
          holder: {
            kind: 'Gateway',
            namespace: 'kube-system',
            name: 'idp-gateway',
          },
        },
      },
    'whose listener the controller does not find, since it is broken, tells what breaks it':
      {
        change: world => {
          refuse('Accepted', 'NoMatchingParent')(world);
          find(
            world,
            'Gateway',
            'idp-gateway',
          ).status!.listeners![1].conditions = [
            condition('ResolvedRefs', {
              status: 'False',
              reason: 'InvalidCertificateRef',
            }),
          ];
        },
        word: 'Broken',
        reason: 'ListenerCertificateUnusable',
      },
    'that is refused because of its section name is Broken': {
      change: world => {
        refuse('Accepted', 'NoMatchingParent')(world);
        world.route.spec!.hostnames = ['shop.example.com'];
      },
      word: 'Broken',
      reason: 'NoMatchingParent',
      params: {
        said: 'raw words',
        controller: 'traefik.io/gateway-controller',
        wanted: 'https',
      },
    },
    'that asks for what the gateway cannot do is Broken': {
      change: refuse('Accepted', 'UnsupportedValue'),
      word: 'Broken',
      reason: 'UnsupportedValue',
    },
    'with filters that cannot work together is Broken': {
      change: refuse('Accepted', 'IncompatibleFilters'),
      word: 'Broken',
      reason: 'IncompatibleFilters',
    },
    'whose Gateway Cilium did not find is Broken, in its own words': {
      change: refuse('Accepted', 'InvalidHTTPRoute'),
      word: 'Broken',
      reason: 'ParentNotFound',
      params: {
        said: 'raw words',
        controller: 'traefik.io/gateway-controller',
        gateway: {
          kind: 'Gateway',
          namespace: 'kube-system',
          name: 'idp-gateway',
        },
      },
    },
    'that is refused for a reason of the controller itself is Broken, in its own words':
      {
        change: refuse('Accepted', 'NotToday'),
        word: 'Broken',
        reason: 'NotAccepted',
        params: { said: 'raw words' },
      },
    'that is still being decided about is Pending': {
      change: refuse('Accepted', 'Pending'),
      word: 'Pending',
      reason: 'AcceptancePending',
      params: { controller: 'traefik.io/gateway-controller', forMs: 3600000 },
    },
    'whose acceptance is Unknown to the controller is Pending': {
      change: world => {
        say(world, 'Accepted', { status: 'Unknown' });
        world.probe = undefined;
      },
      word: 'Pending',
      reason: 'AcceptancePending',
    },
    'whose references nobody has looked at is Pending': {
      change: world => {
        status(world).conditions = [condition('Accepted')];
        world.probe = undefined;
      },
      word: 'Pending',
      reason: 'NoStatusYet',
    },
    'that refers to a foreign namespace without leave is Broken': {
      change: refuse('ResolvedRefs', 'RefNotPermitted'),
      word: 'Broken',
      reason: 'RefNotPermitted',
      params: { on: 'all' },
    },
    'that sends to a kind the gateway does not know is Broken': {
      change: refuse('ResolvedRefs', 'InvalidKind'),
      word: 'Broken',
      reason: 'InvalidKind',
    },
    'whose Service is not found is Broken, naming it': {
      change: world => {
        refuse('ResolvedRefs', 'BackendNotFound')(world);
        remove(world, 'Service');
      },
      word: 'Broken',
      reason: 'BackendNotFound',
      params: {
        on: 'all',
        found: {
          what: 'missing',
          service: { kind: 'Service', namespace: 'shop', name: 'shop' },
        },
      },
    },
    'whose Service is there and has another port says which': {
      change: world => {
        refuse('ResolvedRefs', 'BackendNotFound')(world);
        const service = find(world, 'Service', 'shop');
        service.spec = { ...service.spec, ports: [{ port: 9090 }] };
      },
      word: 'Broken',
      reason: 'BackendNotFound',
      params: {
        on: 'all',
        found: {
          what: 'port',
          service: { kind: 'Service', namespace: 'shop', name: 'shop' },
          port: 8080,
          ports: [9090],
        },
      },
    },
    'whose port speaks an unknown protocol is Broken': {
      change: refuse('ResolvedRefs', 'UnsupportedProtocol'),
      word: 'Broken',
      reason: 'UnsupportedProtocol',
      params: { on: 'all' },
    },
    'that refers to something else that is wrong is Broken': {
      change: refuse('ResolvedRefs', 'SomethingElse'),
      word: 'Broken',
      reason: 'RefsNotResolved',
    },
    'refused for its kind is told so, and not of its namespace': {
      change: world => {
        refuse('Accepted', 'NotAllowedByListeners')(world);
        const { listeners } = find(world, 'Gateway', 'idp-gateway').spec!;
        listeners![1].allowedRoutes!.kinds = [{ kind: 'GRPCRoute' }];
      },
      word: 'Broken',
      reason: 'NotAllowedByListeners',
      params: {
        said: 'raw words',
        gateway: {
          kind: 'Gateway',
          namespace: 'kube-system',
          name: 'idp-gateway',
        },
        isKind: true,
        namespace: 'shop',
      },
    },
    'whose Service stands for a name outside is Broken, and why': {
      change: world => {
        refuse('ResolvedRefs', 'BackendNotFound')(world);
        find(world, 'Service', 'shop').spec = {
          type: 'ExternalName',
          externalName: 'db.example.com',
        };
      },
      word: 'Broken',
      reason: 'BackendNotFound',
      params: {
        on: 'all',
        found: {
          what: 'external',
          service: { kind: 'Service', namespace: 'shop', name: 'shop' },
        },
      },
    },
    'whose Service has no slices is Broken, and why': {
      change: world => {
        refuse('ResolvedRefs', 'BackendNotFound')(world);
        remove(world, 'EndpointSlice');
      },
      word: 'Broken',
      reason: 'BackendNotFound',
      params: {
        on: 'all',
        found: {
          what: 'noSlices',
          service: { kind: 'Service', namespace: 'shop', name: 'shop' },
        },
      },
    },
    'that names no port is Broken for that, whatever reason is given': {
      change: world => {
        refuse('ResolvedRefs', 'InvalidKind')(world);
        delete world.route.spec!.rules![0].backendRefs![0].port;
      },
      word: 'Broken',
      reason: 'InvalidKind',
      params: {
        on: 'all',
        portless: { kind: 'Service', namespace: 'shop', name: 'shop' },
      },
    },
    'whose only backend is lost, and which answers, is Degraded': {
      change: world =>
        say(world, 'ResolvedRefs', {
          status: 'False',
          reason: 'BackendNotFound',
        }),
      word: 'Degraded',
      reason: 'BackendNotFound',
      params: {
        on: 'some',
        despite: {
          claim: 'refsUnusable',
          of: { kind: 'HTTPRoute', name: 'shop', namespace: 'shop' },
          seen: { path: '/', status: 200 },
        },
        found: { what: 'unknown', controller: 'traefik.io/gateway-controller' },
      },
    },
    'that is valid in parts is Degraded': {
      change: world => say(world, 'PartiallyInvalid', { status: 'True' }),
      word: 'Degraded',
      reason: 'PartiallyInvalid',
      params: { fellBack: false },
    },
    'of which an earlier version is in force is Degraded, not Pending': {
      change: world => {
        world.route.metadata.generation = 2;
        world.probe!.route!.generation = 2;
        say(world, 'PartiallyInvalid', {
          status: 'True',
          observedGeneration: 2,
          message: 'Fall Back: rule 1 is invalid',
        });
      },
      word: 'Degraded',
      reason: 'PartiallyInvalid',
      params: { fellBack: true },
    },
    'that was valid in parts before it changed is Live': {
      change: world => {
        for (const one of status(world).conditions!) one.observedGeneration = 2;
        world.route.metadata.generation = 2;
        world.probe!.route!.generation = 2;
        say(world, 'PartiallyInvalid', { status: 'True' });
      },
      word: 'Live',
      reason: 'Answered',
    },
    'whose rules overlap with those of another is Degraded': {
      change: world => say(world, 'RouteRulesOverlap', { status: 'True' }),
      word: 'Degraded',
      reason: 'RouteRulesOverlap',
    },
    'whose rules do not overlap with those of another is Live': {
      change: world => say(world, 'RouteRulesOverlap', { status: 'False' }),
      word: 'Live',
      reason: 'Answered',
    },
  };
  it.each(Object.entries(cases))(
    '%s',
    (_, { change, word, reason, params }) => {
      const { verdict } = judge(change);
      expect([verdict.word, verdict.finding.reason]).toEqual([word, reason]);
      expect(verdict.finding.params ?? {}).toMatchObject(params ?? {});
    },
  );

  it('says of one backend of two that is lost that some requests get an error', () => {
    const { verdict, findings } = judge(world => {
      refuse('ResolvedRefs', 'BackendNotFound')(world);
      world.route.spec!.rules![0].backendRefs!.push({ name: 'gone', port: 80 });
    });
    expect(verdict.word).toBe('Unknown');
    expect(
      findings.find(({ reason }) => reason === 'BackendNotFound'),
    ).toMatchObject({
      severity: 'warning',
      params: {
        on: 'some',
        found: { what: 'missing', service: { name: 'gone' } },
      },
    });
  });

  it('says of a mirror that is lost that requests themselves are not concerned', () => {
    const { verdict } = judge(world => {
      say(world, 'ResolvedRefs', {
        status: 'False',
        reason: 'BackendNotFound',
      });
      const [rule] = world.route.spec!.rules!;
      rule.filters = [
        {
          type: 'RequestMirror',
          requestMirror: { backendRef: { name: 'shop-v9', port: 8080 } },
        },
      ];
    });
    expect([verdict.word, verdict.finding.reason]).toEqual([
      'Degraded',
      'BackendNotFound',
    ]);
    expect(verdict.finding.params).toMatchObject({
      on: 'copies',
      copiesTo: { kind: 'Service', namespace: 'shop', name: 'shop-v9' },
    });
  });

  it('keeps the raw condition behind the sentence', () => {
    const { verdict } = judge(refuse('Accepted', 'UnsupportedValue'));
    expect(verdict.finding.details).toMatchObject({
      type: 'Accepted',
      status: 'False',
      reason: 'UnsupportedValue',
      message: 'raw words',
    });
  });

  it('shows conditions of unknown type without judging them', () => {
    const { verdict, findings } = judge(world =>
      say(world, 'example.com/Happy', { status: 'False', reason: 'NotToday' }),
    );
    expect(verdict.word).toBe('Live');
    expect(findings).toMatchObject([
      {
        reason: 'ConditionNotJudged',
        severity: 'info',
        details: { 'example.com/Happy': 'False NotToday' },
      },
    ]);
  });
});

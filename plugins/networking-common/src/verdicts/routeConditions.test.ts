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
  says?: RegExp;
  remedy?: RegExp;
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
      says: /the gateway does not take routes from namespace shop/,
      remedy: /move HTTPRoute shop\/shop/,
    },
    'that is refused because of its hosts is Broken': {
      change: refuse('Accepted', 'NoMatchingListenerHostname'),
      word: 'Broken',
      reason: 'NoMatchingListenerHostname',
      says: /no listener of the gateway serves this host/,
    },
    'whose listener the controller does not find, and which is there, is Pending':
      {
        change: refuse('Accepted', 'NoMatchingParent'),
        word: 'Pending',
        reason: 'NoMatchingParent',
        says: /does not use listener https of Gateway kube-system\/idp-gateway/,
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
      remedy: /Set sectionName of HTTPRoute shop\/shop to https/,
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
      says: /The controller says: raw words\.$/,
    },
    'that is refused for a reason of the controller itself is Broken, in its own words':
      {
        change: refuse('Accepted', 'NotToday'),
        word: 'Broken',
        reason: 'NotAccepted',
        says: /does not accept this route\. The controller says: raw words\.$/,
      },
    'that is still being decided about is Pending': {
      change: refuse('Accepted', 'Pending'),
      word: 'Pending',
      reason: 'AcceptancePending',
      says: /for 1 hour/,
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
      remedy: /ReferenceGrant/,
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
      says: /Requests get 500: Service shop does not exist in shop/,
    },
    'whose Service is there and has another port says which': {
      change: world => {
        refuse('ResolvedRefs', 'BackendNotFound')(world);
        const service = find(world, 'Service', 'shop');
        service.spec = { ...service.spec, ports: [{ port: 9090 }] };
      },
      word: 'Broken',
      reason: 'BackendNotFound',
      says: /Requests get 500: Service shop\/shop has no port \d+/,
      remedy: /: 9090\.$/,
    },
    'whose port speaks an unknown protocol is Broken': {
      change: refuse('ResolvedRefs', 'UnsupportedProtocol'),
      word: 'Broken',
      reason: 'UnsupportedProtocol',
      remedy: /appProtocol/,
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
      says: /^Requests get 404: the gateway takes no HTTPRoutes there\.$/,
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
      says: /only stands for a name outside the cluster \(ExternalName\)/,
    },
    'whose Service has no slices is Broken, and why': {
      change: world => {
        refuse('ResolvedRefs', 'BackendNotFound')(world);
        remove(world, 'EndpointSlice');
      },
      word: 'Broken',
      reason: 'BackendNotFound',
      says: /Service shop\/shop has no EndpointSlices/,
    },
    'that names no port is Broken for that, whatever reason is given': {
      change: world => {
        refuse('ResolvedRefs', 'InvalidKind')(world);
        delete world.route.spec!.rules![0].backendRefs![0].port;
      },
      word: 'Broken',
      reason: 'InvalidKind',
      says: /names no port of Service shop\/shop/,
    },
    'whose only backend is lost, and which answers, is Degraded': {
      change: world =>
        say(world, 'ResolvedRefs', {
          status: 'False',
          reason: 'BackendNotFound',
        }),
      word: 'Degraded',
      reason: 'BackendNotFound',
      says: /^GET \/ returned 200, although/,
    },
    'that is valid in parts is Degraded': {
      change: world => say(world, 'PartiallyInvalid', { status: 'True' }),
      word: 'Degraded',
      reason: 'PartiallyInvalid',
      says: /the gateway left these rules out/,
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
      says: /answered by an earlier version of this route/,
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
    (_, { change, word, reason, says, remedy }) => {
      const { verdict } = judge(change);
      expect([verdict.word, verdict.finding.reason]).toEqual([word, reason]);
      expect(verdict.finding.message).toMatch(says ?? /./);
      expect(verdict.finding.remedy ?? '').toMatch(remedy ?? /^/);
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
      message: 'Some requests get 500: Service gone does not exist in shop.',
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
    expect(verdict.finding.message).toMatch(
      /^Copies of requests go nowhere: the gateway cannot send them to Service shop\/shop-v9\./,
    );
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

import type { BackendReference, Condition } from '../gateway-api/types';
import {
  all,
  condition,
  find,
  judge,
  remove,
  type World,
} from './__testUtils__/world';
import type { Subject, VerdictWord } from './types';

type Change = (world: World) => void;

const sendTo =
  (ref: Partial<BackendReference>): Change =>
  ({ route }) => {
    route.spec!.rules![0].backendRefs = [{ name: 'shop', port: 8080, ...ref }];
  };

const unasked: Change = world => {
  world.probe = undefined;
};

const unresolved =
  (reason: string, rest: Partial<Condition> = {}): Change =>
  world => {
    const [parent] = world.route.status!.parents!;
    parent.conditions![1] = condition('ResolvedRefs', {
      status: 'False',
      reason,
      ...rest,
    });
  };

const of =
  (controller: string): Change =>
  world => {
    world.settings.gateway.controller = controller;
    world.route.status!.parents![0].controllerName = controller;
  };

const field = (name: string) => ({
  kind: 'HTTPRoute',
  name: 'shop',
  field: `spec.rules[0].backendRefs[0].${name}`,
});

const envoyBackend = {
  group: 'gateway.envoyproxy.io',
  kind: 'Backend',
  name: 'partner',
  namespace: 'infra',
};

const delegation = {
  group: 'gateway.networking.k8s.io',
  kind: 'HTTPRoute',
  name: '*',
  namespace: 'team',
};

describe('a backend that is no Service', () => {
  const cases: Record<
    string,
    {
      change: Change;
      word: VerdictWord;
      reason: string;
      about?: Partial<Subject>;
      tells?: string[];
      never?: string;
    }
  > = {
    'but means one, by a group that has no kind Service': {
      change: all(
        unasked,
        of('example.com/gateway'),
        sendTo({ group: 'core', kind: 'Service' }),
      ),
      word: 'Broken',
      reason: 'BackendNearMiss',
      about: field('group'),
    },
    'but means one, by the version in place of the group': {
      change: all(unasked, sendTo({ group: 'v1', kind: 'Service' })),
      word: 'Broken',
      reason: 'BackendNearMiss',
      about: field('group'),
    },
    "but means one, by the group of the route's own kind": {
      change: all(
        unasked,
        sendTo({ group: 'gateway.networking.k8s.io', kind: 'Service' }),
      ),
      word: 'Broken',
      reason: 'BackendNearMiss',
      about: field('group'),
    },
    'but means one, in lower case': {
      change: all(unasked, sendTo({ kind: 'service' })),
      word: 'Broken',
      reason: 'BackendNearMiss',
      about: field('kind'),
    },
    'but means one, in the plural': {
      change: all(unasked, sendTo({ kind: 'Services' })),
      word: 'Broken',
      reason: 'BackendNearMiss',
      about: field('kind'),
    },
    'but means one that does not exist': {
      change: all(unasked, sendTo({ kind: 'service', name: 'gone' })),
      word: 'Broken',
      reason: 'BackendNearMiss',
      about: field('kind'),
    },
    'but means one of another namespace, for which no grant would help': {
      change: all(unasked, sendTo({ kind: 'service', namespace: 'infra' })),
      word: 'Broken',
      reason: 'BackendNearMiss',
      never: 'ReferenceGrantMissing',
    },
    'but means one, beside a Service that is there': {
      change: all(unasked, ({ route }) => {
        route.spec!.rules![0].backendRefs!.push({
          kind: 'service',
          name: 'shop',
          port: 8080,
        });
      }),
      word: 'Unknown',
      reason: 'NotProbed',
      tells: ['BackendNearMiss'],
    },
    'but means one, and answers': {
      change: sendTo({ group: 'core', kind: 'Service' }),
      word: 'Live',
      reason: 'Answered',
    },
    'but means one, as Traefik takes it': {
      change: all(unasked, sendTo({ group: 'core', kind: 'Service' })),
      word: 'Unknown',
      reason: 'NotProbed',
      never: 'BackendNearMiss',
    },
    'but means one that the controller does not find': {
      change: all(
        unasked,
        sendTo({ kind: 'service' }),
        unresolved('BackendNotFound'),
      ),
      word: 'Broken',
      reason: 'BackendNearMiss',
      about: field('kind'),
    },
    'but means one, of which the controller says something that we do not know':
      {
        change: all(
          unasked,
          sendTo({ kind: 'service' }),
          unresolved('NotToday'),
        ),
        word: 'Broken',
        reason: 'BackendNearMiss',
        about: field('kind'),
      },
    'but a Service of Knative is of another kind': {
      change: all(
        unasked,
        sendTo({ group: 'serving.knative.dev', kind: 'Service' }),
      ),
      word: 'Unknown',
      reason: 'BackendNotJudged',
      about: { kind: 'Service', name: 'shop' },
      never: 'BackendNearMiss',
    },
    'but a ServiceImport is not judged': {
      change: all(
        unasked,
        sendTo({ group: 'multicluster.x-k8s.io', kind: 'ServiceImport' }),
      ),
      word: 'Unknown',
      reason: 'BackendNotJudged',
      about: { kind: 'ServiceImport' },
    },
    'but a Backend of another namespace is told as such, with the grant that it needs':
      {
        change: all(unasked, sendTo(envoyBackend)),
        word: 'Unknown',
        reason: 'BackendNotJudged',
        about: { kind: 'Backend', name: 'partner', namespace: 'infra' },
        tells: ['ReferenceGrantMissing'],
      },
    'but a Backend whose use the controller does not permit breaks the route': {
      change: all(unasked, sendTo(envoyBackend), unresolved('RefNotPermitted')),
      word: 'Broken',
      reason: 'RefNotPermitted',
    },
    'but a Backend that answers is Live': {
      change: sendTo(envoyBackend),
      word: 'Live',
      reason: 'Answered',
      tells: ['BackendNotJudged'],
    },
    'but routes that are delegated to need no grant': {
      change: all(unasked, sendTo(delegation)),
      word: 'Unknown',
      reason: 'BackendNotJudged',
      never: 'ReferenceGrantMissing',
    },
    'but a kind that the gateway cannot send to breaks the route': {
      change: all(unasked, sendTo(delegation), unresolved('InvalidKind')),
      word: 'Broken',
      reason: 'InvalidKind',
    },
    'beside a Service is told, and the Service is judged': {
      change: all(unasked, ({ route }) => {
        route.spec!.rules![0].backendRefs = [
          { ...envoyBackend, namespace: undefined },
          { name: 'gone', port: 80 },
        ];
      }),
      word: 'Unknown',
      reason: 'NotProbed',
      tells: ['ServiceMissing'],
    },
  };
  it.each(Object.entries(cases))(
    '%s',
    (_, { change, word, reason, about = {}, tells = [], never }) => {
      const { verdict, findings } = judge(change);
      const reasons = findings.map(found => found.reason);
      expect([verdict.word, verdict.finding.reason]).toEqual([word, reason]);
      expect(verdict.finding.subject).toMatchObject(about);
      expect(reasons).toEqual(expect.arrayContaining(tells));
      expect(reasons).not.toContain(never);
    },
  );

  it('is named as what it is, where its answer is an error', () => {
    const { verdict } = judge(
      all(sendTo(envoyBackend), world => {
        world.probe!.http = { status: 503, fromService: true };
      }),
    );
    expect(verdict).toMatchObject({
      word: 'Broken',
      finding: { message: expect.stringContaining('Backend infra/partner') },
    });
  });
});

describe('a backend that the controller does not find, though all is there,', () => {
  const notFound = all(
    unasked,
    unresolved('BackendNotFound', { message: 'nothing there' }),
  );
  const service = (world: World) => find(world, 'Service', 'shop').spec!;

  const cases: Record<
    string,
    { change: Change; found: object; field?: string }
  > = {
    'may be headless': {
      change: world => {
        service(world).clusterIP = 'None';
      },
      found: { what: 'headless', service: { name: 'shop' } },
      field: 'spec.rules[0].backendRefs[0]',
    },
    'may be a UDP port': {
      change: world => {
        service(world).ports![0].protocol = 'UDP';
        find(world, 'EndpointSlice', 'shop-1').ports![0].protocol = 'UDP';
      },
      found: { what: 'protocol', port: 8080, protocol: 'UDP' },
      field: 'spec.rules[0].backendRefs[0].port',
    },
    'may be of another kind': {
      change: sendTo(envoyBackend),
      found: {
        what: 'otherKind',
        backend: { kind: 'Backend', namespace: 'infra', name: 'partner' },
      },
      field: 'spec.rules[0].backendRefs[0]',
    },
    "is told in the controller's words": {
      change: () => {},
      found: { what: 'unknown' },
    },
  };
  it.each(Object.entries(cases))('%s', (_, { change, found, field: at }) => {
    const { verdict } = judge(all(notFound, change));
    expect([verdict.word, verdict.finding.reason]).toEqual([
      'Broken',
      'BackendNotFound',
    ]);
    expect(verdict.finding.params).toMatchObject({
      found,
      said: 'nothing there',
    });
    expect(verdict.finding.subject.field).toBe(at);
  });

  it('is a Service that is missing, where one is', () => {
    const { verdict } = judge(all(notFound, world => remove(world, 'Service')));
    expect(verdict.finding.params).toMatchObject({
      found: { what: 'missing', service: { name: 'shop' } },
    });
  });
});

import type { HttpRoute } from '../gateway-api/types';
import { routeOf } from './__testUtils__/fixtures';
import { HOST, NAME, own, plan, type PlanCase } from './__testUtils__/planning';

const there = () => {
  const route = own();
  return { ...route, metadata: { ...route.metadata, uid: 'uid-1' } };
};
const answering = (service: string): HttpRoute => ({
  ...there(),
  spec: {
    ...there().spec,
    rules: [{ backendRefs: [{ name: service, port: 8080 }] }],
  },
});

const CASES: Record<string, [PlanCase, string[]]> = {
  'nothing is said, and it is not there': [{}, []],
  'nothing is said, and it is there': [{ add: [there()] }, []],
  'it is to be added, and is not there': [
    { request: { intent: 'create' } },
    [],
  ],
  'it is to be added, and is there, exactly so': [
    { request: { intent: 'create' }, add: [there()] },
    ['AlreadyExposed hostLabel'],
  ],
  'nor does replace make a change of an addition': [
    { request: { intent: 'create', replace: true }, add: [there()] },
    ['AlreadyExposed hostLabel'],
  ],
  'nor the uid': [
    { request: { intent: 'create', uid: 'uid-1' }, add: [there()] },
    ['AlreadyExposed hostLabel'],
  ],
  'nor does taking over': [
    {
      request: { intent: 'create', takeOwnership: true },
      add: [own(undefined, { labels: {} })],
    },
    ['AlreadyExposed hostLabel'],
  ],
  'it is to be changed, and is there': [
    { request: { intent: 'update' }, add: [there()] },
    [],
  ],
  'it is to be changed, and is the one that was shown': [
    { request: { intent: 'update', uid: 'uid-1' }, add: [there()] },
    [],
  ],
  'it is to be changed, and another one is there': [
    { request: { intent: 'update', uid: 'uid-2' }, add: [there()] },
    ['RouteReplaced uid'],
  ],
  'another one is there than the one that was shown': [
    { request: { uid: 'uid-2' }, add: [there()] },
    ['RouteReplaced uid'],
  ],
  'it is to be changed, and is not there': [
    { request: { intent: 'update' } },
    ['ExposureMissing hostLabel'],
  ],
  'the one that was shown is not there': [
    { request: { uid: 'uid-1' } },
    ['ExposureMissing hostLabel'],
  ],
};

describe('whether a request adds or changes', () => {
  it.each(Object.entries(CASES))('%s', (_, [one, expected]) => {
    const { findings } = plan(one);
    expect(
      findings.map(({ reason, severity, subject }) => {
        expect(severity).toBe('blocking');
        return `${reason} ${subject.field}`;
      }),
    ).toEqual(expected);
  });

  it.each<[string, PlanCase, string | undefined]>([
    [
      'a URL that is to be added',
      { request: { intent: 'create' }, add: [there()] },
      'shop-2',
    ],
    [
      'a URL of another team',
      { add: [routeOf('payments/x', [HOST])] },
      'shop-2',
    ],
    [
      'a URL that the entity has from another namespace',
      { add: [own(`old/${NAME}`)] },
      'shop-2',
    ],
    ['a host that is free itself, not at all', {}, undefined],
    [
      'a URL whose live requests would move',
      { add: [answering('shop-v2')] },
      'shop-2',
    ],
    ['a label that is none', { request: { hostLabel: 'My Shop' } }, 'shop'],
    [
      'the URL of a change, not at all',
      { request: { intent: 'update', hostLabel: 'beta' }, add: [there()] },
      undefined,
    ],
    [
      'one for a Service that is not known, not at all',
      {
        request: { intent: 'create', service: { name: 'none' } },
        add: [routeOf('payments/x', [HOST])],
      },
      undefined,
    ],
  ])('offers a free label in place of %s', (_, one, expected) => {
    expect(plan(one).freeHostLabel).toBe(expected);
  });
});

import type { KubernetesObject } from '../gateway-api/types';
import {
  entityOf,
  routeOf,
  settingsOf,
  shopPlatform,
  snapshotOf,
  SUFFIX,
} from './__testUtils__/fixtures';
import { NAME } from './__testUtils__/planning';
import { freeHostLabel } from './freeHostLabel';

const taken = (...labels: string[]) =>
  labels.map(label => routeOf(`x/${label}`, [`${label}.${SUFFIX}`]));

interface Case {
  here?: KubernetesObject[];
  elsewhere?: KubernetesObject[];
  service?: string;
  entity?: string;
  settings?: Parameters<typeof settingsOf>[0];
}

const CASES: Record<string, [Case, string | undefined]> = {
  'the name of the entity': [{}, 'shop'],
  'whatever its Service is called': [{ service: 'web' }, 'shop'],
  'the name of the Service where that is taken': [
    { here: taken('shop'), service: 'shop-v2' },
    'shop-v2',
  ],
  'that with a number where both are one': [{ here: taken('shop') }, 'shop-2'],
  'the first number that is free': [
    { here: taken('shop', 'shop-2', 'shop-3') },
    'shop-4',
  ],
  'nothing that another cluster has': [
    { elsewhere: taken('shop', 'shop-2') },
    'shop-3',
  ],
  'nothing that a route of another kind has': [
    {
      here: [
        { ...routeOf('x/y', [`shop.${SUFFIX}`]), kind: 'GRPCRoute' },
        { ...routeOf('x/z', [`shop-2.${SUFFIX}`]), kind: 'TLSRoute' },
      ] as KubernetesObject[],
    },
    'shop-3',
  ],
  'nothing in capitals either': [
    { here: [routeOf('x/y', [`SHOP.${SUFFIX}`])] },
    'shop-2',
  ],
  'a host that only a wildcard takes': [
    { here: [routeOf('x/y', [`*.${SUFFIX}`])] },
    'shop',
  ],
  'nothing whose route is there for another host': [
    { here: [routeOf(`shop/${NAME}`, ['shop.old.example'])] },
    'shop-2',
  ],
  'nothing that is reserved': [
    { settings: { gateway: { reservedHosts: ['shop'] } } },
    'shop-2',
  ],
  'nothing that reads as an address': [
    { entity: '10-0-0-1', service: '10-0-0-1' },
    undefined,
  ],
  'a label of a name that is none': [{ entity: 'My.Shop' }, 'my-shop'],
  'one that is not too long': [
    {
      here: taken('a'.repeat(63)),
      entity: 'a'.repeat(63),
      service: 'a'.repeat(63),
    },
    `${'a'.repeat(61)}-2`,
  ],
  'none without a DNS suffix': [
    { settings: { network: { dnsSuffix: undefined } } },
    undefined,
  ],
};

describe('freeHostLabel suggests', () => {
  it.each(Object.entries(CASES))('%s', (_, [one, expected]) => {
    const { here = [], elsewhere = [], entity, service = 'shop' } = one;
    expect(
      freeHostLabel({
        entity: entityOf(entity === undefined ? {} : { name: entity }),
        service: { name: service, namespace: 'shop' },
        settings: settingsOf(one.settings),
        snapshots: [
          snapshotOf([...shopPlatform(), ...here]),
          snapshotOf(elsewhere, { cluster: 'east' }),
        ],
      }),
    ).toBe(expected);
  });

  it('nothing where a hundred are taken', () => {
    const labels = Array.from(
      { length: 99 },
      (_, index) => `shop-${index + 2}`,
    );
    expect(
      freeHostLabel({
        entity: entityOf(),
        service: { name: 'shop', namespace: 'shop' },
        settings: settingsOf(),
        snapshots: [snapshotOf(taken('shop', ...labels))],
      }),
    ).toBeUndefined();
  });
});

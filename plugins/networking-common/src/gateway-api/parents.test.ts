import { findCondition } from './conditions';
import { parentRefWithDefaults, parentStatusFor } from './parents';
import type { HttpRoute, ParentReference, RouteParentStatus } from './types';

const CONTROLLER = 'traefik.io/gateway-controller';

const route = (parents: RouteParentStatus[]): HttpRoute => ({
  apiVersion: 'gateway.networking.k8s.io/v1',
  kind: 'HTTPRoute',
  metadata: { name: 'shop', namespace: 'shop' },
  status: { parents },
});

describe('parentRefWithDefaults', () => {
  it('fills in group, kind and namespace', () => {
    expect(parentRefWithDefaults({ name: 'gw' }, 'shop')).toEqual({
      group: 'gateway.networking.k8s.io',
      kind: 'Gateway',
      namespace: 'shop',
      name: 'gw',
    });
  });

  it('keeps what is said, and an empty group as the core group', () => {
    const ref = {
      group: '',
      kind: 'Service',
      namespace: 'a',
      name: 'b',
      sectionName: 'c',
      port: 1,
    };
    expect(parentRefWithDefaults(ref, 'shop')).toEqual(ref);
  });
});

describe('parentStatusFor', () => {
  const ref: ParentReference = {
    namespace: 'kube-system',
    name: 'idp-gateway',
    sectionName: 'https',
  };
  const status = (
    parentRef: ParentReference,
    controllerName = CONTROLLER,
  ): RouteParentStatus => ({ parentRef, controllerName, conditions: [] });

  it.each<[string, RouteParentStatus[], number | undefined]>([
    ['the same reference', [status(ref)], 0],
    [
      'one with the defaults written out',
      [
        status({
          ...ref,
          group: 'gateway.networking.k8s.io',
          kind: 'Gateway',
        }),
      ],
      0,
    ],
    [
      'no leftover of another section',
      [status({ ...ref, sectionName: 'http' })],
      undefined,
    ],
    [
      'no leftover without section',
      [status({ ...ref, sectionName: undefined })],
      undefined,
    ],
    ['no leftover with a port', [status({ ...ref, port: 443 })], undefined],
    [
      'no leftover of another gateway',
      [status({ ...ref, name: 'old' })],
      undefined,
    ],
    ['no other controller', [status(ref, 'example.com/other')], undefined],
    [
      'the right one of two controllers',
      [status(ref, 'example.com/other'), status(ref)],
      1,
    ],
    [
      'not an entry without reference',
      [{ controllerName: CONTROLLER }],
      undefined,
    ],
  ])('finds %s', (_, parents, index) => {
    const found = parentStatusFor(route(parents), ref, CONTROLLER);
    expect(found).toBe(index === undefined ? undefined : parents[index]);
  });

  it('takes any controller where none is given', () => {
    const parents = [status(ref, 'example.com/other')];
    expect(parentStatusFor(route(parents), ref)).toBe(parents[0]);
  });

  it('takes the route namespace for a reference without one', () => {
    const parents = [status({ name: 'own' })];
    expect(
      parentStatusFor(route(parents), { name: 'own', namespace: 'shop' }),
    ).toBe(parents[0]);
  });
});

describe('findCondition', () => {
  it('finds a condition by type wherever it stands', () => {
    const ready = { type: 'Ready', status: 'True' };
    const accepted = { type: 'Accepted', status: 'False' };
    expect(findCondition([ready, accepted], 'Accepted')).toBe(accepted);
    expect(findCondition([ready], 'Accepted')).toBeUndefined();
    expect(findCondition(undefined, 'Accepted')).toBeUndefined();
  });
});

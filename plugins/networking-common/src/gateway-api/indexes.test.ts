import * as fc from 'fast-check';
import { objectKey, SNAPSHOT_INDEXES, splitKey } from './indexes';

describe('indexes', () => {
  it('take any JSON that a server could send, and give each key once', () => {
    fc.assert(
      fc.property(
        fc.jsonValue(),
        fc.constantFrom('HTTPRoute', 'Ingress', 'ListenerSet', 'Service'),
        fc.jsonValue(),
        (spec, kind, labels) => {
          const object = {
            apiVersion: 'v1',
            kind,
            metadata: { name: 'a', labels, annotations: labels },
            spec,
          };
          for (const { keysOf } of Object.values(SNAPSHOT_INDEXES)) {
            const keys = keysOf(object as never);
            expect(new Set(keys).size).toBe(keys.length);
          }
        },
      ),
    );
  });

  it('find a route by the entity that its annotation names, however it is written', () => {
    const { keysOf } = SNAPSHOT_INDEXES.routesByEntityRef;
    const named = (ref: string) =>
      keysOf({
        apiVersion: 'v1',
        kind: 'HTTPRoute',
        metadata: {
          name: 'a',
          annotations: { 'idp.networking/entity-ref': ref },
        },
      });
    expect(named('Component:default/Shop')).toEqual(['component:default/shop']);
    expect(named('shop')).toEqual(['component:default/shop']);
    expect(named('')).toEqual([]);
  });

  it('have keys that can be taken apart again', () => {
    expect(splitKey(objectKey('shop', 'web'))).toEqual(['shop', 'web']);
    expect(splitKey(objectKey(undefined, 'class'))).toEqual([
      undefined,
      'class',
    ]);
  });
});

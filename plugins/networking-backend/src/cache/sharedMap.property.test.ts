import fc from 'fast-check';
import { SharedMap, type SharedMapView } from './sharedMap';

/** So few keys that changes meet, and so many that they share shards. */
const key = fc.integer({ min: 0, max: 400 }).map(number => `ns/${number}`);
const step = fc.oneof(
  fc.record({ type: fc.constant('set' as const), key, value: fc.nat(9) }),
  fc.record({ type: fc.constant('delete' as const), key }),
  fc.record({ type: fc.constant('freeze' as const) }),
);

const contents = (map: SharedMapView<number>, keys: readonly string[]) => ({
  size: map.size,
  entries: keys.map(each => map.get(each)),
  values: [...map.values()].sort(),
});

describe('a shared map', () => {
  it('is what a map would be, and what it has handed out never changes', () => {
    fc.assert(
      fc.property(
        fc.array(step, { minLength: 20, maxLength: 300, size: 'max' }),
        steps => {
          const map = new SharedMap<number>();
          const model = new Map<string, number>();
          const keys = Array.from({ length: 401 }, (_, index) => `ns/${index}`);
          const handedOut: [SharedMapView<number>, Map<string, number>][] = [];
          for (const each of steps) {
            if (each.type === 'set') {
              map.set(each.key, each.value);
              model.set(each.key, each.value);
            } else if (each.type === 'delete') {
              map.delete(each.key);
              model.delete(each.key);
            } else {
              handedOut.push([map.freeze(), new Map(model)]);
            }
          }
          for (const [view, then] of [...handedOut, [map, model] as const]) {
            expect(contents(view, keys)).toEqual(contents(then, keys));
          }
        },
      ),
    );
  });
});

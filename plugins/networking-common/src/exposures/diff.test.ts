import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { diffObjects } from './diff';

describe('diffObjects', () => {
  it.each<[string, unknown, unknown, unknown[]]>([
    [
      'a changed value',
      { a: { b: 1 } },
      { a: { b: 2 } },
      [{ path: 'a.b', before: 1, after: 2 }],
    ],
    ['an added value', {}, { a: [1] }, [{ path: 'a', after: [1] }]],
    ['a removed value', { a: 1 }, {}, [{ path: 'a', before: 1 }]],
    [
      'a changed item',
      { a: [{ b: 1 }, { b: 2 }] },
      { a: [{ b: 1 }, { b: 3 }] },
      [{ path: 'a[1].b', before: 2, after: 3 }],
    ],
    ['an added item', { a: [1] }, { a: [1, 2] }, [{ path: 'a[1]', after: 2 }]],
    [
      'a key with dots',
      { 'a.b/c': 1 },
      { 'a.b/c': 2 },
      [{ path: '["a.b/c"]', before: 1, after: 2 }],
    ],
    [
      'another type',
      { a: [1] },
      { a: { 0: 1 } },
      [{ path: 'a', before: [1], after: { 0: 1 } }],
    ],
    ['a null', { a: null }, { a: 0 }, [{ path: 'a', before: null, after: 0 }]],
    ['the values themselves', 1, 2, [{ path: '', before: 1, after: 2 }]],
  ])('tells %s', (_, before, after, changes) => {
    expect(diffObjects(before, after)).toEqual(changes);
  });

  it('is empty exactly for equal JSON, and turns around with its sides', () => {
    const json = fc.jsonValue({ maxDepth: 3 });
    fc.assert(
      fc.property(json, json, (a, b) => {
        expect(diffObjects(a, structuredClone(a))).toEqual([]);
        expect(diffObjects(a, b).length === 0).toBe(isDeepStrictEqual(a, b));
        expect(
          diffObjects(b, a).map(({ path, before, after }) => ({
            path,
            before: after,
            after: before,
          })),
        ).toEqual(
          diffObjects(a, b).map(({ path, before, after }) => ({
            path,
            before,
            after,
          })),
        );
      }),
    );
  });

  it('finds a single change anywhere', () => {
    fc.assert(
      fc.property(
        fc.jsonValue({ maxDepth: 2 }),
        fc.array(fc.constantFrom('a', 'b.c', '0'), { maxLength: 4 }),
        (filling, keys) => {
          const nest = (leaf: unknown) =>
            keys.reduceRight<unknown>(
              (inner, key) => ({ [key]: inner, filling }),
              leaf,
            );
          expect(diffObjects(nest('one'), nest('two'))).toEqual([
            expect.objectContaining({ before: 'one', after: 'two' }),
          ]);
        },
      ),
    );
  });
});

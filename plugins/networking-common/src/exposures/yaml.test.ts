import fc from 'fast-check';
import { parse } from 'yaml';
import { toYaml } from './yaml';

describe('toYaml', () => {
  it('puts the usual keys first, status last and the others by name', () => {
    const text = toYaml({
      status: {},
      spec: { b: 1, a: 2 },
      data: {},
      metadata: {
        uid: 'u',
        annotations: {},
        labels: {},
        namespace: 'n',
        name: 'a',
      },
      kind: 'K',
      apiVersion: 'v1',
    });
    expect(text.match(/^\s*\w+/gm)?.map(key => key.trim())).toEqual(
      'apiVersion kind metadata name namespace labels annotations uid spec a b data status'.split(
        ' ',
      ),
    );
  });

  it.each([
    'no',
    'on',
    'yes',
    '1e3',
    '0x1f',
    '123',
    '1_000',
    '12:30',
    'null',
    '~',
    'true',
    '',
  ])(
    'quotes the string %j, which some parsers read as something else',
    text => {
      expect(toYaml({ a: text })).toMatch(/^a: ["']/);
    },
  );

  it('never wraps or abbreviates', () => {
    const long = 'word '.repeat(60).trim();
    const shared = { x: 1 };
    const text = toYaml({ a: long, b: shared, c: shared });
    expect(text).toContain(long);
    expect(text).not.toMatch(/[&*]/);
  });

  it('says what the object says, for YAML 1.1 and 1.2, in the same order for every order', () => {
    const json = fc
      .jsonValue({ maxDepth: 3 })
      // JSON knows no negative zero; a number of JavaScript may be one.
      .map(value => JSON.parse(JSON.stringify(value)))
      .filter(value => !JSON.stringify(value).includes('__proto__'));
    fc.assert(
      fc.property(
        fc.dictionary(fc.stringMatching(/^[a-z]{1,6}$/), json),
        object => {
          const plain = JSON.parse(JSON.stringify(object));
          expect(parse(toYaml(object))).toEqual(plain);
          const turned = Object.fromEntries(Object.entries(object).reverse());
          expect(toYaml(turned)).toBe(toYaml(object));
        },
      ),
    );
  });
});

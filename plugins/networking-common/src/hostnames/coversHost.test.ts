import fc from 'fast-check';
import { coversHost } from './coversHost';

describe('coversHost', () => {
  it.each<[string, string[], string, boolean]>([
    ['an exact name', ['a.example.com'], 'a.example.com', true],
    ['a wildcard for one label', ['*.example.com'], 'a.example.com', true],
    ['no wildcard for two labels', ['*.example.com'], 'a.b.example.com', false],
    ['no wildcard for none', ['*.example.com'], 'example.com', false],
    ['any of several names', ['x.org', '*.example.com'], 'a.example.com', true],
    ['names in other case', ['*.Example.COM'], 'A.example.com', true],
    ['a root dot', ['a.example.com.'], 'a.example.com', true],
    ['no part of a label', ['a*.example.com'], 'ab.example.com', false],
    ['no wildcard inside', ['a.*.com'], 'a.example.com', false],
    ['no bare wildcard', ['*'], 'localhost', false],
    ['no wildcard as the host', ['*.example.com'], '*.example.com', false],
    ['nothing without names', [], 'a.example.com', false],
    ['no empty host', [''], '', false],
  ])('counts %s', (_, names, host, expected) => {
    expect(coversHost(names, host)).toBe(expected);
  });

  it('agrees with a comparison label by label', () => {
    const label = fc.constantFrom('a', 'b', 'c');
    const host = fc.array(label, { minLength: 1, maxLength: 4 });
    const pattern = fc
      .tuple(fc.boolean(), host)
      .map(([isWildcard, labels]) => (isWildcard ? ['*', ...labels] : labels));
    fc.assert(
      fc.property(fc.array(pattern, { maxLength: 3 }), host, (names, one) => {
        const expected = names.some(
          labels =>
            labels.length === one.length &&
            labels.every(
              (item, i) => item === one[i] || (i === 0 && item === '*'),
            ),
        );
        const texts = names.map(labels => labels.join('.'));
        expect(coversHost(texts, one.join('.'))).toBe(expected);
      }),
    );
  });
});

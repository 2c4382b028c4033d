import { checkServerIdentity, type PeerCertificate } from 'node:tls';
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
    ['no empty label', ['a..example.com'], 'a..example.com', false],
    ['no two root dots', ['a.example.com'], 'a.example.com..', false],
    ['no wildcard for a top-level domain', ['*.lan'], 'nas.lan', false],
    ['no two wildcards', ['*.*.com'], 'a.example.com', false],
    ['a host in Unicode', ['xn--bcher-kva.example'], 'Bücher.example', true],
    [
      'a wildcard for a Unicode label',
      ['*.example.org'],
      'bücher.example.org',
      true,
    ],
    ['an A-label', ['*.example.org'], 'xn--bcher-kva.example.org', true],
    [
      'no part of an A-label',
      ['xn--*.example.org'],
      'xn--bcher-kva.example.org',
      false,
    ],
    ['no Unicode that is no name', ['a.example.org'], 'ü/a.example.org', false],
    ['no address as a name', ['127.0.0.1'], '127.0.0.2', false],
  ])('counts %s', (_, names, host, expected) => {
    expect(coversHost(names, host)).toBe(expected);
  });

  const label = fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom('a', 'b', 'C', 'xn--bcher-kva') },
    { weight: 1, arbitrary: fc.constantFrom('', 'a-b', 'example', 'COM') },
  );
  const name = fc
    .tuple(
      fc.boolean(),
      fc.array(label, { minLength: 1, maxLength: 4 }),
      fc.constantFrom('', '', '.'),
    )
    .map(([isWildcard, labels, root]) =>
      [...(isWildcard ? ['*'] : []), ...labels].join('.').concat(root),
    );
  const host = fc
    .tuple(
      fc.array(label, { minLength: 1, maxLength: 4 }),
      fc.constantFrom('', '', '.'),
    )
    .map(([labels, root]) => labels.join('.').concat(root));

  /** Every other host is one that the names may be for. */
  const question = fc.array(name, { maxLength: 3 }).chain(names =>
    fc.tuple(
      fc.constant(names),
      names.length === 0
        ? host
        : fc.oneof(
            host,
            fc.constantFrom(...names).map(one => one.replace('*', 'b')),
          ),
    ),
  );

  it('agrees with the check of Node, wildcards for a part of a label excepted', () => {
    let covered = 0;
    fc.assert(
      fc.property(question, ([names, one]) => {
        // Node takes an empty name for one that is not given.
        fc.pre(
          !one.split('.').slice(0, -1).includes('') &&
            one !== '.' &&
            one !== '',
        );
        const error = checkServerIdentity(one, {
          subject: {},
          subjectaltname: names.map(text => `DNS:${text}`).join(', '),
        } as PeerCertificate);
        const expected = names.length > 0 && error === undefined;
        expect([names, one, coversHost(names, one)]).toEqual([
          names,
          one,
          expected,
        ]);
        covered += Number(expected);
      }),
      { numRuns: 2000 },
    );
    expect(covered).toBeGreaterThan(20);
  });

  it('does not depend on case, on a root dot or on the order of names', () => {
    fc.assert(
      fc.property(fc.array(name, { maxLength: 3 }), host, (names, one) => {
        const answer = coversHost(names, one);
        expect(coversHost([...names].reverse(), one.toUpperCase())).toBe(
          answer,
        );
        expect(coversHost(names, one.endsWith('.') ? one : `${one}.`)).toBe(
          answer,
        );
      }),
    );
  });

  it('takes whatever text it is given', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: 'binary' })),
        fc.string({ unit: 'binary' }),
        (names, one) => {
          expect(typeof coversHost(names, one)).toBe('boolean');
        },
      ),
    );
  });
});

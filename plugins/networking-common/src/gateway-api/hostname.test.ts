import fc from 'fast-check';
import { intersectHostname } from './hostname';

describe('intersectHostname', () => {
  it.each<[string | undefined, string | undefined, string | undefined]>([
    ['*.x.io', 'a.x.io', 'a.x.io'],
    ['*.x.io', 'a.b.x.io', 'a.b.x.io'],
    ['*.x.io', 'x.io', undefined],
    ['*.x.io', '*.b.x.io', '*.b.x.io'],
    ['*.x.io', '*.x.io', '*.x.io'],
    ['*.b.x.io', '*.x.io', '*.b.x.io'],
    ['a.x.io', '*.x.io', 'a.x.io'],
    ['a.x.io', 'b.x.io', undefined],
    ['*.x.io', 'a.yx.io', undefined],
    ['*.x.io', '*.y.io', undefined],
    [undefined, 'a.x.io', 'a.x.io'],
    ['*.x.io', undefined, '*.x.io'],
    ['', 'a.x.io', 'a.x.io'],
    [undefined, undefined, '*'],
    ['*.X.io', 'A.x.IO', 'a.x.io'],
  ])('of listener %s and route %s is %s', (listener, route, expected) => {
    expect(intersectHostname(listener, route)).toBe(expected);
  });

  const labels = fc.array(fc.constantFrom('a', 'b'), {
    minLength: 1,
    maxLength: 3,
  });
  const hostname = fc.option(
    fc
      .tuple(fc.boolean(), labels)
      .map(([isWildcard, parts]) =>
        [...(isWildcard ? ['*'] : []), ...parts].join('.'),
      ),
    { nil: undefined },
  );

  it('does not depend on the order, and of one hostname is that hostname', () => {
    fc.assert(
      fc.property(hostname, hostname, (a, b) => {
        expect(intersectHostname(a, b)).toBe(intersectHostname(b, a));
        expect(intersectHostname(a, a)).toBe(a ?? '*');
      }),
    );
  });

  it('stands for exactly the hosts that both stand for', () => {
    const hosts: string[] = [];
    const grow = (suffix: string, depth: number) => {
      for (const label of ['a', 'b']) {
        const host = suffix === '' ? label : `${label}.${suffix}`;
        hosts.push(host);
        if (depth > 1) grow(host, depth - 1);
      }
    };
    grow('', 5);
    const includes = (pattern: string | undefined, host: string) => {
      if (pattern === undefined || pattern === '*') return true;
      const wanted = pattern.split('.').reverse();
      const given = host.split('.').reverse();
      const fixed = wanted.filter(label => label !== '*');
      const isPrefix = fixed.every((label, i) => given[i] === label);
      return wanted.includes('*')
        ? isPrefix && given.length > fixed.length
        : isPrefix && given.length === fixed.length;
    };
    fc.assert(
      fc.property(hostname, hostname, (a, b) => {
        const both = hosts.filter(
          host => includes(a, host) && includes(b, host),
        );
        const found = intersectHostname(a, b);
        expect(
          found === undefined
            ? []
            : hosts.filter(host => includes(found, host)),
        ).toEqual(both);
      }),
    );
  });
});

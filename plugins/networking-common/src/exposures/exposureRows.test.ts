import * as fc from 'fast-check';
import type { VerdictWord } from '../verdicts/types';
import { exposureRow, findExposures } from './exposureRows';
import type { Exposure } from './types';

const WORDS: VerdictWord[] = [
  'Broken',
  'Degraded',
  'Pending',
  'Unknown',
  'Live',
];

function exposure(name: string, word: VerdictWord, ...hosts: string[]) {
  const verdict = {
    word,
    finding: {
      reason: `Is${word}`,
      severity: 'info',
      message: `It is ${word}.`,
      remedy: 'Do this.',
      subject: { kind: 'HTTPRoute', name },
      details: { Accepted: 'True' },
    },
  };
  return {
    cluster: 'local',
    namespace: 'shop',
    name,
    kind: 'HTTPRoute',
    hosts: (hosts.length > 0 ? hosts : [`${name}.x.io`]).map((host, index) => ({
      host,
      ...(index > 0 && { probe: { at: `2026-01-0${9 - index}T00:00:00Z` } }),
      url: `https://${host}`,
      verdict,
    })),
    services: [{ namespace: 'shop', name: `service-of-${name}` }],
    verdict,
    tls: { word: 'Good', validUntil: '2027-01-01T00:00:00Z', chain: [1, 2] },
  } as unknown as Exposure;
}

const wrapped = (...all: Exposure[]) => all.map(one => ({ exposure: one }));
const names = (found: ReturnType<typeof findExposures>) =>
  found.items.map(({ exposure: { name } }) => name);

const ALL = wrapped(
  exposure('d', 'Live'),
  exposure('e', 'Live'),
  exposure('c', 'Unknown'),
  exposure('b', 'Pending'),
  exposure('z', 'Broken'),
  exposure('a', 'Degraded', 'any.x.io', 'other.x.io'),
);

describe('the exposures of an entity', () => {
  it('stand in the order of their trouble, then of their hosts', () => {
    const found = findExposures(ALL);
    expect(names(found)).toEqual(['z', 'a', 'b', 'c', 'd', 'e']);
    expect(found.verdicts).toEqual({
      Broken: 1,
      Degraded: 1,
      Pending: 1,
      Unknown: 1,
      Live: 2,
    });
  });

  it.each([
    ['a host', 'OTHER.x', ['a']],
    ['a name', 'z', ['z']],
    ['a Service', 'service-of-b', ['b']],
    ['a verdict', 'live', ['d', 'e']],
    [
      'a namespace, with space around',
      ' shop ',
      ['z', 'a', 'b', 'c', 'd', 'e'],
    ],
    ['nothing that is there', 'nowhere', []],
  ])('are found by %s', (_, search, expected) => {
    const found = findExposures(ALL, search);
    expect(names(found)).toEqual(expected);
    const counted = Object.values(found.verdicts);
    expect(counted.reduce((sum, count) => sum + count, 0)).toBe(
      expected.length,
    );
  });

  it('are found by the address where no host is named', () => {
    const any = exposure('any', 'Live', '*');
    any.hosts[0].url = 'http://192.0.2.20:30080';
    expect(names(findExposures(wrapped(any), '192.0.2.20'))).toEqual(['any']);
  });

  it.each<[string, Exposure[], string | undefined]>([
    [
      'the first that answers',
      [exposure('a', 'Broken'), exposure('c', 'Live'), exposure('b', 'Live')],
      'https://b.x.io',
    ],
    [
      'the first where none answers',
      [exposure('b', 'Broken'), exposure('a', 'Pending')],
      'https://a.x.io',
    ],
    ['none where there is none', [], undefined],
  ])('have a URL to open: %s', (_, all, expected) => {
    expect(findExposures(wrapped(...all)).url).toBe(expected);
  });

  it('have one order, in whatever order they come', () => {
    const list = fc.uniqueArray(
      fc.record({
        name: fc.stringMatching(/^[a-d]{1,3}$/),
        word: fc.constantFrom(...WORDS),
        host: fc.constantFrom('a.x.io', 'b.x.io'),
      }),
      { selector: ({ name }) => name },
    );
    fc.assert(
      fc.property(list, fc.func(fc.integer()), (rows, place) => {
        const all = rows.map(({ name, word, host }) =>
          exposure(name, word, host),
        );
        const mixed = [...all].sort((a, b) => place(a.name) - place(b.name));
        expect(names(findExposures(wrapped(...mixed)))).toEqual(
          names(findExposures(wrapped(...all))),
        );
      }),
    );
  });
});

describe('a row', () => {
  it('tells of the exposure what a line of a list shows, and no more', () => {
    const hosts = ['a.x.io', 'b.x.io', 'c.x.io', 'd.x.io'];
    expect(exposureRow(exposure('a', 'Degraded', ...hosts), 'id')).toEqual({
      id: 'id',
      cluster: 'local',
      namespace: 'shop',
      name: 'a',
      kind: 'HTTPRoute',
      host: 'a.x.io',
      url: 'https://a.x.io',
      hostCount: 4,
      verdict: {
        word: 'Degraded',
        finding: {
          reason: 'IsDegraded',
          severity: 'info',
          message: 'It is Degraded.',
          remedy: 'Do this.',
          subject: { kind: 'HTTPRoute', name: 'a' },
        },
      },
      checkedAt: '2026-01-06T00:00:00Z',
      tls: { word: 'Good', validUntil: '2027-01-01T00:00:00Z' },
    });
  });
});

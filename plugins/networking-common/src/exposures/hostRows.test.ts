import * as fc from 'fast-check';
import type { HostsQuery } from '../client/types';
import { findHosts } from './hostRows';
import type { HostRow } from './types';

function row(host: string, rest: Partial<HostRow> & { word?: string } = {}) {
  const { word = 'Live', ...more } = rest;
  return {
    cluster: 'local',
    namespace: 'shop',
    name: host.split('.')[0],
    kind: 'HTTPRoute',
    host,
    verdict: {
      word,
      finding: {
        reason: word === 'Live' ? 'Answered' : `Is${word}`,
        severity: 'info',
        message: '',
        subject: { kind: 'HTTPRoute', name: host },
      },
    },
    tls: { word: 'Good' },
    entities: [],
    owners: [],
    managed: true,
    ...more,
  } as HostRow;
}

const ROWS = [
  row('shop.example.org', {
    owners: ['group:default/team-shop'],
    entities: [{ entityRef: 'component:default/store', reason: 'service' }],
  }),
  row('beta.example.org', {
    word: 'Broken',
    owners: ['group:default/team-shop'],
    tls: { word: 'Good', validUntil: '2027-01-01T00:00:00Z' },
  }),
  row('docs.example.org', {
    word: 'Unknown',
    namespace: 'docs',
    owners: ['group:default/team-docs'],
    tls: { word: 'Good', validUntil: '2026-01-01T00:00:00Z' },
  }),
  row('docs.example.net', { namespace: 'docs', cluster: 'far' }),
];

const CASES: Record<string, [HostsQuery, string[]]> = {
  'by trouble unless said, and then by host': [
    {},
    [
      'beta.example.org',
      'docs.example.org',
      'docs.example.net',
      'shop.example.org',
    ],
  ],
  'backwards where that is asked': [
    { sort: 'host', order: 'desc' },
    [
      'shop.example.org',
      'docs.example.org',
      'docs.example.net',
      'beta.example.org',
    ],
  ],
  'by the day on which TLS ends, those without one last': [
    { sort: 'validUntil' },
    [
      'docs.example.org',
      'beta.example.org',
      'docs.example.net',
      'shop.example.org',
    ],
  ],
  'by a part of a host, in any case': [
    { search: 'BETA' },
    ['beta.example.org'],
  ],
  'by a part of an entity ref': [
    { search: 'default/store' },
    ['shop.example.org'],
  ],
  'with any of the values of one filter': [
    { verdict: ['Broken', 'Unknown'] },
    ['beta.example.org', 'docs.example.org'],
  ],
  'that pass every filter': [
    { namespace: ['docs'], cluster: ['far'] },
    ['docs.example.net'],
  ],
  'of an owner': [{ owner: ['group:default/team-docs'] }, ['docs.example.org']],
  'with a reason': [{ reason: ['IsBroken'] }, ['beta.example.org']],
};

describe('hosts are found', () => {
  it.each(Object.entries(CASES))('%s', (_, [query, hosts]) => {
    const { items, totalItems } = findHosts(ROWS, query);
    expect(items.map(({ host }) => host)).toEqual(hosts);
    expect(totalItems).toBe(hosts.length);
  });
});

it('is found by its address where no host is named', () => {
  const any = row('*', { url: 'http://192.0.2.20:30080' });
  expect(findHosts([...ROWS, any], { search: '192.0.2' }).items).toEqual([any]);
});

it('a facet counts what the other filters leave', () => {
  const { facets } = findHosts(ROWS, {
    namespace: ['docs'],
    verdict: ['Unknown'],
  });
  expect(facets.namespace).toEqual([{ value: 'docs', count: 1 }]);
  expect(facets.verdict).toEqual([
    { value: 'Live', count: 1 },
    { value: 'Unknown', count: 1 },
  ]);
  expect(facets.cluster).toEqual([{ value: 'local', count: 1 }]);
});

const anyRow = fc
  .record({
    label: fc.constantFrom('a', 'b', 'c', 'd'),
    cluster: fc.constantFrom('local', 'far'),
    namespace: fc.constantFrom('x', 'y', 'z'),
    word: fc.constantFrom('Live', 'Broken', 'Pending'),
  })
  .map(({ label, cluster, namespace, word }) =>
    row(`${label}.example.org`, { cluster, namespace, word }),
  );

it('pages one after the other give every row once and in order', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(anyRow, {
        maxLength: 20,
        selector: ({ host, cluster, namespace }) =>
          `${host} ${cluster} ${namespace}`,
      }),
      fc.constantFrom('trouble' as const, 'host' as const, 'owner' as const),
      fc.constantFrom('asc' as const, 'desc' as const),
      fc.integer({ min: 1, max: 7 }),
      (rows, sort, order, limit) => {
        const whole = findHosts(rows, { sort, order, limit: 500 }).items;
        const paged: HostRow[] = [];
        let end: ReturnType<typeof findHosts>['end'];
        do {
          const page = findHosts(rows, { sort, order, limit }, end);
          paged.push(...page.items);
          end = page.end;
        } while (end);
        expect(paged).toEqual(whole);
        expect(whole).toHaveLength(rows.length);
      },
    ),
  );
});

import type { Certificate, Issuer } from '../gateway-api/types';
import { JUNK, places, put } from '../verdicts/__testUtils__/mutations';
import { unsolvedNames } from './solvers';

const http01 = { http01: { ingress: {} } };
const dns01 = { dns01: { acmeDNS: {} } };
const WILDCARD = ['*.example.org'];

const acme = (...solvers: object[]): Issuer => ({
  apiVersion: 'cert-manager.io/v1',
  kind: 'ClusterIssuer',
  metadata: { name: 'acme' },
  spec: { acme: { solvers } },
});

const certificate = (
  spec: Certificate['spec'],
  labels?: Record<string, string>,
): Certificate => ({
  apiVersion: 'cert-manager.io/v1',
  kind: 'Certificate',
  metadata: { name: 'edge', namespace: 'edge', ...(labels && { labels }) },
  spec,
});

const told = (one: Certificate, issuer: Issuer | undefined) =>
  unsolvedNames(one, issuer).map(({ name, lack }) => `${name}: ${lack}`);

describe('unsolvedNames', () => {
  const cases: Record<
    string,
    { names: string[]; solvers: object[]; expected: string[] }
  > = {
    'a wildcard with http01 alone': {
      names: WILDCARD,
      solvers: [http01],
      expected: ['*.example.org: challenge'],
    },
    'a wildcard with dns01': {
      names: WILDCARD,
      solvers: [dns01],
      expected: [],
    },
    'a wildcard with both, the other first': {
      names: WILDCARD,
      solvers: [http01, dns01],
      expected: [],
    },
    'a wildcard and its apex with http01 alone': {
      names: ['*.example.org', 'example.org'],
      solvers: [http01],
      expected: ['*.example.org: challenge'],
    },
    'a host with either': {
      names: ['shop.example.org'],
      solvers: [http01],
      expected: [],
    },
    'no solver at all': {
      names: ['*.example.org', 'example.org'],
      solvers: [],
      expected: ['*.example.org: solver', 'example.org: solver'],
    },
    'dns01 for another zone': {
      names: WILDCARD,
      solvers: [{ ...dns01, selector: { dnsZones: ['example.com'] } }],
      expected: ['*.example.org: match'],
    },
    'dns01 for a zone that only ends alike': {
      names: ['*.myexample.org'],
      solvers: [{ ...dns01, selector: { dnsZones: ['example.org'] } }],
      expected: ['*.myexample.org: match'],
    },
    'dns01 for the zone above, in other case': {
      names: ['*.apps.example.org'],
      solvers: [
        { ...dns01, selector: { dnsZones: ['example.com', 'Example.ORG'] } },
      ],
      expected: [],
    },
    'dns01 for the name without its wildcard': {
      names: WILDCARD,
      solvers: [{ ...dns01, selector: { dnsNames: ['example.org'] } }],
      expected: ['*.example.org: match'],
    },
    'dns01 for the very name': {
      names: WILDCARD,
      solvers: [{ ...dns01, selector: { dnsNames: WILDCARD } }],
      expected: [],
    },
    'dns01 for a label that the Certificate has not': {
      names: WILDCARD,
      solvers: [{ ...dns01, selector: { matchLabels: { team: 'pay' } } }],
      expected: ['*.example.org: match'],
    },
    'dns01 for a label that it has, and for another zone': {
      names: WILDCARD,
      solvers: [
        {
          ...dns01,
          selector: { matchLabels: { team: 'edge' }, dnsZones: ['a.org'] },
        },
      ],
      expected: ['*.example.org: match'],
    },
    'dns01 for a label that it has': {
      names: WILDCARD,
      solvers: [{ ...dns01, selector: { matchLabels: { team: 'edge' } } }],
      expected: [],
    },
    'dns01 with an empty selector': {
      names: WILDCARD,
      solvers: [{ ...dns01, selector: {} }],
      expected: [],
    },
    'http01 for everything beside dns01 for another zone': {
      names: WILDCARD,
      solvers: [http01, { ...dns01, selector: { dnsZones: ['a.org'] } }],
      expected: ['*.example.org: match'],
    },
    'a host with a solver for another zone': {
      names: ['shop.example.org'],
      solvers: [{ ...http01, selector: { dnsZones: ['example.com'] } }],
      expected: ['shop.example.org: match'],
    },
    'a solver that is empty': {
      names: ['shop.example.org'],
      solvers: [{}],
      expected: ['shop.example.org: challenge'],
    },
  };
  it.each(Object.entries(cases))('tells of %s', (_, one) => {
    const { names, solvers, expected } = one;
    const ordered = certificate({ dnsNames: names }, { team: 'edge' });
    expect(told(ordered, acme(...solvers))).toEqual(expected);
  });

  it('tells of an IP address that dns01 does not prove', () => {
    const one = certificate({ ipAddresses: ['192.0.2.1', '2001:db8::1'] });
    expect(told(one, acme(dns01))).toEqual([
      '192.0.2.1: challenge',
      '2001:db8::1: challenge',
    ]);
    expect(told(one, acme(http01))).toEqual([]);
  });

  it('takes the common name for a name, once', () => {
    const one = certificate({
      commonName: '*.example.org',
      dnsNames: ['*.example.org'],
    });
    expect(told(one, acme(http01))).toEqual(['*.example.org: challenge']);
  });

  it('tells nothing of issuers that need no solver, and of what is no list', () => {
    const one = certificate({ dnsNames: WILDCARD });
    expect(told(one, undefined)).toEqual([]);
    expect(told(one, { ...acme(), spec: { ca: { secretName: 'x' } } })).toEqual(
      [],
    );
    expect(
      told(one, { ...acme(), spec: { acme: { solvers: 'none' } } }),
    ).toEqual(['*.example.org: solver']);
  });

  it('takes whatever an API server can hold', () => {
    const pair = () => ({
      one: certificate(
        { dnsNames: ['*.example.org'], ipAddresses: ['192.0.2.1'] },
        { team: 'edge' },
      ),
      issuer: acme(http01, {
        ...dns01,
        selector: {
          dnsZones: ['example.org'],
          dnsNames: ['*.example.org'],
          matchLabels: { team: 'edge' },
        },
      }),
    });
    for (const path of places(pair()).filter(([, field]) => field === 'spec')) {
      for (const by of JUNK) {
        const changed = pair();
        put(changed, path, by);
        for (const { name } of unsolvedNames(changed.one, changed.issuer)) {
          expect(typeof name).toBe('string');
        }
      }
    }
  });
});

import { CHROMIUM_OFFER, CLIENT_FAMILIES } from './families';
import {
  familiesInWords,
  reachOf,
  refusalOfHandshake,
  refusalOfKey,
  refusalOfSignature,
  type Handshake,
} from './refusals';
import type { Refusal } from './types';

const ids = ({ refuse }: Refusal) => refuse.map(({ id }) => id).join(' ');

describe('the table of client families', () => {
  it('has a row for each family once, browsers first', () => {
    expect(CLIENT_FAMILIES.map(({ id }) => id)).toEqual([
      'chromium',
      'firefox',
      'safari',
      'curl',
      'go',
      'java',
    ]);
    expect(CLIENT_FAMILIES.map(({ isBrowser }) => isBrowser)).toEqual([
      true,
      true,
      true,
      false,
      false,
      false,
    ]);
  });

  it.each(CLIENT_FAMILIES.map(one => [one.id, one] as const))(
    '%s has a version and a source for what it tells',
    (_, { version, sources }) => {
      expect(version).not.toBe('');
      expect(sources.length).toBeGreaterThan(0);
      for (const { url, tells } of sources) {
        expect(new URL(url).protocol).toBe('https:');
        expect(tells).not.toBe('');
      }
    },
  );

  it.each(CLIENT_FAMILIES.map(one => [one.id, one] as const))(
    '%s names nothing twice, and takes P-256 and RSA with 2048 bits',
    (_, family) => {
      const { offer, certificates } = family;
      for (const list of [
        offer.signatureSchemes,
        offer.groups ?? [],
        offer.ciphers ?? [],
        certificates.keys,
        certificates.signatures ?? [],
      ]) {
        expect(new Set(list).size).toBe(list.length);
      }
      for (const key of [
        { algorithm: 'EC', curve: 'P-256' },
        { algorithm: 'RSA', bits: 2048 },
      ] as const) {
        expect(refusalOfKey(key, 'leaf').accept).toContain(family);
      }
    },
  );

  it('has the probe offer what Chromium does', () => {
    expect(CHROMIUM_OFFER).toBe(CLIENT_FAMILIES[0].offer);
  });
});

describe('who refuses a handshake', () => {
  const cases: Record<string, { of: Handshake; by: string; reach: string }> = {
    'nobody, by TLS 1.3 with what all offer': {
      of: {
        protocol: 'TLSv1.3',
        cipher: 'TLS_AES_128_GCM_SHA256',
        group: 'X25519',
      },
      by: '',
      reach: 'none',
    },
    'everybody, by TLS 1.1': {
      of: { protocol: 'TLSv1.1', cipher: 'ECDHE-RSA-AES128-SHA' },
      by: 'chromium firefox safari curl go java',
      reach: 'all',
    },
    'every browser, by finite-field Diffie-Hellman in TLS 1.2': {
      of: { protocol: 'TLSv1.2', cipher: 'DHE-RSA-AES128-GCM-SHA256' },
      by: 'chromium firefox safari go',
      reach: 'all',
    },
    'Chromium alone, by CBC with an EC key': {
      of: { protocol: 'TLSv1.2', cipher: 'ECDHE-ECDSA-AES128-SHA' },
      by: 'chromium',
      reach: 'some',
    },
    'Chromium alone, by the group P-521': {
      of: {
        protocol: 'TLSv1.3',
        cipher: 'TLS_AES_128_GCM_SHA256',
        group: 'P-521',
      },
      by: 'chromium',
      reach: 'some',
    },
    'every browser, by the group X448': {
      of: { protocol: 'TLSv1.3', group: 'X448' },
      by: 'chromium firefox safari go',
      reach: 'all',
    },
    'nobody, where nothing is known of it': {
      of: {},
      by: '',
      reach: 'none',
    },
  };
  it.each(Object.entries(cases))('%s', (_, { of, by, reach }) => {
    const refusal = refusalOfHandshake(of);
    expect(ids(refusal)).toBe(by);
    expect(reachOf(refusal)).toBe(reach);
  });
});

describe('who refuses a signature', () => {
  it.each([
    [{ signatureAlgorithm: 'Ed25519' }, 'chromium firefox', 'all'],
    [{ signatureAlgorithm: 'Ed448' }, 'chromium firefox go', 'all'],
    [{ signatureHash: 'SHA-1' }, 'chromium firefox safari curl go', 'all'],
    [{ signatureHash: 'SHA-256' }, '', 'none'],
    [{}, '', 'none'],
  ])('%j', (signature, by, reach) => {
    const refusal = refusalOfSignature(signature);
    expect(ids(refusal)).toBe(by);
    expect(reachOf(refusal)).toBe(reach);
  });
});

describe('a key', () => {
  it('may sign certificates that it may not set up connections with', () => {
    const p521 = { algorithm: 'EC', curve: 'P-521' } as const;
    expect(ids(refusalOfKey(p521, 'leaf'))).toBe('chromium safari');
    expect(ids(refusalOfKey(p521, 'ca'))).toBe('');
  });

  it('of a curve that is not told is refused by nobody who is known', () => {
    expect(refusalOfKey({ algorithm: 'EC' }, 'leaf')).toEqual({
      refuse: [],
      accept: [],
    });
  });
});

describe('families in words', () => {
  it.each([
    [1, 'Chromium (Chrome, Edge)'],
    [2, 'Chromium (Chrome, Edge) and Firefox'],
    [3, 'Chromium (Chrome, Edge), Firefox and Safari'],
  ])('of %j', (count, words) => {
    expect(familiesInWords(CLIENT_FAMILIES.slice(0, count))).toBe(words);
  });
});

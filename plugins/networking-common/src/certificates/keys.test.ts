import { createSnapshot } from '../gateway-api/snapshot';
import type { Certificate } from '../gateway-api/types';
import { isWeakKey, keyAsked, keyInWords } from './keys';
import { certificateStatus } from './status';
import type { CertificateStatus, CertificateSummary } from './types';

type Key = NonNullable<CertificateSummary['key']>;

describe('the key that a Certificate asks for', () => {
  it.each<[string, CertificateStatus['privateKey'], Key]>([
    ['is RSA without a word', undefined, { algorithm: 'RSA', bits: 2048 }],
    ['is RSA of a size', { size: 4096 }, { algorithm: 'RSA', bits: 4096 }],
    [
      'is P-256 without a size',
      { algorithm: 'ECDSA' },
      { algorithm: 'EC', curve: 'P-256' },
    ],
    [
      'is the curve of a size',
      { algorithm: 'ECDSA', size: 521 },
      { algorithm: 'EC', curve: 'P-521' },
    ],
    [
      'is Ed25519 whatever the size',
      { algorithm: 'Ed25519', size: 256 },
      { algorithm: 'Ed25519' },
    ],
    ['is not known of others', { algorithm: 'X' }, { algorithm: 'other' }],
  ])('%s', (_, privateKey, key) => {
    expect(keyAsked({ privateKey })).toEqual(key);
  });

  it.each<[string, unknown, CertificateStatus['privateKey']]>([
    ['as the spec has it', { algorithm: 'ECDSA', size: 521 }, undefined],
    ['in part', { algorithm: 'Ed25519' }, undefined],
    ['nothing where it says nothing', { rotationPolicy: 'Always' }, {}],
    ['nothing of what is no text', { algorithm: 7, size: 'x' }, {}],
  ])('is told by the status, %s', (_, privateKey, told) => {
    const certificate = {
      apiVersion: 'cert-manager.io/v1',
      kind: 'Certificate',
      metadata: { namespace: 'a', name: 'b' },
      spec: { secretName: 'c', privateKey },
    } as unknown as Certificate;
    const snapshot = createSnapshot({
      cluster: 'local',
      observedAt: '2026-11-23T12:00:00Z',
      objects: [certificate],
    });
    const status = certificateStatus(snapshot, certificate, undefined);
    expect(status.privateKey ?? {}).toEqual(told ?? privateKey);
  });
});

describe('what a Certificate was made for', () => {
  it.each<[string, unknown, CertificateStatus['madeFor']]>([
    [
      'is the Gateway that owns it',
      [{ kind: 'Gateway', name: 'edge' }],
      { kind: 'Gateway', name: 'edge' },
    ],
    ['is nothing of another kind', [{ kind: 'App', name: 'edge' }], undefined],
    ['is nothing where nobody owns it', undefined, undefined],
    ['is nothing of what is no list', 'edge', undefined],
  ])('%s', (_, ownerReferences, madeFor) => {
    const certificate = {
      apiVersion: 'cert-manager.io/v1',
      kind: 'Certificate',
      metadata: { namespace: 'a', name: 'b', ownerReferences },
      spec: { secretName: 'c' },
    } as unknown as Certificate;
    const snapshot = createSnapshot({
      cluster: 'local',
      observedAt: '2026-11-23T12:00:00Z',
      objects: [certificate],
    });
    expect(certificateStatus(snapshot, certificate, undefined).madeFor).toEqual(
      madeFor,
    );
  });
});

describe('a key in words', () => {
  it.each<[Key, string, boolean]>([
    [{ algorithm: 'RSA', bits: 1024 }, 'an RSA key of 1024 bits', false],
    [
      { algorithm: 'RSA-PSS', bits: 2048 },
      'an RSA-PSS key of 2048 bits',
      false,
    ],
    [{ algorithm: 'EC', curve: 'P-521' }, 'an EC key on curve P-521', false],
    [{ algorithm: 'EC', curve: 'prime192v1' }, 'an EC key of 192 bits', true],
    [{ algorithm: 'EC', bits: 160 }, 'an EC key of 160 bits', true],
    [{ algorithm: 'Ed25519' }, 'an Ed25519 key', false],
    [{ algorithm: 'DSA', bits: 2048 }, 'a DSA key', true],
    [{ algorithm: 'other' }, 'a key of another kind', false],
  ])('%j', (key, words, isWeak) => {
    expect(keyInWords(key)).toBe(words);
    expect(isWeakKey(key)).toBe(isWeak);
  });
});

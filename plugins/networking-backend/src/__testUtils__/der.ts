/**
 * Certificates byte by byte (X.690, RFC 5280), for those that no library would make: of version 1, with odd serials, dates and
 * names, or signed with what nobody signs with any more.
 */
import {
  createPublicKey,
  generateKeyPairSync,
  sign,
  type KeyObject,
} from 'node:crypto';

export function tlv(tag: number, ...contents: Uint8Array[]): Buffer {
  const body = Buffer.concat(contents);
  const length: number[] = [];
  if (body.length < 128) length.push(body.length);
  else {
    for (let rest = body.length; rest > 0; rest = Math.floor(rest / 256)) {
      length.unshift(rest % 256);
    }
    length.unshift(128 + length.length);
  }
  return Buffer.concat([Buffer.from([tag, ...length]), body]);
}

export const sequence = (...items: Uint8Array[]) => tlv(0x30, ...items);
const setOf = (...items: Uint8Array[]) => tlv(0x31, ...items);
const NULL = tlv(0x05);

export function oid(text: string): Buffer {
  const [first, second, ...rest] = text.split('.').map(Number);
  const bytes = [first * 40 + second, ...rest].flatMap(arc => {
    const base128 = [arc % 128];
    for (let left = Math.floor(arc / 128); left > 0; ) {
      base128.unshift(128 + (left % 128));
      left = Math.floor(left / 128);
    }
    return base128;
  });
  return tlv(0x06, Buffer.from(bytes));
}

/** UTCTime where RFC 5280 asks for it, GeneralizedTime otherwise. */
export function time(date: Date): Buffer {
  const digits = date.toISOString().replace(/[-:T]|\.\d+/g, '');
  const year = date.getUTCFullYear();
  return year >= 1950 && year < 2050
    ? tlv(0x17, Buffer.from(digits.slice(2)))
    : tlv(0x18, Buffer.from(digits));
}

export const commonName = (name: string | Uint8Array) =>
  sequence(
    setOf(sequence(oid('2.5.4.3'), tlv(0x0c, Buffer.from(name as string)))),
  );
export const NO_NAME = sequence();

export const extension = (id: string, value: Uint8Array, critical = false) =>
  sequence(
    oid(id),
    ...(critical ? [tlv(0x01, Buffer.from([0xff]))] : []),
    tlv(0x04, value),
  );

/** Alternative names: `dns`, `uri` and `email` by text, `ip` by bytes. */
export const alternativeNames = (
  ...names: [kind: 'dns' | 'uri' | 'email' | 'ip', value: string | number[]][]
) => {
  const tags = { email: 0x81, dns: 0x82, uri: 0x86, ip: 0x87 };
  return extension(
    '2.5.29.17',
    sequence(
      ...names.map(([kind, value]) =>
        tlv(tags[kind], Buffer.from(value as string)),
      ),
    ),
  );
};

/** A key pair and how it signs. */
export interface DerKey {
  privateKey: KeyObject;
  /** SubjectPublicKeyInfo. */
  spki: Buffer;
  algorithm: Buffer;
  hash: string | null;
}

const ECDSA = '1.2.840.10045.4';
const RSA = '1.2.840.113549.1.1';

/** The algorithms of signatures, by the name of the key and that of the hash. */
const ALGORITHMS: Record<string, { id: Buffer; hash: string | null }> = {
  'RSA SHA-1': { id: sequence(oid(`${RSA}.5`), NULL), hash: 'sha1' },
  'RSA MD5': { id: sequence(oid(`${RSA}.4`), NULL), hash: 'md5' },
  'RSA SHA-256': { id: sequence(oid(`${RSA}.11`), NULL), hash: 'sha256' },
  'RSA SHA-384': { id: sequence(oid(`${RSA}.12`), NULL), hash: 'sha384' },
  'RSA SHA-512': { id: sequence(oid(`${RSA}.13`), NULL), hash: 'sha512' },
  'EC SHA-1': { id: sequence(oid(`${ECDSA}.1`)), hash: 'sha1' },
  'EC SHA-256': { id: sequence(oid(`${ECDSA}.3.2`)), hash: 'sha256' },
  'EC SHA-384': { id: sequence(oid(`${ECDSA}.3.3`)), hash: 'sha384' },
  'EC SHA-512': { id: sequence(oid(`${ECDSA}.3.4`)), hash: 'sha512' },
  Ed25519: { id: sequence(oid('1.3.101.112')), hash: null },
  Ed448: { id: sequence(oid('1.3.101.113')), hash: null },
};

function keyOf(privateKey: KeyObject, algorithm: string): DerKey {
  const { id, hash } = ALGORITHMS[algorithm];
  const spki = createPublicKey(privateKey).export({
    type: 'spki',
    format: 'der',
  });
  return { privateKey, spki, algorithm: id, hash };
}

export const rsaKey = (modulusLength: number, hash = 'SHA-256') =>
  keyOf(
    generateKeyPairSync('rsa', { modulusLength }).privateKey,
    `RSA ${hash}`,
  );

export const ecKey = (namedCurve: string, hash = 'SHA-256') =>
  keyOf(generateKeyPairSync('ec', { namedCurve }).privateKey, `EC ${hash}`);

/** For RSASSA-PSS alone (RFC 4055); it signs no certificate here. */
export const rsaPssKey = (modulusLength: number) =>
  keyOf(
    generateKeyPairSync('rsa-pss', { modulusLength }).privateKey,
    'RSA SHA-256',
  );

export const ed25519Key = () =>
  keyOf(generateKeyPairSync('ed25519').privateKey, 'Ed25519');

export const ed448Key = () =>
  keyOf(generateKeyPairSync('ed448').privateKey, 'Ed448');

export interface DerOptions {
  key: DerKey;
  /** Default: itself. */
  signer?: DerKey;
  subject?: Buffer;
  issuer?: Buffer;
  /** Two's complement. */
  serial?: number[];
  notBefore?: Buffer;
  notAfter?: Buffer;
  extensions?: Buffer[];
  version?: 1 | 3;
}

/** A certificate as DER. */
export function derCertificate(options: DerOptions): Buffer {
  const { key, signer = key, extensions = [], version = 3 } = options;
  const subject = options.subject ?? commonName('test');
  const tbs = sequence(
    ...(version === 3 ? [tlv(0xa0, tlv(0x02, Buffer.from([2])))] : []),
    tlv(0x02, Buffer.from(options.serial ?? [1])),
    signer.algorithm,
    options.issuer ?? subject,
    sequence(
      options.notBefore ?? time(new Date('2026-01-01T00:00:00Z')),
      options.notAfter ?? time(new Date('2027-01-01T00:00:00Z')),
    ),
    subject,
    key.spki,
    ...(extensions.length > 0 ? [tlv(0xa3, sequence(...extensions))] : []),
  );
  const signature = sign(signer.hash, tbs, signer.privateKey);
  return sequence(
    tbs,
    signer.algorithm,
    tlv(0x03, Buffer.from([0]), signature),
  );
}

/** As PEM (RFC 7468). */
export const pemOf = (der: Uint8Array, newline = '\n'): string =>
  [
    '-----BEGIN CERTIFICATE-----',
    ...(Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/g) ?? []),
    '-----END CERTIFICATE-----',
    '',
  ].join(newline);

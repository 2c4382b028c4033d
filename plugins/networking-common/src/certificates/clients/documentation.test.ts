import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CLIENT_FAMILIES } from './families';
import { refusalOfKey } from './refusals';
import type { CertificateSummary } from '../types';

const DOCUMENT = join(__dirname, '../../../../../docs/clients.md');
const START = '<!-- clients:start -->\n';
const END = '<!-- clients:end -->';

type Key = NonNullable<CertificateSummary['key']>;

const KEYS: [string, Key][] = [
  ['RSA, 1024 bits', { algorithm: 'RSA', bits: 1024 }],
  ['RSA, 2048 bits', { algorithm: 'RSA', bits: 2048 }],
  ['RSA, 8192 bits', { algorithm: 'RSA', bits: 8192 }],
  ['RSA, 16384 bits', { algorithm: 'RSA', bits: 16_384 }],
  ['RSA-PSS (id-RSASSA-PSS)', { algorithm: 'RSA-PSS', bits: 2048 }],
  ['P-224', { algorithm: 'EC', curve: 'P-224' }],
  ['P-256', { algorithm: 'EC', curve: 'P-256' }],
  ['P-384', { algorithm: 'EC', curve: 'P-384' }],
  ['P-521', { algorithm: 'EC', curve: 'P-521' }],
  ['secp256k1', { algorithm: 'EC', curve: 'secp256k1' }],
  ['Ed25519', { algorithm: 'Ed25519' }],
  ['Ed448', { algorithm: 'Ed448' }],
];

const row = (...cells: string[]) => `| ${cells.join(' | ')} |`;
const rule = (count: number) => row(...Array(count).fill('---'));
const codes = (names: readonly string[] | undefined) =>
  names ? names.map(name => `\`${name}\``).join(', ') : 'not known';

function keysTable(): string[] {
  const cell = (key: Key, id: string) => {
    const [asLeaf, asCa] = (['leaf', 'ca'] as const).map(use =>
      refusalOfKey(key, use).accept.some(family => family.id === id),
    );
    if (asLeaf) return 'yes';
    return asCa ? 'in a CA' : 'no';
  };
  return [
    row('key', ...CLIENT_FAMILIES.map(({ name }) => name)),
    rule(CLIENT_FAMILIES.length + 1),
    ...KEYS.map(([name, key]) =>
      row(name, ...CLIENT_FAMILIES.map(({ id }) => cell(key, id))),
    ),
  ];
}

function familySection(family: (typeof CLIENT_FAMILIES)[number]): string[] {
  const { name, version, sources, offer, certificates } = family;
  const { minRsaBits, maxRsaBits, signatures, hashes } = certificates;
  return [
    `### ${name}`,
    '',
    `${version}.`,
    '',
    row('what', 'takes'),
    rule(2),
    row('oldest protocol', codes([offer.minProtocol])),
    row('signature schemes', codes(offer.signatureSchemes)),
    row('groups', codes(offer.groups)),
    row('ciphers', codes(offer.ciphers)),
    row('keys of certificates', codes(certificates.keys)),
    row(
      'RSA',
      maxRsaBits === undefined
        ? `at least ${minRsaBits} bits`
        : `${minRsaBits} to ${maxRsaBits} bits`,
    ),
    row(
      'signatures of certificates',
      signatures || !hashes
        ? codes(signatures)
        : `over ${codes(hashes)}; by which keys is not known`,
    ),
    '',
    ...sources.map(({ url, tells }) => `- ${tells}: <${url}>`),
    '',
  ];
}

const table = [
  ...keysTable(),
  '',
  ...CLIENT_FAMILIES.flatMap(familySection),
].join('\n');

describe('docs/clients.md', () => {
  it('lists every family as it is defined (UPDATE_GOLDEN=1 rewrites it)', () => {
    const document = readFileSync(DOCUMENT, 'utf8');
    const start = document.indexOf(START) + START.length;
    const end = document.indexOf(END);
    if (process.env.UPDATE_GOLDEN) {
      writeFileSync(
        DOCUMENT,
        `${document.slice(0, start)}${table}${document.slice(end)}`,
      );
      return;
    }
    expect(document.slice(start, end)).toBe(table);
  });
});

import type { CertificateSummary } from 'backstage-plugin-networking-common';
import {
  derCertificate,
  ecKey,
  extension,
  oid,
  pemOf,
  sequence,
  tlv,
  type DerOptions,
} from '../../__testUtils__/der';
import { parseCertificates, summarize } from './x509';

const key = ecKey('prime256v1');
const pem = (options: Partial<DerOptions> = {}) =>
  pemOf(derCertificate({ key, ...options }));
const ID = Buffer.from('0102', 'hex');

describe('a certificate', () => {
  const CASES: Record<string, [() => string, Partial<CertificateSummary>]> = {
    'with what its key and it are for, an unknown purpose by its identifier': [
      () =>
        pem({
          extensions: [
            extension('2.5.29.15', tlv(0x03, Buffer.from([5, 0xa0])), true),
            extension(
              '2.5.29.37',
              sequence(
                oid('1.3.6.1.5.5.7.3.1'),
                oid('2.5.29.37.0'),
                oid('1.2.3.4.5'),
              ),
            ),
          ],
        }),
      {
        keyUsages: ['digitalSignature', 'keyEncipherment'],
        extendedKeyUsages: ['serverAuth', 'anyExtendedKeyUsage', '1.2.3.4.5'],
      },
    ],
    'whose key has every usage there is': [
      () =>
        pem({
          extensions: [
            extension('2.5.29.15', tlv(0x03, Buffer.from([7, 0xff, 0x80]))),
          ],
        }),
      {
        keyUsages: [
          'digitalSignature',
          'nonRepudiation',
          'keyEncipherment',
          'dataEncipherment',
          'keyAgreement',
          'keyCertSign',
          'cRLSign',
          'encipherOnly',
          'decipherOnly',
        ],
      },
    ],
    'whose key has no usage at all': [
      () =>
        pem({
          extensions: [extension('2.5.29.15', tlv(0x03, Buffer.from([0])))],
        }),
      { keyUsages: [] },
    ],
    'for more than anybody reads': [
      () =>
        pem({
          extensions: [
            extension(
              '2.5.29.37',
              sequence(
                ...Array.from({ length: 1_000 }, (_, index) =>
                  oid(`1.2.3.${index}`),
                ),
                oid('1.3.6.1.5.5.7.3.1'),
              ),
            ),
          ],
        }),
      { extendedKeyUsages: ['serverAuth'] },
    ],
    'that says nothing of what it is for': [
      () => pem(),
      { keyUsages: undefined, extendedKeyUsages: undefined },
    ],
    'with usages that are broken, which hide nothing else': [
      () =>
        pem({
          extensions: [
            extension('2.5.29.15', Buffer.from('no DER')),
            extension('2.5.29.37', Buffer.from('no DER')),
            extension('2.5.29.14', tlv(0x04, ID)),
          ],
        }),
      {
        keyUsages: undefined,
        extendedKeyUsages: undefined,
        subjectKeyId: '01:02',
      },
    ],
  };
  it.each(Object.entries(CASES))('%s', (_, [make, expected]) => {
    const [summary] = parseCertificates(make()).map(summarize);
    expect(
      Object.keys(expected).map(name => [name, summary[name as 'key']]),
    ).toEqual(Object.entries(expected));
  });
});

import {
  commonName,
  derCertificate,
  ecKey,
  pemOf,
  type DerOptions,
} from '../../__testUtils__/der';
import { parseCertificates, summarize } from './x509';

const key = ecKey('prime256v1');

const certificate = (options: Partial<DerOptions> = {}) =>
  derCertificate({ key, ...options });
const pem = (options: Partial<DerOptions> = {}) => pemOf(certificate(options));

const subjectsOf = (text: string) =>
  parseCertificates(text).map(one => summarize(one).subject);

describe('a text with certificates', () => {
  const one = pem({ subject: commonName('one') });
  const two = pem({ subject: commonName('two') });
  const truncated = `${one.slice(0, one.length / 2)}\n`;
  const BEGIN = '-----BEGIN CERTIFICATE-----\n';
  const END = '-----END CERTIFICATE-----\n';

  const CASES: Record<string, [string, string[]]> = {
    'is empty': ['', []],
    'holds none': ['hello', []],
    'gives them in its order, which may be the wrong one': [
      two + one,
      ['CN=two', 'CN=one'],
    ],
    'gives one twice that is there twice': [one + one, ['CN=one', 'CN=one']],
    'has other text around and between them': [
      `subject=x\n${one}\nBag Attributes\n  localKeyID: 1\n${two}end`,
      ['CN=one', 'CN=two'],
    ],
    'has lines as Windows ends them': [
      one.replace(/\n/g, '\r\n') + two.replace(/\n/g, '\r\n'),
      ['CN=one', 'CN=two'],
    ],
    'breaks off within one': [one + truncated, ['CN=one']],
    'has one without an end before another': [truncated + two, ['CN=two']],
    'has one without a beginning after another': [
      one + two.slice(two.length / 2),
      ['CN=one'],
    ],
    'has one that is empty': [BEGIN + END + one, ['CN=one']],
    'has one that is no base64': [`${BEGIN}!!!!\n${END}${one}`, ['CN=one']],
    'has one that is no certificate': [
      pemOf(Buffer.from('hello')) + one,
      ['CN=one'],
    ],
    'has one with more behind it in its block, which is refused as a server would':
      [
        pemOf(
          Buffer.concat([
            certificate({ subject: commonName('one') }),
            Buffer.from('more'),
          ]),
        ) + two,
        ['CN=two'],
      ],
    'holds keys and requests too': [
      `-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n${one}-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n-----END CERTIFICATE REQUEST-----\n`,
      ['CN=one'],
    ],
    'is huge': [
      `${'A'.repeat(3_000_000)}${BEGIN.repeat(10_000)}${one}${'x\n'.repeat(
        500_000,
      )}`,
      ['CN=one'],
    ],
    'has a block that is huge': [
      `${BEGIN}${'AAAA\n'.repeat(500_000)}${END}${one}`,
      ['CN=one'],
    ],
  };

  it.each(Object.entries(CASES))('%s', (_, [text, expected]) => {
    expect(subjectsOf(text)).toEqual(expected);
  });
});

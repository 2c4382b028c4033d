import {
  makeCertificate,
  type TestCertificate,
} from '../../__testUtils__/certificates';
import { makeChain, parse } from './__testUtils__/chain';
import { parseCertificates, summarize, validityOf } from './x509';

let ca: TestCertificate;
let leaf: TestCertificate;

beforeAll(async () => {
  ({ ca, leaf } = await makeChain({
    dnsNames: ['*.127-0-0-1.nip.io', '127-0-0-1.nip.io'],
  }));
});

describe('parseCertificates', () => {
  it('takes certificates in order and passes over keys and text', () => {
    const found = parseCertificates(
      `some text\n${leaf.key}${leaf.cert}-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n${ca.cert}`,
    );
    expect(found.map(({ subject }) => subject)).toEqual(['CN=leaf', 'CN=root']);
  });
});

describe('validityOf', () => {
  const YEAR = {
    validFrom: 'Jan  1 00:00:00 2026 GMT',
    validTo: 'Jan  1 00:00:00 2027 GMT',
    validFromDate: new Date('2026-01-01'),
    validToDate: new Date('2027-01-01'),
  };

  it.each<[string, Partial<typeof YEAR>, { notAfter: number }]>([
    [
      'a time that OpenSSL cannot read is none, whatever date Node makes of it',
      { validTo: 'Bad time value' },
      { notAfter: NaN },
    ],
    [
      'a time of which there is a text alone is that',
      { validToDate: undefined },
      { notAfter: Date.parse('2027-01-01') },
    ],
    [
      'a year of two digits is one of the first century',
      {
        validTo: 'Jan  1 00:00:00 50 GMT',
        validToDate: new Date('0050-01-01'),
      },
      { notAfter: Date.parse('0050-01-01') },
    ],
  ])('%s', (_, change, expected) => {
    expect(validityOf({ ...YEAR, ...change })).toEqual({
      notBefore: Date.parse('2026-01-01'),
      ...expected,
    });
  });
});

describe('summarize', () => {
  it('names what people compare', () => {
    expect(summarize(parse(leaf))).toMatchObject({
      subject: 'CN=leaf',
      issuer: 'CN=intermediate',
      dnsNames: ['*.127-0-0-1.nip.io', '127-0-0-1.nip.io'],
      isCa: false,
      fingerprintSha256: expect.stringMatching(
        /^([0-9A-F]{2}:){31}[0-9A-F]{2}$/,
      ),
      notAfter: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
    });
    expect(summarize(parse(ca)).isCa).toBe(true);
  });

  it('does not split a name that holds a comma into two', async () => {
    const tricky = await makeCertificate({
      name: 'tricky',
      dnsNames: ['a, DNS:evil.example', 'b.example'],
    });
    expect(summarize(parse(tricky)).dnsNames).toEqual(['b.example']);
  });

  it.each<[string, { dnsNames?: string[]; ips?: string[] }, object]>([
    ['a common name alone', {}, { dnsNames: [] }],
    [
      'IP addresses alone',
      { ips: ['127.0.0.1', '2001:db8::1'] },
      { dnsNames: [], otherNames: ['IP:127.0.0.1', 'IP:2001:db8::1'] },
    ],
    [
      'both',
      { dnsNames: ['a.example'], ips: ['127.0.0.1'] },
      { dnsNames: ['a.example'], otherNames: ['IP:127.0.0.1'] },
    ],
  ])('takes the common name for no DNS name: %s', async (_, names, told) => {
    const made = await makeCertificate({
      name: '*.127-0-0-1.nip.io',
      ...names,
    });
    const { subject, dnsNames, otherNames } = summarize(parse(made));
    expect(subject).toBe('CN=*.127-0-0-1.nip.io');
    expect({ dnsNames, ...(otherNames && { otherNames }) }).toEqual(told);
  });
});

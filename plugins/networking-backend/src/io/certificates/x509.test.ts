import type { X509Certificate } from 'node:crypto';
import {
  makeCertificate,
  type TestCertificate,
} from '../../__testUtils__/certificates';
import { parseCertificates, summarize, verificationErrorOf } from './x509';

const DAY_MS = 24 * 60 * 60 * 1000;
const parse = ({ cert }: TestCertificate): X509Certificate =>
  parseCertificates(cert)[0];

let ca: TestCertificate;
let intermediate: TestCertificate;
let leaf: TestCertificate;

beforeAll(async () => {
  ca = await makeCertificate({ name: 'root', isCa: true });
  intermediate = await makeCertificate({
    name: 'intermediate',
    isCa: true,
    issuer: ca,
  });
  leaf = await makeCertificate({
    name: 'leaf',
    dnsNames: ['*.127-0-0-1.nip.io', '127-0-0-1.nip.io'],
    issuer: intermediate,
  });
});

describe('parseCertificates', () => {
  it('takes certificates in order and passes over keys and text', () => {
    const found = parseCertificates(
      `some text\n${leaf.key}${leaf.cert}-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n${ca.cert}`,
    );
    expect(found.map(({ subject }) => subject)).toEqual(['CN=leaf', 'CN=root']);
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
});

describe('verification', () => {
  const now = new Date();
  const verify = async (
    options: Partial<Parameters<typeof verificationErrorOf>[0]>,
  ) =>
    verificationErrorOf({
      leaf: parse(leaf),
      intermediates: [parse(intermediate)],
      trusted: parse(ca),
      now,
      ...options,
    });

  const CASES: Record<
    string,
    () => Promise<{ result: string | undefined; expected: string | undefined }>
  > = {
    'follows the chain to the trusted CA': async () => ({
      result: await verify({}),
      expected: undefined,
    }),
    'trusts an intermediate that signs': async () => ({
      result: await verify({
        trusted: parse(intermediate),
        intermediates: [],
      }),
      expected: undefined,
    }),
    'fails where the chain is missing': async () => ({
      result: await verify({ intermediates: [] }),
      expected: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
    }),
    'fails where the CA has the same name and another key': async () => ({
      result: await verify({
        trusted: parse(await makeCertificate({ name: 'root', isCa: true })),
      }),
      expected: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
    }),
    'fails after the end of the leaf': async () => ({
      result: await verify({ now: new Date(Date.now() + 31 * DAY_MS) }),
      expected: 'CERT_HAS_EXPIRED',
    }),
    'fails before its beginning': async () => ({
      result: await verify({ now: new Date(Date.now() - 2 * DAY_MS) }),
      expected: 'CERT_NOT_YET_VALID',
    }),
    'takes a self-signed leaf that is itself trusted': async () => {
      const own = parse(await makeCertificate({ name: 'own' }));
      return {
        result: await verify({ leaf: own, intermediates: [], trusted: own }),
        expected: undefined,
      };
    },
    'takes such a leaf although its key may sign no certificate': async () => {
      const own = parse(
        await makeCertificate({ name: 'own', isServerOnly: true }),
      );
      return {
        result: await verify({ leaf: own, intermediates: [own], trusted: own }),
        expected: undefined,
      };
    },
    'fails after the end of such a leaf': async () => {
      const own = parse(await makeCertificate({ name: 'own' }));
      return {
        result: await verify({
          leaf: own,
          trusted: own,
          now: new Date(Date.now() + 31 * DAY_MS),
        }),
        expected: 'CERT_HAS_EXPIRED',
      };
    },
    'fails where the signer is no CA': async () => {
      const server = await makeCertificate({ name: 'server' });
      const signed = await makeCertificate({ name: 'x', issuer: server });
      return {
        result: await verify({
          leaf: parse(signed),
          intermediates: [],
          trusted: parse(server),
        }),
        expected: expect.stringMatching(
          /INVALID_CA|UNABLE_TO_VERIFY_LEAF_SIGNATURE/,
        ),
      };
    },
  };

  it.each(Object.entries(CASES))('%s', async (_, run) => {
    const { result, expected } = await run();
    expect(result).toEqual(expected);
  });
});

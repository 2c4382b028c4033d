import {
  makeCertificate,
  type TestCertificate,
} from '../../__testUtils__/certificates';
import { makeChain, parse } from './__testUtils__/chain';
import { verify } from './verify';

const DAY_MS = 24 * 60 * 60 * 1000;

let ca: TestCertificate;
let intermediate: TestCertificate;
let leaf: TestCertificate;

beforeAll(async () => {
  ({ ca, intermediate, leaf } = await makeChain());
});

describe('verification', () => {
  const now = new Date();
  const errorOf = async (options: Partial<Parameters<typeof verify>[0]>) =>
    verify({
      leaf: parse(leaf),
      intermediates: [parse(intermediate)],
      trusted: [parse(ca)],
      now,
      ...options,
    }).error;

  const CASES: Record<
    string,
    () => Promise<{ result: string | undefined; expected: string | undefined }>
  > = {
    'follows the chain to the trusted CA': async () => ({
      result: await errorOf({}),
      expected: undefined,
    }),
    'trusts an intermediate that signs': async () => ({
      result: await errorOf({
        trusted: [parse(intermediate)],
        intermediates: [],
      }),
      expected: undefined,
    }),
    'fails where the chain is missing': async () => ({
      result: await errorOf({ intermediates: [] }),
      expected: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
    }),
    'fails where the CA has the same name and another key': async () => ({
      result: await errorOf({
        trusted: [parse(await makeCertificate({ name: 'root', isCa: true }))],
      }),
      expected: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
    }),
    'fails after the end of the leaf': async () => ({
      result: await errorOf({ now: new Date(Date.now() + 31 * DAY_MS) }),
      expected: 'CERT_HAS_EXPIRED',
    }),
    'fails before its beginning': async () => ({
      result: await errorOf({ now: new Date(Date.now() - 2 * DAY_MS) }),
      expected: 'CERT_NOT_YET_VALID',
    }),
    'takes a self-signed leaf that is itself trusted': async () => {
      const own = parse(await makeCertificate({ name: 'own' }));
      return {
        result: await errorOf({ leaf: own, intermediates: [], trusted: [own] }),
        expected: undefined,
      };
    },
    'takes such a leaf although its key may sign no certificate': async () => {
      const own = parse(
        await makeCertificate({ name: 'own', isServerOnly: true }),
      );
      return {
        result: await errorOf({
          leaf: own,
          intermediates: [own],
          trusted: [own],
        }),
        expected: undefined,
      };
    },
    'fails after the end of such a leaf': async () => {
      const own = parse(await makeCertificate({ name: 'own' }));
      return {
        result: await errorOf({
          leaf: own,
          trusted: [own],
          now: new Date(Date.now() + 31 * DAY_MS),
        }),
        expected: 'CERT_HAS_EXPIRED',
      };
    },
    'takes the way that holds, where a CA was cross-signed by one that has expired':
      async () => {
        const expired = await makeCertificate({
          name: 'old',
          isCa: true,
          notAfter: new Date(Date.now() - DAY_MS / 2),
        });
        const crossed = await makeCertificate({
          name: 'root',
          isCa: true,
          issuer: expired,
          keys: ca.keys,
        });
        return {
          result: await errorOf({
            intermediates: [parse(crossed), parse(intermediate)],
            trusted: [parse(expired), parse(ca)],
          }),
          expected: undefined,
        };
      },
    'takes the certificates in any order, and twice': async () => ({
      result: await errorOf({
        intermediates: [
          parse(ca),
          parse(leaf),
          parse(intermediate),
          parse(intermediate),
        ],
      }),
      expected: undefined,
    }),
    'ends where two CAs signed each other': async () => {
      const one = await makeCertificate({ name: 'one', isCa: true });
      const two = await makeCertificate({
        name: 'two',
        isCa: true,
        issuer: one,
      });
      const back = await makeCertificate({
        name: 'one',
        isCa: true,
        issuer: two,
        keys: one.keys,
      });
      const signed = await makeCertificate({ name: 'x', issuer: two });
      return {
        result: await errorOf({
          leaf: parse(signed),
          intermediates: [parse(two), parse(back)],
        }),
        expected: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
      };
    },
    'fails where a CA has more CAs below it than it may': async () => {
      const narrow = await makeCertificate({
        name: 'narrow',
        isCa: true,
        pathLength: 0,
      });
      const between = await makeCertificate({
        name: 'between',
        isCa: true,
        issuer: narrow,
      });
      const signed = await makeCertificate({ name: 'x', issuer: between });
      return {
        result: await errorOf({
          leaf: parse(signed),
          intermediates: [parse(between)],
          trusted: [parse(narrow)],
        }),
        expected: 'PATH_LENGTH_EXCEEDED',
      };
    },
    'takes a CA with none below it that may have none': async () => {
      const narrow = await makeCertificate({
        name: 'narrow',
        isCa: true,
        pathLength: 0,
      });
      const signed = await makeCertificate({ name: 'x', issuer: narrow });
      return {
        result: await errorOf({
          leaf: parse(signed),
          trusted: [parse(narrow)],
        }),
        expected: undefined,
      };
    },
    'fails where the leaf is for clients alone': async () => {
      const client = await makeCertificate({
        name: 'client',
        issuer: ca,
        usages: ['1.3.6.1.5.5.7.3.2'],
      });
      return {
        result: await errorOf({ leaf: parse(client) }),
        expected: 'INVALID_PURPOSE',
      };
    },
    'takes a leaf that is for servers too': async () => {
      const both = await makeCertificate({
        name: 'both',
        issuer: ca,
        usages: ['1.3.6.1.5.5.7.3.2', '1.3.6.1.5.5.7.3.1'],
      });
      return {
        result: await errorOf({ leaf: parse(both) }),
        expected: undefined,
      };
    },
    'fails where the signer is no CA': async () => {
      const server = await makeCertificate({ name: 'server' });
      const signed = await makeCertificate({ name: 'x', issuer: server });
      return {
        result: await errorOf({
          leaf: parse(signed),
          intermediates: [],
          trusted: [parse(server)],
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

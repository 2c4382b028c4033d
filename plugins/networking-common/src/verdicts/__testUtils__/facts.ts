import fc from 'fast-check';
import { parseLocation } from '../../gateway-api/location';
import { CAUSES } from '../../certificates/judge/causes';
import type { CertificateSummary } from '../../certificates/types';
import { HOST, summary, type World } from './world';

const time = fc.constantFrom(
  '2026-11-01T00:00:00Z',
  '2026-12-01T00:00:00Z',
  '2027-10-30T00:00:00Z',
  'no time',
);

const leaf = fc.record({
  fingerprintSha256: fc.constantFrom('AA', 'BB', 'CC'),
  notBefore: time,
  notAfter: time,
  dnsNames: fc.constantFrom<string[]>(
    ['*.127-0-0-1.nip.io', '*.team-shop.example.com'],
    ['x.io'],
  ),
  issuer: fc.constantFrom('CN=idp-demo-ca', 'CN=another'),
  signatureHash: fc.constantFrom('SHA-256', 'SHA-256', 'SHA-256', 'SHA-1'),
  key: fc.constantFrom<CertificateSummary['key']>(
    { algorithm: 'EC', curve: 'P-256' },
    { algorithm: 'EC', curve: 'P-256' },
    { algorithm: 'RSA', bits: 1536 },
  ),
});

const failure = fc.record({
  stage: fc.constantFrom<'connect' | 'tls' | 'http'>('connect', 'tls', 'http'),
  code: fc.constantFrom('ECONNREFUSED', 'ETIMEDOUT', 'ECONNRESET'),
  message: fc.constant(''),
});

const redirectTo = (location: string) =>
  parseLocation(location, { host: HOST, port: 30443, path: '/' });

/** What a probe may have seen, and what may be read in a certificate. */
export function someFacts(
  world: World,
): fc.Arbitrary<Pick<World, 'probe' | 'certificate'>> {
  const probe = fc.record({
    port: fc.constantFrom(30443, 443),
    route: fc.record({
      uid: fc.constantFrom('uid-shop', 'uid-gone'),
      generation: fc.constantFrom(1, 1, 0),
    }),
    failure: fc.option(failure, { nil: undefined }),
    http: fc.option(
      fc.record({
        status: fc.constantFrom(
          200,
          302,
          403,
          404,
          421,
          429,
          500,
          502,
          503,
          504,
        ),
        server: fc.constantFrom(undefined, 'envoy'),
        redirect: fc.constantFrom(
          undefined,
          redirectTo(`https://${HOST}:30443/`),
          redirectTo(`https://${HOST}:8443/`),
          redirectTo(`http://${HOST}:30080/`),
        ),
        fromService: fc.constantFrom(undefined, undefined, true),
        body: fc.constantFrom(
          undefined,
          '',
          '',
          'Access denied\r\n',
          'no healthy upstream',
          'upstream connect error or disconnect/reset before headers',
        ),
      }),
      { nil: undefined },
    ),
    unchangedSince: fc.constantFrom(
      undefined,
      undefined,
      '2026-11-23T11:59:40Z',
      '2026-11-01T00:00:00Z',
    ),
    dns: fc.option(
      fc.record({
        state: fc.constantFrom('expected', 'other', 'empty', 'failed'),
        expected: fc.constantFrom('127.0.0.1', '192.0.2.1'),
        addresses: fc.constantFrom<string[]>([], ['127.0.0.1'], ['192.0.2.7']),
        resolver: fc.constantFrom('system', '192.0.2.53'),
        code: fc.constantFrom(undefined, 'ENODATA', 'ENOTFOUND'),
      }),
      { nil: undefined },
    ),
    tls: fc.option(
      fc.record({
        verified: fc.boolean(),
        leaf: leaf.map(rest => summary(rest)),
      }),
      { nil: undefined },
    ),
  });
  const certificate = fc.record({
    leaf: fc.option(
      leaf.map(rest => summary(rest)),
      { nil: undefined },
    ),
    verified: fc.option(fc.boolean(), { nil: undefined }),
    verificationError: fc.constantFrom(
      undefined,
      'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
      ...CAUSES.keys(),
    ),
    trust: fc.constantFrom('cluster', 'settings', 'system'),
    signer: fc.constantFrom(
      undefined,
      world.certificate!.signer,
      { ...world.certificate!.signer!, notAfter: '2026-12-24T00:00:00Z' },
      { ...world.certificate!.signer!, issuer: 'CN=root' },
      { ...world.certificate!.signer!, extendedKeyUsages: ['clientAuth'] },
    ),
  });
  return fc
    .record({
      probe: fc.option(probe, { nil: undefined }),
      certificate: fc.option(certificate, { nil: undefined }),
    })
    .map(known => ({
      certificate: known.certificate && {
        ...world.certificate!,
        ...known.certificate,
      },
      probe: known.probe && { ...world.probe!, ...known.probe },
    }));
}

import {
  judgeCertificate,
  type CertificateRequest,
  type ServedCertificate,
} from 'backstage-plugin-networking-common';
import type { TestCertificate } from '../../../__testUtils__/certificates';
import { summarize } from '../x509';
import { parse } from './chain';
import { settings, type Fixture } from './fixture';

export const base64 = (...certificates: TestCertificate[]) =>
  Buffer.from(certificates.map(({ cert }) => cert).join('')).toString('base64');

export const requestIn = (fixture: Fixture, name: string) =>
  fixture.find<CertificateRequest>('CertificateRequest', name);

/** The CA that signs today is this one, by the word of the cluster; `above` is what was issued with it. */
export function signInCluster(
  fixture: Fixture,
  ca: TestCertificate,
  chain: TestCertificate[],
  above?: TestCertificate,
) {
  requestIn(fixture, 'idp-demo-ca-1').status = {
    certificate: base64(ca),
    ...(above && { ca: base64(above) }),
  };
  requestIn(fixture, 'idp-wildcard-cert-1').status = {
    certificate: base64(...chain),
  };
}

/** What is said of it, where nobody or a probe has seen what is served. */
export function judgedIn(
  fixture: Fixture,
  options: Parameters<Fixture['factsOf']>[0] = {},
  served?: ServedCertificate,
) {
  const [facts] = fixture.factsOf(options);
  const { word, finding, findings } = judgeCertificate({
    facts,
    settings,
    now: new Date().toISOString(),
    ...(served && { served }),
  });
  return {
    facts,
    word,
    reason: finding.reason,
    remedy: finding.remedy ?? '',
    details: finding.details,
    reasons: findings.map(one => one.reason),
  };
}

/** As a probe sees it. */
export const seen = (
  chain: TestCertificate[],
  verificationError?: string,
): ServedCertificate => ({
  leaf: summarize(parse(chain[0])),
  chain: chain.map(one => summarize(parse(one))),
  verified: verificationError === undefined,
  ...(verificationError && { verificationError }),
  at: new Date().toISOString(),
});

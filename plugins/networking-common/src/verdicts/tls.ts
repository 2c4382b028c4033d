import { redirectsToHttps } from '../gateway-api/redirects';
import { goodFinding, pathOf, tlsWordOf } from '../certificates/judge';
import { coverage, type HostCertificate } from './certificate';
import type { HostInput } from './input';
import { worstOutcome, type Outcome } from '../findings/outcome';
import { findingsOf } from '../findings/declare';
import { PROBE_SENTENCES } from '../sentences/probe';
import { routeOf } from './backendTrouble';
import type { PROBE_REASONS } from './probeReasons';
import { ANY_HOST } from './reach';
import type { TlsStatus, TlsWord } from './types';

const told = findingsOf<typeof PROBE_REASONS>(PROBE_SENTENCES);

const RANK: Record<TlsWord, number> = {
  Good: 0,
  Degraded: 1,
  Unknown: 2,
  None: 3,
  Bad: 4,
};

/** The line about TLS, from what the checks of the certificate found. */
export function tlsStatus(
  input: HostInput,
  served: HostCertificate | undefined,
  outcomes: readonly Outcome[],
): TlsStatus {
  const { host, subject } = input;
  if (!served) {
    return {
      word: 'None',
      finding: {
        ...told('NoTls', {
          params: {
            route: routeOf(input),
            ...(host !== ANY_HOST && { host }),
            // A route that sends requests to HTTPS has done its part.
            ...(!redirectsToHttps(input.route) && {
              listener: input.settings.gateway.httpsSection,
            }),
          },
          actor: { is: 'reader' },
          subject,
        }),
        severity: 'warning',
      },
    };
  }
  const { certificate } = served;
  const { facts, leaf, chainEnd, now, verified, isIssuedOne } = certificate;
  const { issuer } = facts;
  const anchor = facts.root ?? facts.signer;
  const worst = worstOutcome(outcomes);
  const covers = coverage(served);
  const renewalTime = facts.certificate?.renewalTime;
  const chain = pathOf(certificate);
  return {
    word: tlsWordOf(worst),
    finding: worst?.finding ?? goodFinding(certificate, ', covers this host'),
    ...(issuer && { issuer: { kind: issuer.kind, name: issuer.name } }),
    ...(covers !== undefined && { coversHost: covers }),
    ...(leaf && { validFrom: leaf.notBefore, certificate: leaf }),
    ...(chainEnd !== undefined && {
      validUntil: new Date(chainEnd).toISOString(),
      daysLeft: Math.floor((chainEnd - now) / 86_400_000),
    }),
    ...(renewalTime !== undefined && { renewalTime }),
    ...(anchor &&
      verified === true && {
        trustedBy: {
          subject: anchor.subject,
          fingerprintSha256: anchor.fingerprintSha256,
        },
      }),
    ...(chain.length > 1 && { chain }),
    ...(!isIssuedOne && facts.leaf && { issued: facts.leaf }),
  };
}

/** The worst of an exposure's hosts; among equals the first. It covers the exposure where it covers every host. */
export function worstTls(statuses: readonly TlsStatus[]): TlsStatus {
  const worst = statuses.reduce((a, b) =>
    RANK[b.word] > RANK[a.word] ? b : a,
  );
  const covered = statuses.map(({ coversHost }) => coversHost);
  if (covered.every(one => one === undefined)) return worst;
  return {
    ...worst,
    coversHost: covered.every(one => one !== false),
  };
}

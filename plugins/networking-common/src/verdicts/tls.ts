import { coverage, isVerified, servedLeaf, validUntil } from './certificate';
import type { HostInput } from './input';
import { worstOutcome, type Outcome } from '../findings/outcome';
import { VERDICT_REASONS as REASON } from '../findings/reasons';
import type { TlsStatus, TlsWord, VerdictWord } from './types';
import { durationInWords } from '../findings/words';

const WORDS: Record<VerdictWord, TlsWord> = {
  Live: 'Good',
  Degraded: 'Degraded',
  Pending: 'Unknown',
  Unknown: 'Unknown',
  Broken: 'Bad',
};

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
  outcomes: readonly Outcome[],
): TlsStatus {
  const { https, certificate, host, subject, now } = input;
  if (!https) {
    return {
      word: 'None',
      finding: {
        reason: REASON.noTls,
        severity: 'warning',
        message: `No request for ${host} is encrypted: no https listener serves it.`,
        remedy: `Attach ${input.title} to listener ${input.settings.gateway.httpsSection}.`,
        subject,
      },
    };
  }
  const worst = worstOutcome(outcomes);
  const leaf = servedLeaf(input);
  const until = validUntil(input);
  const left = until === undefined ? undefined : Date.parse(until) - now;
  const signer = certificate?.signer;
  const issuer = certificate?.issuer;
  const covers = coverage(input);
  return {
    word: worst ? worst.tls ?? WORDS[worst.word] : 'Good',
    finding: worst?.finding ?? {
      reason: REASON.certificateGood,
      severity: 'info',
      message: `Signed by ${
        issuer?.name ?? leaf?.issuer ?? 'a trusted CA'
      }, covers this host, ${durationInWords(left ?? 0)} left.`,
      subject,
    },
    ...(issuer && { issuer: { kind: issuer.kind, name: issuer.name } }),
    ...(covers !== undefined && { coversHost: covers }),
    ...(leaf && { validFrom: leaf.notBefore, certificate: leaf }),
    ...(until !== undefined && {
      validUntil: until,
      daysLeft: Math.floor((left ?? 0) / 86_400_000),
    }),
    ...(signer &&
      isVerified(input) && {
        trustedBy: {
          subject: signer.subject,
          fingerprintSha256: signer.fingerprintSha256,
        },
      }),
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

import { textOf } from '../gateway-api/lenient';
import { isNeverIssued, namesOf } from '../certificates/choose';
import {
  gatherCertificate,
  runCertificateChecks,
  type CertificateInput,
} from '../certificates/judge';
import { findOutWhyNotServed } from '../certificates/judge/effects';
import { namesNobody, nameTodo } from '../certificates/judge/names';
import type { CertificateSummary } from '../certificates/types';
import { deliveryToolOf } from '../exposures/managers';
import { outcome, type Check, type Outcome } from '../findings/outcome';
import { VERDICT_REASONS as REASON } from '../findings/reasons';
import { coversHost } from '../hostnames';
import { handshakeOutcome } from './handshake';
import type { HostInput } from './input';
import { ownersOf } from './listenerConditions';

/** The certificate that a host is served with, and what the host asks of it. */
export interface HostCertificate {
  host: HostInput;
  certificate: CertificateInput;
}

/** Undefined where no https listener serves the host. */
export function gatherHostCertificate(
  input: HostInput,
): HostCertificate | undefined {
  const { https, certificate, proof, settings, now, candidates } = input;
  if (!https || !certificate) return undefined;
  const isStandIn =
    candidates.every(isNeverIssued) && proof?.tls?.verified !== true;
  return {
    host: input,
    certificate: gatherCertificate({
      facts: certificate,
      ...(proof?.tls &&
        !isStandIn && { served: { ...proof.tls, at: proof.at } }),
      settings,
      now: new Date(now).toISOString(),
      owners: ownersOf(input),
    }),
  };
}

/** RFC 9525 for hosts; a wildcard host is covered by the same wildcard. Undefined for a host that is no name. */
function isCovered(
  dnsNames: readonly string[],
  host: string,
): boolean | undefined {
  if (host === '*') return undefined;
  return host.startsWith('*.')
    ? dnsNames.some(name => name.toLowerCase() === host)
    : coversHost(dnsNames, host);
}

/**
 * The names that are known to be served, and by whose word: what was served, else what was issued, else what the Certificate
 * asks for. Undefined where nothing tells them, or where another certificate of the listener may have the name.
 */
function namesServed({
  host,
  certificate,
}: HostCertificate):
  | { dnsNames: string[]; leaf?: CertificateSummary }
  | undefined {
  const seen = certificate.served?.leaf;
  if (seen) return { dnsNames: seen.dnsNames, leaf: seen };
  const { facts } = certificate;
  if (!facts.leaf && !facts.certificate) return undefined;
  const dnsNames = namesOf(facts);
  const isOnlyOne = host.candidates.every(one => one.leaf ?? one.certificate);
  if (!isOnlyOne && isCovered(dnsNames, host.host) === false) return undefined;
  return { dnsNames, leaf: facts.leaf };
}

/** Does the certificate cover the host, as far as its names are known? */
export function coverage(input: HostCertificate): boolean | undefined {
  const served = namesServed(input);
  return served && isCovered(served.dnsNames, input.host.host);
}

const ONE_LABEL = 'Choose a host with a single label before the DNS suffix.';

/** What a certificate should name, to be for the host and for the others of its listener. */
function nameFor({ host, https, settings }: HostInput): string {
  const hostname = textOf(https?.listener.hostname)?.toLowerCase();
  const { dnsSuffix } = settings.network;
  const wildcards = [hostname, dnsSuffix && `*.${dnsSuffix}`];
  return (
    wildcards.find(name => name && isCovered([name], host) === true) ?? host
  );
}

/** The tool that would undo a change of the Certificate in the cluster. */
function toolOf({ certificate, host }: HostCertificate): string | undefined {
  const { namespace, name } = certificate.facts.certificate ?? {};
  const found =
    name === undefined
      ? undefined
      : host.snapshot.get('Certificate', namespace, name);
  return found && deliveryToolOf(found);
}

function remedyForHost(
  input: HostCertificate,
  served: NonNullable<ReturnType<typeof namesServed>>,
  isDeep: boolean,
): string {
  const { certificate, host } = input;
  const { facts, title, todo } = certificate;
  const isForIt = isCovered(namesOf(facts), host.host) === true;
  if (isForIt && !certificate.isIssuedOne) {
    return todo(findOutWhyNotServed(certificate));
  }
  const ordered = facts.certificate?.dnsNames ?? [];
  if (served.leaf && isCovered(ordered, host.host) === true) {
    return todo(
      `check that cert-manager issues ${title} anew: its spec.dnsNames hold ${host.host} already`,
    );
  }
  if (served.dnsNames.length === 0) {
    return todo(nameTodo(certificate, nameFor(host), toolOf(input)));
  }
  return isDeep ? ONE_LABEL : `Choose a host that ${title} is for.`;
}

/** By the names that are known of the certificate, if only those that it was ordered for. */
const coversTheHost: Check<HostCertificate> = input => {
  const served = namesServed(input);
  const { certificate } = input;
  const { host } = input.host;
  if (!served || isCovered(served.dnsNames, host) !== false) return undefined;
  const { dnsNames, leaf } = served;
  const isDeep = dnsNames.some(
    name => name.startsWith('*.') && host.endsWith(name.slice(1).toLowerCase()),
  );
  const why =
    dnsNames.length === 0
      ? namesNobody({ facts: certificate.facts, leaf })
      : `it is for ${dnsNames.join(', ')}, not for ${host}`;
  return outcome('Broken', 'listener', {
    reason: REASON.certificateNotForHost,
    message: `Browsers refuse this certificate: ${why}.${
      isDeep ? ' A wildcard stands for one label.' : ''
    }`,
    remedy: remedyForHost(input, served, isDeep),
    subject: certificate.subject,
    ...(leaf && { details: { fingerprintSha256: leaf.fingerprintSha256 } }),
  });
};

/** Where nothing is known of the certificate, a wildcard listener tells which hosts one is usually made for. */
const hasOneLabel: Check<HostCertificate> = input => {
  const { host, https } = input.host;
  const hostname = textOf(https?.listener.hostname)?.toLowerCase();
  if (!hostname?.startsWith('*.') || namesServed(input)) return undefined;
  if (isCovered([hostname], host) !== false) return undefined;
  const unknown = outcome('Degraded', 'listener', {
    reason: REASON.certificateNotForHost,
    message: `Browsers may refuse ${host}: a certificate for ${hostname} stands for one label only, and which one the listener serves is not known.`,
    remedy: ONE_LABEL,
    subject: input.certificate.subject,
  });
  return { ...unknown, tls: 'Unknown' };
};

/**
 * All that is amiss with TLS at a host: whether the certificate is for it, then what is to be said of the certificate whatever
 * host it is for, in the words of the Certificates page, then whether browsers get through to it.
 */
export function certificateOutcomes(
  input: HostCertificate | undefined,
): Outcome[] {
  if (!input) return [];
  const forHost = [coversTheHost, hasOneLabel].flatMap(
    check => check(input) ?? [],
  );
  const isToldOfHost = forHost.some(
    ({ finding }) => finding.reason === REASON.certificateNotForHost,
  );
  return [
    ...forHost,
    ...runCertificateChecks(input.certificate).filter(
      ({ finding }) =>
        !isToldOfHost || finding.reason !== REASON.certificateNotForHost,
    ),
    ...[handshakeOutcome(input.host)].flatMap(found => found ?? []),
  ];
}

import { findCondition } from '../gateway-api/conditions';
import { objectsOf, textOf } from '../gateway-api/lenient';
import { coversHost } from '../hostnames';
import { isElsewhere, type HostInput } from './input';
import { outcome, type Check } from './outcome';
import { VERDICT_REASONS as REASON } from './reasons';
import { certificatesOf } from './trace';
import type { CertificateSummary, Subject } from './types';
import { conditionDetails, dateInWords, durationInWords } from './words';

const DAY = 86_400_000;
const MONTH = 30 * DAY;

/** What browsers get: as the probe saw it, else as cert-manager issued it. */
export const servedLeaf = ({
  proof,
  certificate,
}: HostInput): CertificateSummary | undefined =>
  proof?.tls?.leaf ?? certificate?.leaf;

/** Does it verify against the CA that signs today? A failure says nothing where that CA is not known. */
export function isVerified({
  proof,
  certificate,
}: HostInput): boolean | undefined {
  const seen = proof?.tls?.verified;
  const signerKnown =
    certificate?.signer !== undefined || certificate?.verified !== undefined;
  return seen === true || signerKnown
    ? seen ?? certificate?.verified
    : undefined;
}

/** When the chain ends: the earliest end of the leaf and, where it was issued with this leaf, of what is above it. */
export function validUntil(input: HostInput): string | undefined {
  const leaf = servedLeaf(input);
  const { certificate } = input;
  const isIssuedOne =
    leaf?.fingerprintSha256 === certificate?.leaf?.fingerprintSha256;
  const ends = [leaf?.notAfter, isIssuedOne ? certificate?.chainNotAfter : '']
    .flatMap(end => (Number.isNaN(Date.parse(end ?? '')) ? [] : end ?? []))
    .sort((a, b) => Date.parse(a) - Date.parse(b));
  return ends[0];
}

/** RFC 9525 for hosts; a wildcard host is covered by the same wildcard. Undefined for a host that is no name. */
export function isCovered(
  leaf: CertificateSummary,
  host: string,
): boolean | undefined {
  if (host === '*') return undefined;
  return host.startsWith('*.')
    ? leaf.dnsNames.some(name => name.toLowerCase() === host)
    : coversHost(leaf.dnsNames, host);
}

function secretOf({ https, certificate }: HostInput) {
  const [ref] = objectsOf(https?.listener.tls?.certificateRefs);
  const name = textOf(ref?.name) ?? certificate?.secret.name ?? '';
  const namespace =
    textOf(ref?.namespace) ??
    textOf(https?.gateway.metadata.namespace) ??
    certificate?.secret.namespace ??
    '';
  return { namespace, name };
}

function certificateOf(input: HostInput) {
  const { namespace, name } = secretOf(input);
  return name === ''
    ? undefined
    : certificatesOf(input.snapshot, namespace, name)[0];
}

function titleOf(input: HostInput): string {
  const object = certificateOf(input);
  const { namespace, name } = secretOf(input);
  return object
    ? `Certificate ${object.metadata.namespace}/${object.metadata.name}`
    : `the certificate in Secret ${namespace}/${name}`;
}

function subjectOf(input: HostInput): Subject {
  const object = certificateOf(input);
  const { namespace, name } = secretOf(input);
  const { cluster } = input.settings;
  return object
    ? {
        kind: 'Certificate',
        name: object.metadata.name,
        namespace: object.metadata.namespace,
        cluster,
      }
    : { kind: 'Secret', name, namespace, cluster };
}

const adminsRenew = (input: HostInput) =>
  `Ask the platform's admins to renew ${titleOf(input)}.`;

const namesCertificate: Check<HostInput> = input => {
  if (secretOf(input).name !== '' || servedLeaf(input)) return undefined;
  return outcome('Broken', 'listener', {
    reason: REASON.certificateMissing,
    message:
      'Connections fail before any request: the https listener names no certificate.',
    remedy: `Ask the platform's admins to name a Secret in listener ${input.https?.listener.name}.`,
    subject: subjectOf(input),
  });
};

/** What another listener serves is neither followed nor dialled. */
function notFollowed({ https, settings, title }: HostInput) {
  const { httpsSection } = settings.gateway;
  return {
    message: `Whether browsers trust this host is not known: listener ${https?.listener.name} serves it, and only the certificate of listener ${httpsSection} is judged.`,
    remedy: `Attach ${title} to listener ${httpsSection}, or look at the certificate in a browser.`,
  };
}

const isIssued: Check<HostInput> = input => {
  if (servedLeaf(input) || isVerified(input)) return undefined;
  const object = certificateOf(input);
  const ready = findCondition(object?.status?.conditions, 'Ready');
  if (object && ready?.status !== 'True') {
    return outcome('Pending', 'listener', {
      reason: REASON.certificateNotIssued,
      message: `Connections fail until ${titleOf(input)} is issued.`,
      remedy: `Wait; if it stays so, ask the platform's admins why ${titleOf(
        input,
      )} is not ready.`,
      subject: subjectOf(input),
      details: conditionDetails(ready),
    });
  }
  const why = input.certificate?.unknown;
  const unknown = outcome('Degraded', 'listener', {
    reason: REASON.certificateNotKnown,
    ...(isElsewhere(input)
      ? notFollowed(input)
      : {
          message: `Whether browsers trust this host is not known.${
            why ? ` ${why}` : ''
          }`,
          remedy: `Ask the platform's admins to keep three requests of ${titleOf(
            input,
          )} (revisionHistoryLimit), or to give its CA in [certificates] ca_pem.`,
        }),
    subject: subjectOf(input),
  });
  return { ...unknown, tls: 'Unknown' };
};

const coversTheHost: Check<HostInput> = input => {
  const leaf = servedLeaf(input);
  if (!leaf || isCovered(leaf, input.host) !== false) return undefined;
  return outcome('Broken', 'listener', {
    reason: REASON.certificateNotForHost,
    message: `Browsers refuse this certificate: it is for ${
      leaf.dnsNames.join(', ') || 'no host'
    }, not for ${input.host}. A wildcard stands for one label.`,
    remedy: 'Choose a host with a single label before the DNS suffix.',
    subject: subjectOf(input),
    details: { fingerprintSha256: leaf.fingerprintSha256 },
  });
};

const notExpired: Check<HostInput> = input => {
  const end = validUntil(input);
  if (end === undefined || Date.parse(end) > input.now) return undefined;
  const leafEnd = Date.parse(servedLeaf(input)?.notAfter ?? '');
  const what = leafEnd > input.now ? 'the CA above it' : 'it';
  return outcome('Broken', 'listener', {
    reason: REASON.certificateExpired,
    message: `Browsers refuse this certificate: ${what} expired on ${dateInWords(
      end,
    )}.`,
    remedy: adminsRenew(input),
    subject: subjectOf(input),
    details: { validUntil: end },
  });
};

const alreadyValid: Check<HostInput> = input => {
  const begin = servedLeaf(input)?.notBefore;
  if (begin === undefined || !(Date.parse(begin) > input.now)) return undefined;
  return outcome('Broken', 'listener', {
    reason: REASON.certificateNotYetValid,
    message: `Browsers refuse this certificate: it is not valid before ${dateInWords(
      begin,
    )}.`,
    remedy:
      "Ask the platform's admins to check the clock of the machine that signs certificates.",
    subject: subjectOf(input),
    details: { validFrom: begin },
  });
};

const trusted: Check<HostInput> = input => {
  if (!servedLeaf(input) || isVerified(input) !== false) return undefined;
  const { proof, certificate } = input;
  const code = proof?.tls?.verificationError ?? certificate?.verificationError;
  return outcome('Broken', 'listener', {
    reason: REASON.certificateNotTrusted,
    message:
      'Browsers refuse this certificate: the CA that signs today did not sign it, as after a change of the CA key.',
    remedy: adminsRenew(input),
    subject: subjectOf(input),
    ...(code && { details: { code } }),
  });
};

const signedByCa: Check<HostInput> = input => {
  const signer = input.certificate?.signer?.fingerprintSha256;
  const leaf = servedLeaf(input);
  if (signer === undefined || leaf?.fingerprintSha256 !== signer) {
    return undefined;
  }
  return outcome('Degraded', 'listener', {
    reason: REASON.certificateSelfSigned,
    message:
      'Browsers refuse this certificate unless they were told to trust this very one, and each renewal ends that: it is self-signed.',
    remedy: `Ask the platform's admins to have ${titleOf(
      input,
    )} signed by an issuer with a CA.`,
    subject: subjectOf(input),
    details: { fingerprintSha256: signer },
  });
};

const trustKnown: Check<HostInput> = input => {
  const { certificate, proof } = input;
  if (isVerified(input) !== undefined || !servedLeaf(input)) return undefined;
  const why =
    certificate?.unknown ??
    proof?.tls?.verificationError ??
    'The CA that signs today is not known.';
  const unknown = outcome('Degraded', 'listener', {
    reason: REASON.certificateTrustNotKnown,
    message: `Whether browsers trust this host is not known. ${why}`,
    remedy:
      "Ask the platform's admins to give the CA in [certificates] ca_pem.",
    subject: subjectOf(input),
  });
  return { ...unknown, tls: 'Unknown' };
};

/** What was issued last against what is served. */
const isServed: Check<HostInput> = input => {
  const issued = input.certificate?.leaf;
  const served = input.proof?.tls?.leaf;
  if (!issued || !served) return undefined;
  if (issued.fingerprintSha256 === served.fingerprintSha256) return undefined;
  const bad = input.certificate?.verified === false;
  return outcome('Degraded', 'listener', {
    reason: bad
      ? REASON.certificateReplacementBad
      : REASON.certificateNotServedYet,
    message: bad
      ? 'Browsers will refuse this host once the gateway takes up its new certificate, which the CA that signs today did not sign.'
      : `The gateway still serves an older certificate, valid until ${dateInWords(
          served.notAfter,
        )}, although it has been renewed.`,
    remedy: bad
      ? adminsRenew(input)
      : "Ask the platform's admins why the gateway has not taken up the new certificate.",
    subject: subjectOf(input),
    details: {
      served: served.fingerprintSha256,
      issued: issued.fingerprintSha256,
    },
  });
};

/** 30 days, or a third of its life for certificates that live shorter than 90 days and are renewed by then. */
const endsLater: Check<HostInput> = input => {
  const end = validUntil(input);
  const leaf = servedLeaf(input);
  if (end === undefined || !leaf) return undefined;
  const life = Date.parse(leaf.notAfter) - Date.parse(leaf.notBefore);
  const notice = life > 0 ? Math.min(MONTH, life / 3) : MONTH;
  const left = Date.parse(end) - input.now;
  if (left > notice) return undefined;
  return outcome('Degraded', 'listener', {
    reason: REASON.certificateExpiresSoon,
    message: `Browsers will refuse this host in ${durationInWords(
      left,
    )}, when its certificate expires.`,
    remedy: adminsRenew(input),
    subject: subjectOf(input),
    details: { validUntil: end },
  });
};

/** In order; asked only of hosts that an https listener serves. */
export const CERTIFICATE_CHECKS: readonly Check<HostInput>[] = [
  namesCertificate,
  isIssued,
  coversTheHost,
  notExpired,
  alreadyValid,
  trusted,
  signedByCa,
  trustKnown,
  isServed,
  endsLater,
];

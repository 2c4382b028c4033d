import { findCondition } from '../gateway-api/conditions';
import { objectsOf, stringsOf, textOf } from '../gateway-api/lenient';
import { coversHost } from '../hostnames';
import type { HostInput } from './input';
import { ownersOf } from './listenerConditions';
import { outcome, type Check } from '../findings/outcome';
import { VERDICT_REASONS as REASON } from '../findings/reasons';
import { certificatesOf } from '../certificates/rivals';
import type { CertificateSummary } from '../certificates/types';
import type { Subject } from './types';
import {
  conditionDetails,
  dateInWords,
  durationInWords,
} from '../findings/words';

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
function isCovered(
  dnsNames: readonly string[],
  host: string,
): boolean | undefined {
  if (host === '*') return undefined;
  return host.startsWith('*.')
    ? dnsNames.some(name => name.toLowerCase() === host)
    : coversHost([...dnsNames], host);
}

/** Namespace and name of each Secret that the https listener names. */
function secretsOf({ https }: HostInput) {
  const holder = https?.listenerSet ?? https?.gateway;
  return objectsOf(https?.listener.tls?.certificateRefs).flatMap(ref => {
    const name = textOf(ref.name);
    const namespace =
      textOf(ref.namespace) ?? textOf(holder?.metadata.namespace) ?? '';
    return name === undefined ? [] : [{ namespace, name }];
  });
}

/**
 * The names that the listener's certificate is for, and whose word that is: what was served, else what was issued, else what
 * the Certificates ask for. Undefined where there is no Certificate for one of its Secrets.
 */
export function namesServed(
  input: HostInput,
): { dnsNames: string[]; leaf?: CertificateSummary } | undefined {
  const seen = input.proof?.tls?.leaf;
  if (seen) return { dnsNames: seen.dnsNames, leaf: seen };
  const secrets = secretsOf(input);
  const asked = secrets.map(
    ({ namespace, name }) => certificatesOf(input.snapshot, namespace, name)[0],
  );
  const leaf = input.certificate?.leaf;
  // The one that is followed is the first.
  const rest = (leaf ? asked.slice(1) : asked).flatMap(object =>
    stringsOf(object?.spec?.dnsNames),
  );
  if (leaf) return { dnsNames: [...leaf.dnsNames, ...rest], leaf };
  return asked.length > 0 && asked.every(object => object !== undefined)
    ? { dnsNames: rest }
    : undefined;
}

/** Does the certificate cover the host, as far as its names are known? */
export function coverage(input: HostInput): boolean | undefined {
  const served = namesServed(input);
  return served && isCovered(served.dnsNames, input.host);
}

function secretOf(input: HostInput) {
  const [first] = secretsOf(input);
  return first ?? input.certificate?.secret ?? { namespace: '', name: '' };
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
  `Ask ${ownersOf(input)} to renew ${titleOf(input)}.`;

const namesCertificate: Check<HostInput> = input => {
  if (secretOf(input).name !== '' || servedLeaf(input)) return undefined;
  return outcome('Broken', 'listener', {
    reason: REASON.certificateMissing,
    message:
      'Connections fail before any request: the https listener names no certificate.',
    remedy: `Ask ${ownersOf(input)} to name a Secret in listener ${
      input.https?.listener.name
    }.`,
    subject: subjectOf(input),
  });
};

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
    message: `Whether browsers trust this host is not known.${
      why ? ` ${why}` : ''
    }`,
    remedy: `Ask the platform's admins to keep three requests of ${titleOf(
      input,
    )} (revisionHistoryLimit), or to give its CA in [certificates] ca_pem.`,
    subject: subjectOf(input),
  });
  return { ...unknown, tls: 'Unknown' };
};

const ONE_LABEL = 'Choose a host with a single label before the DNS suffix.';

/** By the names that are known of the certificate, if only those that it was ordered for. */
const coversTheHost: Check<HostInput> = input => {
  const served = namesServed(input);
  const { host } = input;
  if (!served || isCovered(served.dnsNames, host) !== false) return undefined;
  const { dnsNames, leaf } = served;
  const names = dnsNames.join(', ') || 'no host';
  const isDeep = dnsNames.some(
    name => name.startsWith('*.') && host.endsWith(name.slice(1).toLowerCase()),
  );
  return outcome('Broken', 'listener', {
    reason: REASON.certificateNotForHost,
    message: `Browsers refuse this certificate: it is for ${names}, not for ${host}. A wildcard stands for one label.`,
    remedy: isDeep ? ONE_LABEL : `Choose a host that ${titleOf(input)} is for.`,
    subject: subjectOf(input),
    ...(leaf && { details: { fingerprintSha256: leaf.fingerprintSha256 } }),
  });
};

/** Where nothing is known of the certificate, a wildcard listener tells which hosts one is usually made for. */
const hasOneLabel: Check<HostInput> = input => {
  const { host, https } = input;
  const hostname = textOf(https?.listener.hostname)?.toLowerCase();
  if (!hostname?.startsWith('*.') || namesServed(input)) return undefined;
  if (isCovered([hostname], host) !== false) return undefined;
  const unknown = outcome('Degraded', 'listener', {
    reason: REASON.certificateNotForHost,
    message: `Browsers may refuse ${host}: a certificate for ${hostname} stands for one label only, and which one the listener serves is not known.`,
    remedy: ONE_LABEL,
    subject: subjectOf(input),
  });
  return { ...unknown, tls: 'Unknown' };
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
  coversTheHost,
  hasOneLabel,
  isIssued,
  notExpired,
  alreadyValid,
  trusted,
  signedByCa,
  trustKnown,
  isServed,
  endsLater,
];

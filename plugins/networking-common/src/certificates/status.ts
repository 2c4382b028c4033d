import { objectKey } from '../gateway-api/indexes';
import {
  entryOf,
  isRecord,
  numberOf,
  objectsOf,
  stringsOf,
  textOf,
} from '../gateway-api/lenient';
import type { Snapshot } from '../gateway-api/snapshot';
import type {
  Certificate,
  CertificateRequest,
  Condition,
  Issuer,
} from '../gateway-api/types';
import type {
  CertificateRequestStatus,
  CertificateStatus,
  IssuerStatus,
} from './types';

const HOUR = 3_600_000;
const MAX_BACKOFF = 32 * HOUR;

const REVISION = 'cert-manager.io/certificate-revision';

export const conditionsOf = (
  object: { status?: { conditions?: Condition[] } } | undefined,
): Condition[] => [...objectsOf(object?.status?.conditions)];

/** The revision that a request was made for. */
export function revisionOf({
  metadata,
}: CertificateRequest): number | undefined {
  const text = entryOf(metadata.annotations, REVISION);
  const revision = Number(text);
  return text !== undefined && Number.isInteger(revision)
    ? revision
    : undefined;
}

/**
 * When cert-manager tries again after a failure: an hour after the last one, doubled with each failure, at most 32 hours
 * (cert-manager docs, "Certificate resource", issuance behaviour). Undefined where nothing has failed.
 */
export function nextAttemptAt(
  lastFailureTime: unknown,
  failedIssuanceAttempts: unknown,
): string | undefined {
  const last = Date.parse(textOf(lastFailureTime) ?? '');
  const attempts = Math.max(1, numberOf(failedIssuanceAttempts) ?? 1);
  if (Number.isNaN(last)) return undefined;
  const wait = Math.min(MAX_BACKOFF, HOUR * 2 ** (attempts - 1));
  return new Date(last + wait).toISOString();
}

const requestStatus = (
  request: CertificateRequest,
): CertificateRequestStatus => ({
  name: request.metadata.name,
  revision: revisionOf(request),
  createdAt: textOf(request.metadata.creationTimestamp),
  failedAt: textOf(request.status?.failureTime),
  conditions: conditionsOf(request),
});

function privateKeyOf({
  spec,
}: Certificate): Pick<CertificateStatus, 'privateKey'> {
  const algorithm = textOf(spec?.privateKey?.algorithm);
  const size = numberOf(spec?.privateKey?.size);
  if (algorithm === undefined && size === undefined) return {};
  return {
    privateKey: {
      ...(algorithm !== undefined && { algorithm }),
      ...(size !== undefined && { size }),
    },
  };
}

/** Kinds that cert-manager's shim makes Certificates for. */
const MADE_FOR = ['Gateway', 'ListenerSet', 'Ingress'] as const;

function madeForOf({
  metadata,
}: Certificate): Pick<CertificateStatus, 'madeFor'> {
  for (const { kind, name } of objectsOf(metadata.ownerReferences)) {
    const known = MADE_FOR.find(one => one === kind);
    if (known && textOf(name)) return { madeFor: { kind: known, name } };
  }
  return {};
}

/** What cert-manager says of a Certificate. `request` is the one of its current revision, where that is kept. */
export function certificateStatus(
  snapshot: Snapshot,
  certificate: Certificate,
  request: CertificateRequest | undefined,
): CertificateStatus {
  const { metadata, spec, status } = certificate;
  const namespace = textOf(metadata.namespace) ?? '';
  const revision = numberOf(status?.revision);
  const commonName = textOf(spec?.commonName);
  const owner = objectsOf(metadata.ownerReferences).find(
    ({ controller, kind, name }) =>
      controller === true &&
      textOf(kind) !== undefined &&
      textOf(name) !== undefined,
  );
  const [next] = snapshot
    .find('requestsByCertificate', objectKey(namespace, metadata.name))
    .filter(one => (revisionOf(one) ?? 0) > (revision ?? 0))
    .sort((a, b) => (revisionOf(b) ?? 0) - (revisionOf(a) ?? 0));
  return {
    namespace,
    name: metadata.name,
    uid: textOf(metadata.uid),
    generation: numberOf(metadata.generation),
    resourceVersion: textOf(metadata.resourceVersion),
    createdAt: textOf(metadata.creationTimestamp),
    secretName: textOf(spec?.secretName) ?? '',
    dnsNames: stringsOf(spec?.dnsNames),
    ...(commonName !== undefined && { commonName }),
    ...(owner && { owner: { kind: owner.kind, name: owner.name } }),
    isCa: spec?.isCA === true,
    duration: textOf(spec?.duration),
    renewBefore: textOf(spec?.renewBefore),
    ...madeForOf(certificate),
    ...privateKeyOf(certificate),
    rotationPolicy: textOf(spec?.privateKey?.rotationPolicy),
    revisionHistoryLimit: numberOf(spec?.revisionHistoryLimit),
    conditions: conditionsOf(certificate),
    revision,
    notBefore: textOf(status?.notBefore),
    notAfter: textOf(status?.notAfter),
    renewalTime: textOf(status?.renewalTime),
    lastFailureTime: textOf(status?.lastFailureTime),
    failedIssuanceAttempts: numberOf(status?.failedIssuanceAttempts),
    nextAttemptAt: nextAttemptAt(
      status?.lastFailureTime,
      status?.failedIssuanceAttempts,
    ),
    ...(request && { request: requestStatus(request) }),
    ...(next && { nextRequest: requestStatus(next) }),
  };
}

/** Fields of an issuer's spec, each naming what signs behind it (cert-manager API, `IssuerConfig`). */
const TYPES: Readonly<Record<string, IssuerStatus['type']>> = {
  ca: 'CA',
  selfSigned: 'selfSigned',
  acme: 'ACME',
  vault: 'Vault',
  venafi: 'Venafi',
};

/** What signs behind an issuer of cert-manager's own kinds. */
export const issuerType = (issuer: Issuer | undefined): IssuerStatus['type'] =>
  Object.entries(TYPES).find(([field]) =>
    isRecord(issuer?.spec?.[field]),
  )?.[1] ?? 'unknown';

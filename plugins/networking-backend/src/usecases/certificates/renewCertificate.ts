import { NotFoundError } from '@backstage/errors';
import {
  certificateRenewPermission,
  findCondition,
  objectKey,
  tlsListeners,
  type Certificate,
  type CertificateAddress,
  type Condition,
  type RenewalResult,
} from 'backstage-plugin-networking-common';
import { isClusterError } from '../../io/cluster';
import { audited, type AuditMeta } from '../audit';
import { refusal } from '../refusals';
import {
  readClusters,
  type CallContext,
  type ReadCluster,
  type Services,
} from '../services';
import {
  renewalFindings,
  renewalRefusal,
  renewalUnknown,
  renewedLately,
} from './renewalRefusals';
import { usedCertificates, type UsedCertificate } from './usedCertificates';

/** What cert-manager's `cmctl renew` writes: its issuing controller takes a Certificate with this condition up. */
const ISSUING = {
  type: 'Issuing',
  status: 'True',
  reason: 'ManuallyTriggered',
  message: 'Certificate re-issuance manually triggered',
} as const;

/**
 * Has cert-manager issue a certificate anew that a listener uses, or that of a CA behind one: as `cmctl renew` does, by
 * the condition Issuing on the status subresource. Needs networking.certificate.renew.
 *
 * @throws NotFoundError for a Certificate that no listener uses
 * @throws ConflictError where it is not the one that was shown, or is being issued already
 * @throws TooManyRequestsError where it was renewed on request within the last minute
 * @throws DatabaseUnavailableError where nobody can tell whether it was; nothing is renewed then
 */
export async function renewCertificate(
  services: Services,
  request: CertificateAddress & { uid: string; resourceVersion?: string },
  { caller, request: httpRequest }: CallContext,
): Promise<RenewalResult> {
  const { uid, resourceVersion, ...address } = request;
  return audited(
    services.auditor,
    {
      eventId: 'certificate-renew',
      severityLevel: 'medium',
      request: httpRequest,
      meta: { ...address, uid },
    },
    async outcome => {
      const { authorizer, clusters } = services;
      authorizer.requireWrites(caller, certificateRenewPermission);
      await authorizer.require(certificateRenewPermission, caller);
      const [cluster] = await readClusters(services, {
        only: address.cluster,
        retry: true,
      });
      if (!cluster.state.reachable) throw refusal(cluster.state.findings);
      const used = findUsed(cluster, address);
      outcome.role = used.role;
      const client = clusters.client(address.cluster);
      // The cache may be behind, and keeps less than the whole object.
      const live = await client.getCertificate(address).catch(error => {
        if (!isClusterError(error)) throw error;
        if (error.httpStatus === 404) throw notFound(address);
        throw refusal(renewalFindings(error, address));
      });
      const against = renewalRefusal(address, { uid, resourceVersion }, live, {
        role: used.role,
        secretName: used.certificate.spec?.secretName,
      });
      if (against) throw refusal([against]);
      const leftMs = await services.renewals.take(uid);
      if (leftMs !== undefined) throw renewedLately(address, leftMs);
      const requestedAt = await trigger(services, { address, live, outcome });
      const { revision } = live.status ?? {};
      const serialNumber = serialNumberOf(services, cluster, uid);
      outcome.revision = revision;
      outcome.serialNumber = serialNumber;
      return {
        ...address,
        uid,
        ...(revision !== undefined && { revision }),
        ...(serialNumber !== undefined && { serialNumber }),
        requestedAt,
      };
    },
  );
}

function notFound({ cluster, namespace, name }: CertificateAddress): Error {
  return new NotFoundError(
    `No listener of cluster ${cluster} uses a Certificate ${namespace}/${name}, and it signs none that a listener uses. Name one of the Certificates page.`,
  );
}

function findUsed(
  cluster: ReadCluster,
  address: CertificateAddress,
): UsedCertificate {
  const { namespace, name } = address;
  const used = usedCertificates(cluster).get(objectKey(namespace, name));
  if (used) return used;
  const isGap = cluster.snapshot.gaps.some(
    ({ kind }) => kind === 'Certificate',
  );
  const findings = isGap ? cluster.state.findings : [];
  throw findings.length > 0 ? refusal(findings) : notFound(address);
}

/** With the condition in place of the one of its type, all else as it was. */
function withIssuing(live: Certificate, time: string): Certificate {
  const conditions = live.status?.conditions ?? [];
  const issuing: Condition = {
    ...ISSUING,
    lastTransitionTime: time,
    observedGeneration: live.metadata.generation,
  };
  const isThere = conditions.some(({ type }) => type === ISSUING.type);
  return {
    ...live,
    status: {
      ...live.status,
      conditions: isThere
        ? conditions.map(one => (one.type === ISSUING.type ? issuing : one))
        : [...conditions, issuing],
    },
  };
}

/** Returns the ISO 8601 time that the condition says. */
async function trigger(
  services: Services,
  input: {
    address: CertificateAddress;
    live: Certificate;
    outcome: AuditMeta;
  },
): Promise<string> {
  const { address, live, outcome } = input;
  const client = services.clusters.client(address.cluster);
  // Kubernetes keeps whole seconds.
  const time = services
    .now()
    .toISOString()
    .replace(/\.\d+Z$/, 'Z');
  try {
    await client.updateCertificateStatus(withIssuing(live, time));
  } catch (error) {
    if (!isClusterError(error)) throw error;
    if (!error.mayHaveTakenEffect) {
      // A turn that is not given back is free in a minute.
      await services.renewals.giveBack(live.metadata.uid!).catch(() => {});
    }
    if (error.httpStatus === 404) throw notFound(address);
    if (!error.mayHaveTakenEffect) {
      throw refusal(renewalFindings(error, address));
    }
    outcome.write = 'unknown';
    const after = await client.getCertificate(address).catch(() => undefined);
    const issuing = findCondition(after?.status?.conditions, ISSUING.type);
    const isOurs =
      after?.metadata.uid === live.metadata.uid &&
      issuing?.reason === ISSUING.reason &&
      issuing.lastTransitionTime === time;
    if (!isOurs) throw refusal([renewalUnknown(error, address)]);
    outcome.write = 'confirmed';
  }
  return time;
}

function serialNumberOf(
  services: Services,
  cluster: ReadCluster,
  uid: string,
): string | undefined {
  const lookup = services.certificates.lookup(cluster);
  for (const { ref } of tlsListeners(cluster.snapshot)) {
    for (const { certificate, leaf, ca, signer, trust } of lookup(ref)) {
      if (certificate?.uid === uid) return leaf?.serialNumber;
      if (ca?.uid === uid && trust === 'cluster') return signer?.serialNumber;
    }
  }
  return undefined;
}

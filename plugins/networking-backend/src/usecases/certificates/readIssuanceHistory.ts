import { NotFoundError } from '@backstage/errors';
import {
  certificateRows,
  objectKey,
  platformReadPermission,
  type CertificateAddress,
  type IssuanceHistory,
} from 'backstage-plugin-networking-common';
import type { Caller } from '../../io/catalog';
import { audited } from '../audit';
import { readableExposures } from '../exposures';
import { refusal } from '../refusals';
import {
  readClusters,
  type CallContext,
  type ReadCluster,
  type Services,
} from '../services';
import { usedCertificates, type UsedCertificate } from './usedCertificates';

/**
 * What was reported and ordered while a certificate was issued that a listener uses, or that of a CA behind one: read from the
 * cluster. Needs networking.platform.read, or that the caller may read an exposure which the certificate serves.
 *
 * @throws NotFoundError for a Certificate that no listener uses, and for one of which the caller may see nothing
 */
export async function readIssuanceHistory(
  services: Services,
  address: CertificateAddress,
  { caller, request }: CallContext,
): Promise<IssuanceHistory> {
  return audited(
    services.auditor,
    {
      eventId: 'certificate-history-fetch',
      request,
      meta: { ...address },
    },
    async outcome => {
      const [cluster] = await readClusters(services, { only: address.cluster });
      const used = await findReadable(services, cluster, address, caller);
      const history = await services.histories.of(cluster, used);
      outcome.unknown = history.unknown.length;
      return history;
    },
  );
}

async function findReadable(
  services: Services,
  cluster: ReadCluster,
  address: CertificateAddress,
  caller: Caller,
): Promise<UsedCertificate> {
  const { namespace, name } = address;
  const used = usedCertificates(cluster).get(objectKey(namespace, name));
  if (await services.authorizer.may(platformReadPermission, caller)) {
    if (used) return used;
    const isGap = cluster.snapshot.gaps.some(
      ({ kind }) => kind === 'Certificate',
    );
    const { findings } = cluster.state;
    throw isGap && findings.length > 0 ? refusal(findings) : notFound(address);
  }
  if (used && (await servesSome(services, cluster, used, caller))) return used;
  throw notFound(address);
}

/** The same for one that nobody uses and for one that is not this caller's to see. */
function notFound({ cluster, namespace, name }: CertificateAddress): Error {
  return new NotFoundError(
    `No listener of cluster ${cluster} uses a Certificate ${namespace}/${name}, or it serves no exposure that you may see. Name one that the Networking tab or the Certificates page shows.`,
  );
}

/** Does it serve an exposure that the caller may read? Then its facts are on that one's tab too. */
async function servesSome(
  services: Services,
  cluster: ReadCluster,
  { role, certificate }: UsedCertificate,
  caller: Caller,
): Promise<boolean> {
  if (role !== 'served') return false;
  const readable = await readableExposures(services, cluster, caller);
  if (readable.length === 0) return false;
  const { namespace, name } = certificate.metadata;
  return certificateRows({
    snapshot: cluster.snapshot,
    settings: cluster.settings,
    certificates: services.certificates.lookup(cluster),
    exposures: readable.map(({ exposure }) => exposure),
    now: services.now().toISOString(),
  }).some(
    ({ role: rowRole, hosts, facts }) =>
      rowRole === 'served' &&
      hosts.length > 0 &&
      facts.certificate?.namespace === namespace &&
      facts.certificate?.name === name,
  );
}

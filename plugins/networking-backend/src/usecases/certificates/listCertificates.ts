import {
  certificateRenewPermission,
  certificateRows,
  platformReadPermission,
  type CertificateRow,
  type CertificatesView,
  type TlsWord,
} from 'backstage-plugin-networking-common';
import { audited } from '../audit';
import { gapsOf, readableExposures } from '../exposures';
import {
  readClusters,
  statesOf,
  type CallContext,
  type ReadCluster,
  type Services,
} from '../services';
import { caKeyMayChange, rightsMissing } from './renewalRefusals';

const RANK: Record<TlsWord, number> = {
  Bad: 0,
  Degraded: 1,
  Unknown: 2,
  None: 3,
  Good: 4,
};

/** Of several clusters, each in the order of trouble already. */
const sortByTrouble = (rows: readonly CertificateRow[]): CertificateRow[] =>
  [...rows].sort((a, b) => RANK[a.word] - RANK[b.word]);

/** What stands against a renewal beside what the row tells of: the cluster's rights, a CA that would change its key, and one of late. */
async function withRights(
  services: Services,
  { state, settings: { cluster } }: ReadCluster,
  row: CertificateRow,
  taken: ReadonlyMap<string, number>,
): Promise<CertificateRow> {
  const { certificate } = row.facts;
  if (!row.renewable.possible || !certificate) return row;
  const { namespace, name } = certificate;
  const no = (why: string): CertificateRow => ({
    ...row,
    renewable: { possible: false, why },
  });
  if (!state.reachable) return no(`Cluster ${cluster} does not answer.`);
  if (row.role === 'ca' && certificate.rotationPolicy !== 'Never') {
    const { message, remedy } = caKeyMayChange({ cluster, namespace, name });
    return no(`${message} ${remedy}`);
  }
  const rights = await services.renewalRights.of(cluster, certificate);
  if (rights === false) {
    return no(rightsMissing({ cluster, namespace, name }));
  }
  const leftMs = certificate.uid ? taken.get(certificate.uid) : undefined;
  return leftMs === undefined
    ? row
    : {
        ...row,
        renewable: {
          possible: true,
          from: new Date(services.now().getTime() + leftMs).toISOString(),
        },
      };
}

/**
 * Every certificate that a listener uses and the CAs behind them, the worst first. Needs networking.platform.read; hosts and
 * entities are those that the caller may read besides. Dials nothing.
 *
 * @param only - name of a cluster; undefined for all
 */
export async function listCertificates(
  services: Services,
  only: string | undefined,
  { caller, request }: CallContext,
): Promise<CertificatesView> {
  return audited(
    services.auditor,
    { eventId: 'certificates-fetch', request, meta: { cluster: only } },
    async () => {
      const { authorizer } = services;
      await authorizer.require(platformReadPermission, caller);
      const [clusters, permitted] = await Promise.all([
        readClusters(services, { only }),
        authorizer.may(certificateRenewPermission, caller),
      ]);
      const renew =
        permitted &&
        authorizer.writeRefusal(caller, certificateRenewPermission) ===
          undefined;
      // The page does without: asking for the renewal tells.
      const taken = renew
        ? await services.renewals.taken().catch(() => new Map())
        : new Map<string, number>();
      const rows = await Promise.all(
        clusters.map(async cluster => {
          const readable = await readableExposures(services, cluster, caller);
          const found = certificateRows({
            snapshot: cluster.snapshot,
            settings: cluster.settings,
            certificates: services.certificates.lookup(cluster),
            exposures: readable.map(({ exposure }) => exposure),
            now: services.now().toISOString(),
          });
          // Nobody is offered what needs no asking.
          return renew
            ? Promise.all(
                found.map(row => withRights(services, cluster, row, taken)),
              )
            : found;
        }),
      );
      return {
        certificates: sortByTrouble(rows.flat()),
        clusters: statesOf(services, clusters),
        ...gapsOf(services, caller),
        permissions: { renew },
        topic: services.topics.ofHosts,
      };
    },
  );
}

import {
  addressFinding,
  hostsToProbe,
  isSaidOfCluster,
  mayBeShared,
  type ClusterState,
  type Finding,
  type ProbeFacts,
} from 'backstage-plugin-networking-common';
import { statesOf, type ReadCluster, type Services } from '../services';

/** The last probes of hosts at the address that is dialled now. What routes that are gone answered proves nothing of it. */
async function probesAtAddress(
  { prober }: Pick<Services, 'prober'>,
  { snapshot, settings }: ReadCluster,
): Promise<ProbeFacts[]> {
  const known = new Set(
    snapshot.list('HTTPRoute').map(({ metadata }) => metadata.uid),
  );
  const probes = await prober.atAddress({ settings });
  return probes.filter(({ route }) => known.has(route?.uid));
}

/** What those who run the platform are told. Nothing where no host would be asked, as behind a Gateway that serves none over HTTPS. */
export async function addressFindings(
  services: Pick<Services, 'prober'>,
  cluster: ReadCluster,
): Promise<Finding[]> {
  const { snapshot, settings } = cluster;
  const isAsked = snapshot
    .list('HTTPRoute')
    .some(route => hostsToProbe(route, snapshot, settings).length > 0);
  if (!isAsked) return [];
  const probes = await probesAtAddress(services, cluster);
  const found = addressFinding(settings, probes, 'admins');
  return found ? [found] : [];
}

/** What decided the verdict of a host. */
interface Decided {
  cluster: string;
  finding: Finding;
}

/**
 * What readers are told of the clusters, with a cause that hosts of theirs share said once of its cluster.
 *
 * @param decided - of the hosts that they are shown
 */
export async function readerStates(
  services: Pick<Services, 'database' | 'prober'>,
  clusters: readonly ReadCluster[],
  decided: readonly Decided[],
): Promise<ClusterState[]> {
  const shared = decided.filter(({ finding }) => mayBeShared(finding));
  return Promise.all(
    statesOf(services, clusters).map(async (state, index) => {
      const { settings } = clusters[index];
      const ofCluster = shared.filter(
        ({ cluster }) => cluster === state.cluster,
      );
      if (!state.reachable || ofCluster.length === 0) return state;
      const found = addressFinding(
        settings,
        await probesAtAddress(services, clusters[index]),
        'readers',
      );
      if (!found) return state;
      const told = { ...state, findings: [...state.findings, found] };
      return ofCluster.some(({ finding }) => isSaidOfCluster(finding, told))
        ? told
        : state;
    }),
  );
}

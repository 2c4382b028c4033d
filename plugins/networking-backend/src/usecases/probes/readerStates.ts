import {
  addressFinding,
  isSaidOfCluster,
  mayBeShared,
  type ClusterState,
  type Finding,
} from 'backstage-plugin-networking-common';
import { statesOf, type ReadCluster, type Services } from '../services';

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
        await services.prober.atAddress({ settings }),
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

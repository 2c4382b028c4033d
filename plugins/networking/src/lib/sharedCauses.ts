import { createContext, useContext } from 'react';
import {
  isSaidOfCluster,
  isSharedCause,
  type ClusterState,
  type Finding,
} from 'backstage-plugin-networking-common';

/** Clusters of which notices stand above the hosts. Default: none. */
export const SaidOfClusters = createContext<readonly ClusterState[]>([]);

/** Is what decided a host's verdict said already in a notice above? */
export function useIsSaid(): (cluster: string, finding: Finding) => boolean {
  const said = useContext(SaidOfClusters);
  return (cluster, finding) =>
    isSaidOfCluster(
      finding,
      said.find(state => state.cluster === cluster),
    );
}

/** Of the clusters that answer, what their hosts share, and nothing else. */
export const sharedOf = (clusters: readonly ClusterState[]): ClusterState[] =>
  clusters
    .filter(({ reachable }) => reachable)
    .map(state => ({
      ...state,
      findings: state.findings.filter(isSharedCause),
    }));

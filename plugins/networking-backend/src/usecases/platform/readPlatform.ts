import {
  evaluatePlatform,
  platformReadPermission,
  type PlatformKind,
  type PlatformView,
} from 'backstage-plugin-networking-common';
import { notServedFacts } from '../../io/cluster';
import { audited } from '../audit';
import { authorizedRoutes } from '../exposures/authorizedRoutes';
import { addressFindings } from '../probes/addressStates';
import {
  readClusters,
  statesOf,
  type CallContext,
  type ReadCluster,
  type Services,
} from '../services';

const kindsOf = ({ health = [] }: ReadCluster): PlatformKind[] =>
  health.map(({ kind, status, objects, since }) => ({
    kind,
    status,
    objects,
    since: new Date(since).toISOString(),
  }));

/** Health of the platform in one cluster or in all. Needs platform.read. */
export async function readPlatform(
  services: Services,
  cluster: string | undefined,
  { caller, request }: CallContext,
): Promise<PlatformView> {
  return audited(
    services.auditor,
    { eventId: 'platform-fetch', request, meta: { cluster } },
    async () => {
      await services.authorizer.require(platformReadPermission, caller);
      const clusters = await readClusters(services, { only: cluster });
      const states = statesOf(services, clusters);
      const now = services.now().toISOString();
      return {
        clusters: await Promise.all(
          clusters.map(async (read, index) => {
            const { snapshot, settings } = read;
            const state = states[index];
            const exposures = await authorizedRoutes(services, read, caller);
            return {
              ...state,
              findings: [
                ...state.findings,
                ...(await addressFindings(services, read)),
                ...notServedFacts(snapshot),
                ...(await services.routeEntities.cutOff(read)),
              ],
              parts: evaluatePlatform({
                snapshot,
                settings,
                certificates: services.certificates.lookup(read),
                now,
              }),
              kinds: kindsOf(read),
              exposureCount: exposures.length,
            };
          }),
        ),
      };
    },
  );
}

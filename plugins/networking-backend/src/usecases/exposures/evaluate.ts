import {
  claimFinding,
  evaluateExposure,
  hostsToProbe,
  type EntityFacts,
  type Exposure,
  type Facts,
  type HttpRoute,
  type MatchReason,
  type Route,
} from 'backstage-plugin-networking-common';
import type { ProbeTarget } from '../../io/probe';
import type { ReadCluster, Services } from '../services';

/** A route, and the entities of it that may be named to the caller. */
export interface RouteToEvaluate<R extends Route = HttpRoute> {
  route: R;
  entities: { facts: EntityFacts; reason: MatchReason }[];
  /** A ref that its annotation names, where no such entity exists. */
  orphanOf?: string;
}

/**
 * Gathers the facts of routes of one cluster and judges them.
 *
 * @param options - `probes`: `now` dials their hosts and waits for the answers,
 *   `latest` waits only where nothing good is known of the last minute, and
 *   `recent` takes what probes of the last minute found
 */
export async function evaluateRoutes(
  services: Services,
  cluster: ReadCluster,
  routes: readonly RouteToEvaluate[],
  options: { probes: 'now' | 'latest' | 'recent' },
): Promise<Exposure[]> {
  const { snapshot, settings, state } = cluster;
  const certificate = services.certificates.read({ snapshot, settings });
  const targets = state.reachable
    ? routes.flatMap(({ route }): ProbeTarget[] => {
        const { uid, generation } = route.metadata;
        return uid === undefined
          ? []
          : hostsToProbe(route, snapshot, settings).map(target => ({
              ...target,
              route: { uid, generation: generation ?? 0 },
            }));
      })
    : [];
  const evidence = { settings, caPem: certificate?.trustPem };
  const { prober } = services;
  const probes = await {
    now: () => prober.probe(targets, evidence),
    latest: () => prober.latest(targets, evidence),
    recent: () => prober.recent(targets, evidence),
  }[options.probes]();
  const now = services.now().toISOString();
  return routes.map(({ route, entities, orphanOf }) => {
    const { uid } = route.metadata;
    const facts: Facts = {
      certificate: certificate?.facts,
      probes: Object.fromEntries(
        probes
          .filter(probe => probe.route?.uid === uid)
          .map(probe => [probe.host, probe]),
      ),
    };
    const exposure = evaluateExposure({
      route,
      snapshot,
      settings,
      facts,
      now,
      entities: entities.map(({ facts: entity, reason }) => ({
        entityRef: entity.ref,
        reason,
      })),
    });
    const claims = entities.flatMap(
      ({ facts: entity }) =>
        claimFinding(route, entity, snapshot, settings) ?? [],
    );
    const orphan =
      orphanOf === undefined
        ? []
        : [orphanFinding(route, snapshot.cluster, orphanOf)];
    return {
      ...exposure,
      findings: [...exposure.findings, ...claims, ...orphan],
    };
  });
}

function orphanFinding(
  { metadata: { name, namespace } }: HttpRoute,
  cluster: string,
  entityRef: string,
) {
  return {
    reason: 'EntityMissing',
    severity: 'warning' as const,
    message: `Route ${name} says that it belongs to ${entityRef}, which is not in the catalog. It still answers, and nobody's page shows it.`,
    remedy: `Remove route ${name}, or register ${entityRef} again.`,
    subject: { kind: 'HTTPRoute', name, namespace, cluster },
  };
}

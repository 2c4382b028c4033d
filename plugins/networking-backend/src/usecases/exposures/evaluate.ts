import {
  claimFinding,
  evaluateExposure,
  type EntityFacts,
  type Exposure,
  type Facts,
  type HttpRoute,
  type MatchReason,
  type ProbeFacts,
  type Route,
  type RouteReader,
} from 'backstage-plugin-networking-common';
import type { Caller } from '../../io/catalog';
import type { ReadCluster, Services } from '../services';
import { mapInTurns } from '../inTurns';
import { authorizedAmong } from './authorizedRoutes';
import { probeTargetsOf, targetsByCa } from './probeTargets';

/** A route, and the entities of it that may be named to the caller. */
export interface RouteToEvaluate<R extends Route = HttpRoute> {
  route: R;
  entities: { facts: EntityFacts; reason: MatchReason }[];
  /** A ref that its annotation names, where no such entity exists. */
  orphanOf?: string;
}

/**
 * A host that is in trouble and answered, or of which the cluster tells other than its answer: the answer may be older than
 * that, and only a newer one tells.
 */
const isContradicted = ({ hosts, findings }: Exposure) =>
  findings.some(({ details }) => details?.answered !== undefined) ||
  hosts.some(
    ({ verdict, probe }) =>
      verdict.word !== 'Live' && probe?.http !== undefined,
  );

/**
 * Gathers the facts of routes of one cluster and judges them, some at a time.
 *
 * @param options - `probes`: `now` asks the hosts that may be asked and waits for the answers,
 *   `latest` waits only where nothing good is known or the cluster tells of trouble that is newer than
 *   the answer, and `recent` takes what is known. None asks a host more often than the prober lets it.
 *   `reader`: other routes that claim the same hosts are named as far as this
 *   caller may read them, and to nobody without it. Only where there are such
 *   routes does that cost requests: then permissions are asked about them.
 */
export async function evaluateRoutes(
  services: Services,
  cluster: ReadCluster,
  routes: readonly RouteToEvaluate[],
  options: { probes: 'now' | 'latest' | 'recent'; reader?: Caller },
): Promise<Exposure[]> {
  let { judge, probes } = await judgeOf(
    services,
    cluster,
    routes,
    options.probes,
  );
  const others = routes.map(() => new Set<Route>());
  const judgeUnnamed = () =>
    mapInTurns(routes, (route, index) =>
      judge(route, other => {
        others[index].add(other);
        return undefined;
      }),
    );
  let exposures = await judgeUnnamed();
  if (options.probes === 'latest' && exposures.some(isContradicted)) {
    const before = new Set(probes.map(({ host, at }) => `${host} ${at}`));
    ({ judge, probes } = await judgeOf(services, cluster, routes, 'now'));
    const isNew = probes.some(({ host, at }) => !before.has(`${host} ${at}`));
    if (isNew) exposures = await judgeUnnamed();
  }
  const rivals = [...new Set(others.flatMap(ofOne => [...ofOne]))];
  if (!options.reader || rivals.length === 0) return exposures;
  const authorized = await authorizedAmong(
    services,
    cluster,
    options.reader,
    rivals,
    routes.flatMap(({ entities }) => entities.map(({ facts }) => facts.ref)),
  );
  const named = new Map(
    authorized.map(({ route, entities }): [Route, string[]] => [
      route,
      entities.map(({ facts }) => facts.ref),
    ]),
  );
  return mapInTurns(routes, (route, index) =>
    [...others[index]].some(other => named.has(other))
      ? judge(route, other => named.get(other))
      : exposures[index],
  );
}

type Judge = (route: RouteToEvaluate, readAs: RouteReader) => Exposure;

/** With the facts that IO has gathered. */
async function judgeOf(
  services: Services,
  { snapshot, settings, state }: ReadCluster,
  routes: readonly RouteToEvaluate[],
  kind: 'now' | 'latest' | 'recent',
): Promise<{ judge: Judge; probes: ProbeFacts[] }> {
  const targets = await mapInTurns(state.reachable ? routes : [], ({ route }) =>
    probeTargetsOf(services, { snapshot, settings }, route),
  );
  const { prober } = services;
  const probes = (
    await Promise.all(
      targetsByCa(targets.flat()).map(({ caPem, targets: ofOne }) => {
        const evidence = { settings, caPem };
        return {
          now: async () => (await prober.check(ofOne, evidence)).probes,
          latest: () => prober.latest(ofOne, evidence),
          recent: () => prober.recent(ofOne, evidence),
        }[kind]();
      }),
    )
  ).flat();
  const probesOf = new Map<string | undefined, Record<string, ProbeFacts>>();
  for (const probe of probes) {
    const uid = probe.route?.uid;
    probesOf.set(uid, { ...probesOf.get(uid), [probe.host]: probe });
  }
  const now = services.now().toISOString();
  const judge: Judge = ({ route, entities, orphanOf }, readAs) => {
    const facts: Facts = {
      certificates: services.certificates.lookup({ snapshot, settings }),
      probes: probesOf.get(route.metadata.uid) ?? {},
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
      readAs,
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
  };
  return { judge, probes };
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

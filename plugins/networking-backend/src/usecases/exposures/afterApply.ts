import { toError } from '@backstage/errors';
import {
  evaluateExposure,
  hostClaims,
  type Exposure,
  type Finding,
  type HttpRoute,
  type Route,
} from 'backstage-plugin-networking-common';
import type { Caller } from '../../io/catalog';
import type { AuthorizedEntity } from '../authorization';
import { refusal } from '../refusals';
import { readClusters, type ReadCluster, type Services } from '../services';
import { authorizedAmong } from './authorizedRoutes';
import { evaluateRoutes } from './evaluate';

interface Applied {
  /** The cluster as the plan saw it. */
  before: ReadCluster;
  host: string;
  entity: AuthorizedEntity;
  caller: Caller;
  /** As the API server answered. */
  written: HttpRoute;
}

/**
 * The exposure as the cluster has it now, and who else claims its host. The route
 * is written by now: what fails here is logged and a warning, and never an error.
 */
export async function judgeApplied(
  services: Services,
  applied: Applied,
): Promise<Exposure> {
  try {
    return await judge(services, applied);
  } catch (error) {
    const { before, entity, written } = applied;
    const { cluster } = before.settings;
    const { name, namespace } = written.metadata;
    services.logger.warn(
      `Route ${namespace}/${name} of cluster ${cluster} was written and could not be judged afterwards`,
      toError(error),
    );
    const exposure = evaluateExposure({
      route: written,
      snapshot: before.snapshot,
      settings: before.settings,
      facts: {},
      now: services.now().toISOString(),
      entities: [{ entityRef: entity.facts.ref, reason: 'annotation' }],
    });
    const finding: Finding = {
      reason: 'NotJudgedAfterWrite',
      severity: 'warning',
      message: `Route ${name} in ${namespace} was written. Whether another route claims its host too could not be found out afterwards.`,
      remedy: `Look at route ${name} in ${namespace} again.`,
      subject: { kind: 'HTTPRoute', name, namespace, cluster },
    };
    return { ...exposure, findings: [finding, ...exposure.findings] };
  }
}

async function judge(
  services: Services,
  { before, host, entity, caller, written }: Applied,
): Promise<Exposure> {
  const { cluster } = before.settings;
  const isSeen = await services.snapshots.written(cluster, written.metadata);
  const [read] = await readClusters(services, {
    only: cluster,
    fresh: !isSeen,
  });
  // What was last known is older than the write.
  if (!read.state.reachable) throw refusal(read.state.findings);
  const { namespace, name } = written.metadata;
  const route = read.snapshot.get('HTTPRoute', namespace, name) ?? written;
  const [exposure] = await evaluateRoutes(
    services,
    read,
    [{ route, entities: [{ facts: entity.facts, reason: 'annotation' }] }],
    { probes: 'recent', reader: caller },
  );
  const findings = await hostOwnershipFindings(services, read, {
    host,
    route,
    caller,
  });
  return { ...exposure, findings: [...findings, ...exposure.findings] };
}

/**
 * Who else claims a host after it was written: writers that do not take our lock
 * may have come between. Of two routes with one host and match the older goes
 * first, then the one whose namespace and name come first (Gateway API v1,
 * HTTPRouteRule, "matches").
 */
async function hostOwnershipFindings(
  services: Services,
  cluster: ReadCluster,
  { host, route, caller }: { host: string; route: HttpRoute; caller: Caller },
): Promise<Finding[]> {
  const rivals = hostClaims(host, cluster.snapshot)
    .filter(
      claim =>
        claim.kind === 'exact' &&
        claim.route.metadata.uid !== route.metadata.uid,
    )
    .map(claim => claim.route);
  if (rivals.length === 0) return [];
  const readable = new Set(
    (await authorizedAmong(services, cluster, caller, rivals)).map(
      authorized => authorized.route,
    ),
  );
  return rivals.map(other => {
    const { namespace, name } = other.metadata;
    const words = readable.has(other)
      ? `route ${namespace}/${name}`
      : 'a route of another team';
    const isFirst = precedence(other) < precedence(route);
    return {
      reason: 'HostTaken',
      severity: isFirst ? 'error' : 'warning',
      message: isFirst
        ? `Requests for ${host} go to ${words}, which came between and is older.`
        : `${words[0].toUpperCase()}${words.slice(
            1,
          )} claims ${host} too; requests go to this exposure, which is older.`,
      remedy: 'Remove one of the two routes.',
      subject: { kind: 'Host', name: host, cluster: cluster.settings.cluster },
    };
  });
}

/** Orders routes as the Gateway API does: creation time, then namespace/name. */
function precedence({ metadata }: Route): string {
  const { creationTimestamp = '', namespace, name } = metadata;
  return `${creationTimestamp} ${namespace}/${name}`;
}

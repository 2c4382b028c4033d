import { attachments } from '../gateway-api/attachments';
import { intersectHostname, normalizeHostname } from '../gateway-api/hostname';
import {
  isRecord,
  numberOf,
  objectsOf,
  stringsOf,
  textOf,
} from '../gateway-api/lenient';
import type { Snapshot } from '../gateway-api/snapshot';
import type { HttpRoute, HttpRouteRule } from '../gateway-api/types';
import { findingsOf } from '../findings/declare';
import type { Finding } from '../findings/types';
import { HOST_SENTENCES } from '../sentences/host';
import type { Destination, HOST_REASONS, ServedAt } from './hostReasons';
import type { ExposurePlan } from './types';

const found = findingsOf<typeof HOST_REASONS>(HOST_SENTENCES);

const isSame = (a: object, b: object) =>
  JSON.stringify(a) === JSON.stringify(b);

const isAmong = <T extends object>(all: readonly T[], one: T) =>
  all.some(each => isSame(each, one));

const onceEach = <T extends object>(all: readonly T[]): T[] =>
  all.filter((one, index) => !isAmong(all.slice(0, index), one));

/**
 * What stands against applying a plan whose request does not say `replace`: findings of severity `confirm`. None where
 * the plan changes nothing.
 * @public
 */
export function unconfirmedFindings(
  plan: Pick<ExposurePlan, 'action' | 'findings' | 'request'>,
): Finding[] {
  if (plan.action === 'unchanged' || plan.request.replace === true) return [];
  return plan.findings.filter(({ severity }) => severity === 'confirm');
}

/**
 * What writing `desired` over `live` does to requests that `live` takes now: they go to another Service or port, or
 * are not taken any more, since the route gives up a hostname or listener at which it is served. Nothing where the same
 * Service and port get the same requests.
 */
export function liveTrafficFindings(input: {
  live: HttpRoute;
  desired: HttpRoute;
  host: string;
  url: string;
  snapshot: Snapshot;
}): Finding[] {
  const { live, desired, host, url, snapshot } = input;
  const { name, namespace } = live.metadata;
  const shared = (field: string) =>
    ({
      actor: { is: 'reader' },
      subject: {
        kind: 'HTTPRoute',
        name,
        namespace,
        cluster: snapshot.cluster,
        field,
      },
    } as const);
  const findings: Finding[] = [];
  const from = destinationsOf(live);
  const to = destinationsOf(desired);
  if (takesHost(live, host) && from.some(each => !isAmong(to, each))) {
    findings.push({
      ...found('LiveTrafficMoves', {
        params: { host, url, from, to },
        ...shared('service'),
      }),
      severity: 'confirm',
    });
  }
  const kept = servedAt(desired, snapshot);
  const lost = servedAt(live, snapshot).filter(each => !isAmong(kept, each));
  if (lost.length > 0) {
    findings.push({
      ...found('LiveTrafficStops', {
        params: { route: { kind: 'HTTPRoute', namespace, name }, from: lost },
        ...shared('hostLabel'),
      }),
      severity: 'confirm',
    });
  }
  return findings;
}

/** Does a route claim this host, also by a wildcard or by naming none? */
function takesHost(route: HttpRoute, host: string): boolean {
  const hostnames = stringsOf(route.spec?.hostnames);
  return (
    hostnames.length === 0 ||
    hostnames.some(
      hostname => intersectHostname(normalizeHostname(hostname), host) === host,
    )
  );
}

/** Where the requests of a route go, each once. A backend of weight 0 gets none. */
function destinationsOf(route: HttpRoute): Destination[] {
  const { namespace } = route.metadata;
  return onceEach(
    objectsOf(route.spec?.rules).flatMap(rule => ruleTargets(rule, namespace)),
  );
}

function ruleTargets(rule: HttpRouteRule, namespace?: string): Destination[] {
  const answering = objectsOf(rule.filters).find(
    ({ type }) => type === 'RequestRedirect',
  );
  if (answering) {
    const target = answering.requestRedirect;
    const host = isRecord(target) ? textOf(target.hostname) : undefined;
    return [{ to: 'redirect', ...(host !== undefined && { host }) }];
  }
  return objectsOf(rule.backendRefs)
    .filter(({ weight }) => weight !== 0)
    .map(backend => {
      const name = textOf(backend.name);
      const other = textOf(backend.namespace);
      const port = numberOf(backend.port);
      return {
        to: 'backend',
        kind: textOf(backend.kind) ?? 'Service',
        ...(name !== undefined && { name }),
        ...(other !== undefined && other !== namespace && { namespace: other }),
        ...(port !== undefined && { port }),
      };
    });
}

/** Hosts at which listeners serve a route, each with its listener. */
function servedAt(route: HttpRoute, snapshot: Snapshot): ServedAt[] {
  return attachments(route, snapshot).flatMap(
    ({ parentRef: { kind, namespace, name }, listener, hosts }) =>
      hosts.map(host => ({
        host,
        listener: listener?.name ?? '',
        parent: { kind, namespace, name },
      })),
  );
}

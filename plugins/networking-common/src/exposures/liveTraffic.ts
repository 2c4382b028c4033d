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
import { listInWords } from '../findings/sort';
import type { Finding } from '../verdicts/types';
import type { ExposurePlan } from './types';

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
  const confirm = (
    rest: Pick<Finding, 'reason' | 'message' | 'remedy' | 'details'>,
    field: string,
  ): Finding => ({
    severity: 'confirm',
    subject: {
      kind: 'HTTPRoute',
      name,
      namespace,
      cluster: snapshot.cluster,
      field,
    },
    ...rest,
  });
  const from = destinationsOf(live);
  const to = listInWords(destinationsOf(desired));
  const findings: Finding[] = [];
  if (takesHost(live, host) && from.some(each => each !== to)) {
    findings.push(
      confirm(
        {
          reason: 'LiveTrafficMoves',
          message: `Requests to ${url} now go to ${listInWords(
            from,
          )}. After this change they go to ${to}.`,
          remedy: `Confirm that they may go to ${to}, or choose the Service and port that get them now.`,
          details: { host, from: from.join(', '), to },
        },
        'service',
      ),
    );
  }
  const kept = new Set(servedAt(desired, snapshot));
  const lost = servedAt(live, snapshot).filter(each => !kept.has(each));
  if (lost.length > 0) {
    const places = listInWords(lost);
    findings.push(
      confirm(
        {
          reason: 'LiveTrafficStops',
          message: `Route ${namespace}/${name} now takes requests to ${places}. After this change it does not.`,
          remedy: `Confirm that nobody needs ${places} any more, or expose it anew first.`,
          details: { from: lost.join(', ') },
        },
        'hostLabel',
      ),
    );
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

/** Where the requests of a route go, in words, each once. A backend of weight 0 gets none. */
function destinationsOf(route: HttpRoute): string[] {
  const { namespace } = route.metadata;
  return [
    ...new Set(
      objectsOf(route.spec?.rules).flatMap(rule =>
        ruleTargets(rule, namespace),
      ),
    ),
  ];
}

function ruleTargets(rule: HttpRouteRule, namespace?: string): string[] {
  const answering = objectsOf(rule.filters).find(
    ({ type }) => type === 'RequestRedirect',
  );
  if (answering) {
    const target = answering.requestRedirect;
    const where = isRecord(target) && textOf(target.hostname);
    return [where ? `a redirect to ${where}` : 'a redirect'];
  }
  return objectsOf(rule.backendRefs)
    .filter(({ weight }) => weight !== 0)
    .map(backend => {
      const kind = textOf(backend.kind) ?? 'Service';
      const name = textOf(backend.name) ?? 'without a name';
      const other = textOf(backend.namespace);
      const path =
        other === undefined || other === namespace ? name : `${other}/${name}`;
      const port = numberOf(backend.port);
      return `${kind} ${path}${port === undefined ? '' : ` port ${port}`}`;
    });
}

/** Hosts at which listeners serve a route, each with its listener. */
function servedAt(route: HttpRoute, snapshot: Snapshot): string[] {
  return attachments(route, snapshot).flatMap(
    ({ parentRef, listener, hosts }) =>
      hosts.map(
        host =>
          `${host} at listener ${listener?.name} of ${parentRef.kind} ${parentRef.namespace}/${parentRef.name}`,
      ),
  );
}

import type { Exposure, ExposureHost, MatchReason } from '../exposures/types';
import {
  deliveryToolOf,
  isManaged,
  isPlatformRoute,
} from '../exposures/managers';
import { sortFindings } from '../findings/sort';
import { textOf } from '../gateway-api/lenient';
import type { Snapshot } from '../gateway-api/snapshot';
import type { HttpRoute } from '../gateway-api/types';
import type { ClusterSettings } from '../settings/types';
import { ANY_HOST_NOTES } from './anyHost';
import { BACKEND_CHECKS } from './backend';
import { certificateOutcomes, gatherHostCertificate } from './certificate';
import type { RouteReader } from './contests';
import { dnsOf } from './dns';
import { gatherHost, gatherRoute, hostsOf, type HostInput } from './input';
import { LISTENER_CHECKS } from './listener';
import { ROUTE_NOTES } from './otherConditions';
import {
  outcome,
  rankOf,
  runChecks,
  withoutEchoes,
  worstOutcome,
} from '../findings/outcome';
import { PROBE_CHECKS } from './probe';
import { findingsOf } from '../findings/declare';
import { PROBE_SENTENCES } from '../sentences/probe';
import type { PROBE_REASONS } from './probeReasons';
import { ROUTE_CHECKS } from './route';
import { tlsStatus, worstTls } from './tls';
import type { Facts, Finding, Verdict } from './types';
import { wayOf } from './way';

const told = findingsOf<typeof PROBE_REASONS>(PROBE_SENTENCES);

function evaluateHost(input: HostInput): {
  host: ExposureHost;
  findings: Finding[];
} {
  const served = gatherHostCertificate(input);
  const certificate = certificateOutcomes(served);
  const probe = runChecks(PROBE_CHECKS, input);
  const dns = dnsOf(input);
  const listener = input.primary ? runChecks(LISTENER_CHECKS, input) : [];
  const causes = [...listener, ...certificate];
  const outcomes = [
    ...withoutEchoes(runChecks(ROUTE_CHECKS, input), causes),
    ...listener,
    ...runChecks(BACKEND_CHECKS, input),
    ...certificate,
    ...withoutEchoes(probe, causes),
    ...(dns?.outcomes ?? []),
    ...runChecks(ROUTE_NOTES, input),
    ...runChecks(ANY_HOST_NOTES, input),
  ];
  const decider = worstOutcome(outcomes) ?? {
    ...outcome(
      'Unknown',
      'client',
      told('NotProbed', {
        params: { host: input.host, isAccepted: false },
        actor: { is: 'nobody' },
        subject: input.subject,
      }),
    ),
    word: 'Unknown' as const,
  };
  const { url } = input;
  return {
    host: {
      host: input.host,
      ...(url !== undefined && { url }),
      ...(input.primary && { listener: input.primary.listener.name }),
      verdict: { word: decider.word, finding: decider.finding },
      tls: tlsStatus(input, served, certificate),
      way: wayOf(input, outcomes, decider, certificate),
      ...(input.probe && { probe: input.probe }),
      ...(dns && { dns: dns.status }),
      ...(input.contests.length > 0 && { contest: [...input.contests] }),
    },
    // That something is not proved is beside the point where something else has decided.
    findings: outcomes
      .filter(
        found =>
          found.word !== 'Live' &&
          (found.word !== 'Unknown' ||
            !probe.includes(found) ||
            found.finding === decider.finding),
      )
      .map(({ finding }) => finding),
  };
}

/** What is said of several hosts, or by several checks, once: the worst of it, worst first. */
function distinct(findings: readonly Finding[]): Finding[] {
  const said = new Map<string, Finding>();
  for (const finding of sortFindings([...findings])) {
    const { reason, params, message } = finding;
    const key = params ? `${reason} ${JSON.stringify(params)}` : message;
    if (!said.has(key)) said.set(key, finding);
  }
  return [...said.values()];
}

const worstVerdict = (verdicts: readonly Verdict[]): Verdict =>
  verdicts.reduce((a, b) => (rankOf(b.word) > rankOf(a.word) ? b : a));

/**
 * Judges a route: every host with its URL, verdict, TLS status and way, and all findings. Takes whatever an API server
 * can hold and never throws. A verdict is Live only where a probe of this very uid and generation got a good answer and
 * nothing else is wrong.
 *
 * @param input - `now` is ISO 8601; `facts` are what IO has gathered, and whatever they leave out counts as not known.
 * `readAs` says what the reader may know of other routes that claim a host of this one, and is asked of no others; without
 * it none is named. It changes names in sentences, and no verdict.
 * @public
 */
export function evaluateExposure(input: {
  route: HttpRoute;
  snapshot: Snapshot;
  settings: ClusterSettings;
  facts: Facts;
  now: string;
  entities: { entityRef: string; reason: MatchReason }[];
  readAs?: RouteReader;
}): Exposure {
  const { route, snapshot, settings, facts, now, entities, readAs } = input;
  const gathered = gatherRoute(route, snapshot, settings, now, readAs);
  const judged = hostsOf(gathered).map(host =>
    evaluateHost(
      gatherHost(gathered, host, {
        certificates: facts.certificates,
        probe: facts.probes?.[host],
      }),
    ),
  );
  const hosts = judged.map(({ host }) => host);
  const { metadata } = route;
  const managedBy = deliveryToolOf(route);
  const resourceVersion = textOf(metadata.resourceVersion);
  const createdAt = textOf(metadata.creationTimestamp);
  return {
    cluster: settings.cluster,
    namespace: textOf(metadata.namespace) ?? '',
    name: textOf(metadata.name) ?? '',
    uid: textOf(metadata.uid) ?? '',
    generation: gathered.generation,
    ...(resourceVersion !== undefined && { resourceVersion }),
    ...(createdAt !== undefined && { createdAt }),
    kind: 'HTTPRoute',
    managed: isManaged(route) && !isPlatformRoute(route, settings),
    ...(managedBy !== undefined && { managedBy }),
    entities,
    hosts,
    services: gathered.backends
      .filter(({ kind }) => kind === 'Service')
      .map(({ namespace, name, port, weight, endpoints }) => ({
        namespace,
        name,
        ...(port !== undefined && { port }),
        weight,
        ...(endpoints && { ready: endpoints.ready, total: endpoints.total }),
      })),
    verdict: worstVerdict(hosts.map(({ verdict }) => verdict)),
    tls: worstTls(hosts.map(({ tls }) => tls)),
    findings: distinct(judged.flatMap(({ findings }) => findings)),
  };
}

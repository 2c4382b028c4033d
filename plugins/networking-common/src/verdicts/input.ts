import { attachments, type Attachment } from '../gateway-api/attachments';
import { findCondition } from '../gateway-api/conditions';
import { intersectHostname, normalizeHostname } from '../gateway-api/hostname';
import { objectsOf, stringsOf, textOf } from '../gateway-api/lenient';
import { parentStatusFor } from '../gateway-api/parents';
import { ruleOfPlainGet } from '../gateway-api/precedence';
import { probePath } from '../gateway-api/probePath';
import type { Snapshot } from '../gateway-api/snapshot';
import type {
  Condition,
  HttpRoute,
  RouteParentStatus,
} from '../gateway-api/types';
import type { HostContest } from '../exposures/types';
import type { ObjectName } from '../findings/types';
import type { ClusterSettings } from '../settings/types';
import { backendStates, type BackendState } from './backends';
import {
  decisiveAttachment,
  gatherContests,
  readContests,
  type RouteReader,
} from './contests';
import {
  hasPublicPort,
  hostUrl,
  isNamed,
  isOurs,
  isServing,
  type Serving,
} from './reach';
import type { Shadow } from './shadow';
import { certificateFor } from '../certificates/choose';
import { factsAt } from '../certificates/facts';
import type {
  CertificateFacts,
  CertificateLookup,
} from '../certificates/types';
import type { ProbeFacts, Subject } from './types';

/** What is known of a route, gathered once for all of its hosts. */
export interface RouteInput {
  route: HttpRoute;
  snapshot: Snapshot;
  settings: ClusterSettings;
  /** Milliseconds since the epoch. */
  now: number;
  /** `HTTPRoute shop/shop`. */
  title: string;
  subject: Subject;
  generation: number;
  attachments: readonly Attachment[];
  /** Those that lead to the Gateway of the settings. */
  ours: readonly Attachment[];
  backends: readonly BackendState[];
  path?: string;
  readAs: RouteReader;
}

/** What is known of one host of a route. */
export interface HostInput extends RouteInput {
  host: string;
  /** The listeners of our Gateway that serve the host. */
  https?: Serving;
  http?: Serving;
  /** The one that is judged: https where there is one. */
  primary?: Serving;
  /** Absolute URL; undefined for a wildcard, and where no listener on a port that the settings know serves the host. */
  url?: string;
  /** What our controller said of the parent that is judged. */
  status?: RouteParentStatus;
  /** What the https listener may serve, one for each Secret that it names. */
  candidates: readonly CertificateFacts[];
  /** The one of them that it serves the host with. */
  certificate?: CertificateFacts;
  /** The last probe of this host, of whatever generation. */
  probe?: ProbeFacts;
  /** That probe, where it was made of the route as it stands now. */
  proof?: ProbeFacts;
  /** What other routes take from this one at this host. */
  shadow?: Shadow;
  /** Could another route have given the answer of the probe? */
  othersMayAnswer: boolean;
  /** The place in `spec.rules` of the rule that the probe asks; undefined where that is not known. */
  probedRule?: number;
  /** Other routes that claim the host, as the reader may know them. */
  contests: readonly HostContest[];
}

/** `kube-system/idp-gateway`. */
export const gatewayTitle = ({ gateway }: ClusterSettings): string =>
  `${gateway.namespace}/${gateway.name}`;

/** The Gateway of the settings, as a sentence names it. */
export const ownGateway = ({ gateway }: ClusterSettings): ObjectName => ({
  kind: 'Gateway',
  namespace: gateway.namespace,
  name: gateway.name,
});

/** An answer that shows that requests reach the Service. */
export const isAnswer = (status: number): boolean =>
  (status >= 200 && status < 400) || status === 401 || status === 405;

/** Is the host served by an https listener of which the settings do not know the public port? */
export const isElsewhere = ({ https, settings }: HostInput): boolean =>
  https !== undefined && !hasPublicPort(https, settings);

/**
 * May a condition be about this generation? Not where it tells of an earlier one. A controller that tells none is taken at its
 * word: it would otherwise be waited for without end.
 */
export const isCurrent = (
  { observedGeneration }: Condition,
  generation: number,
): boolean =>
  typeof observedGeneration !== 'number' || observedGeneration >= generation;

/** Is it known that a condition is about this generation? Where it tells none, only if there never was another. */
export const isSurelyCurrent = (
  condition: Condition,
  generation: number,
): boolean =>
  isCurrent(condition, generation) &&
  (typeof condition.observedGeneration === 'number' || generation <= 1);

const numberOr = (value: unknown, fallback: number) =>
  typeof value === 'number' && Number.isFinite(value) ? value : fallback;

/** Generation of an object; 0 where it has none. */
export const generationOf = (object: {
  metadata?: { generation?: number };
}): number => numberOr(object.metadata?.generation, 0);

/** Gathers what every host of a route shares. */
export function gatherRoute(
  route: HttpRoute,
  snapshot: Snapshot,
  settings: ClusterSettings,
  now: string,
  readAs: RouteReader = () => undefined,
): RouteInput {
  const namespace = textOf(route.metadata?.namespace) ?? '';
  const name = textOf(route.metadata?.name) ?? '';
  const all = attachments(route, snapshot);
  return {
    route,
    snapshot,
    settings,
    now: numberOr(Date.parse(now), 0),
    title: `HTTPRoute ${namespace}/${name}`,
    subject: { kind: 'HTTPRoute', name, namespace, cluster: settings.cluster },
    generation: generationOf(route),
    attachments: all,
    ours: all.filter(attachment => isOurs(attachment, settings)),
    backends: backendStates(route, snapshot),
    path: probePath(route),
    readAs,
  };
}

/**
 * The hosts of a route: as its listeners serve them, and those that no listener serves, at which it is dead however
 * well its other hosts do.
 */
export function hostsOf({ route, attachments: all }: RouteInput): string[] {
  const served = all.flatMap(attachment => attachment.hosts);
  const asked = stringsOf(route.spec?.hostnames).map(normalizeHostname);
  const dead = asked.filter(
    hostname =>
      !served.some(host => intersectHostname(hostname, host) === host),
  );
  const hosts = [...new Set([...served, ...dead])];
  return hosts.length > 0 ? hosts : ['*'];
}

/**
 * A listener of a protocol that carries no HTTP, at which the controller has accepted the route all the same: what it says
 * of the listener counts then.
 */
function acceptedAllTheSame(input: RouteInput): Serving | undefined {
  const { ours, route, settings, generation } = input;
  return ours.filter(isServing).find(({ parentRef, listener }) => {
    if (['HTTP', 'HTTPS'].includes(listener.protocol)) return false;
    const { controller } = settings.gateway;
    const status = parentStatusFor(route, parentRef, controller);
    const accepted = findCondition(status?.conditions, 'Accepted');
    return accepted?.status === 'True' && isCurrent(accepted, generation);
  });
}

/** Adds what is known of one host. */
export function gatherHost(
  input: RouteInput,
  host: string,
  facts: { certificates?: CertificateLookup; probe?: ProbeFacts },
): HostInput {
  const { ours, settings, route, generation, path, snapshot } = input;
  const serving = ours
    .filter(isServing)
    .filter(({ hosts }) => hosts.includes(host));
  const { controller } = settings.gateway;
  const best = (protocol: string) => {
    const found = serving.filter(
      ({ listener }) => listener.protocol === protocol,
    );
    return (
      found.find(one => isNamed(one, settings)) ??
      found.find(one => hasPublicPort(one, settings)) ??
      found[0]
    );
  };
  const https: Serving | undefined = best('HTTPS');
  const http: Serving | undefined = best('HTTP');
  const serves = https ?? http;
  const primary = serves ?? acceptedAllTheSame(input);
  const url = hostUrl({ https, http }, host, settings);
  const ref = (primary ?? ours[0])?.parentRef;
  const probe = facts.probe?.host === host ? facts.probe : undefined;
  const uid = textOf(route.metadata?.uid);
  const isProof =
    uid !== undefined &&
    probe?.notShown === undefined &&
    probe?.route?.uid === uid &&
    probe.route.generation === generation;
  const proof = isProof ? probe : undefined;
  const candidates = https
    ? factsAt(
        https.listenerSet ?? https.gateway,
        https.listener,
        snapshot,
        settings,
        facts.certificates,
      )
    : [];
  const contested =
    serves &&
    gatherContests({
      route,
      host,
      through: decisiveAttachment(serves, serving),
      path,
      snapshot,
      settings,
    });
  return {
    ...input,
    host,
    https,
    http,
    primary,
    ...(url !== undefined && { url }),
    status: ref && parentStatusFor(route, ref, controller),
    candidates,
    certificate: certificateFor(
      host,
      candidates,
      proof?.tls?.leaf?.fingerprintSha256,
    ),
    probe,
    proof,
    shadow: contested?.shadow,
    othersMayAnswer: contested?.othersMayAnswer ?? true,
    probedRule:
      path === undefined ? undefined : ruleOfPlainGet(route, host, path),
    contests: readContests(contested?.contests ?? [], input.readAs),
  };
}

/** What our controller said of the route, by type. */
export const routeCondition = (
  { status }: HostInput,
  type: string,
): Condition | undefined => findCondition(status?.conditions, type);

/** The status of the listener that is judged. */
export function listenerStatus({ primary }: HostInput) {
  const holder = primary?.listenerSet ?? primary?.gateway;
  return objectsOf(holder?.status?.listeners).find(
    listener => listener.name === primary?.listener.name,
  );
}

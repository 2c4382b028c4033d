import { hostClaims } from '../exposures/hostClaims';
import { isHttpRoute } from '../exposures/matching';
import type { WayStop } from '../exposures/types';
import { findingsOf } from '../findings/declare';
import type { Actor, Finding } from '../findings/types';
import { intersectHostname } from '../gateway-api/hostname';
import { isRecord, objectsOf, textOf } from '../gateway-api/lenient';
import type { RedirectTarget } from '../gateway-api/location';
import { isSameParent } from '../gateway-api/parents';
import { httpsRedirectPort, redirectsToHttps } from '../gateway-api/redirects';
import { PROBE_SENTENCES } from '../sentences/probe';
import { isService } from './backendKinds';
import { nameOf, routeOf } from './backendTrouble';
import { servingAttachments } from './contest';
import type { HostInput } from './input';
import type { PROBE_REASONS, RedirectChange, Redirector } from './probeReasons';
import { publicHttpPort } from './reach';
import type { ProbeFacts, Subject, VerdictWord } from './types';

const told = findingsOf<typeof PROBE_REASONS>(PROBE_SENTENCES);

/** What is wrong with where an answer sends its clients. */
export interface RedirectFault {
  word: VerdictWord;
  stop: WayStop['kind'];
  finding: Omit<Finding, 'severity'>;
}

/** The statuses that clients follow (RFC 9110, section 15.4). */
const FOLLOWED: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

interface Redirected {
  input: HostInput;
  proof: ProbeFacts;
  target: RedirectTarget;
}

/**
 * Does an answer send its client to the very URL that was asked? A query or a cookie makes the next request another one, whose
 * answer nobody knows.
 *
 * @param publicPort - of the URL that was asked. Default: whatever port it leads to counts as that
 * @public
 */
export function leadsBack(
  { host, path, http }: ProbeFacts,
  publicPort?: number,
): boolean {
  const { status = 0, redirect, setsCookie } = http ?? {};
  return (
    FOLLOWED.has(status) &&
    redirect?.scheme === 'https' &&
    redirect.host === host &&
    redirect.port === (publicPort ?? redirect.port) &&
    redirect.path === path &&
    !redirect.hasQuery &&
    setsCookie !== true
  );
}

const leadsToSamePath = ({ input, proof, target }: Redirected): boolean =>
  target.host === input.host &&
  target.path === proof.path &&
  !target.hasQuery &&
  proof.http?.setsCookie !== true;

/** Is it a name that leads to our gateway? A listener without a hostname claims none. */
function isOurHost({ input, target }: Redirected): boolean {
  const { host, ours, settings } = input;
  const { dnsSuffix } = settings.network;
  return (
    target.host === host ||
    (dnsSuffix !== undefined && target.host.endsWith(`.${dnsSuffix}`)) ||
    ours.some(({ gateway }) =>
      objectsOf(gateway?.spec?.listeners).some(
        ({ hostname }) =>
          textOf(hostname) !== undefined &&
          intersectHostname(hostname, target.host) === target.host,
      ),
    )
  );
}

/** Does a setting or a listener of the Gateway have the port for the scheme? */
function isKnownPort({ input, target }: Redirected): boolean {
  const { ours, settings } = input;
  const { network, gateway } = settings;
  const isSecure = target.scheme === 'https';
  const known = isSecure
    ? [network.publicHttpsPort, network.nodeportHttps, gateway.httpsPort]
    : [publicHttpPort(settings), network.nodeportHttp, gateway.httpPort];
  const ofListeners = ours.flatMap(found =>
    objectsOf(found.gateway?.spec?.listeners)
      .filter(({ protocol }) => (protocol === 'HTTP') !== isSecure)
      .map(({ port }) => port),
  );
  return [...known, ...ofListeners].includes(target.port ?? 0);
}

/** The redirect that the route itself makes of the request that was asked. */
function ownRedirect({ route, probedRule }: HostInput) {
  if (probedRule === undefined) return undefined;
  const rule = objectsOf(route.spec?.rules)[probedRule];
  const filter = objectsOf(rule?.filters).find(
    ({ type }) => type === 'RequestRedirect',
  );
  return filter && isRecord(filter.requestRedirect)
    ? filter.requestRedirect
    : undefined;
}

/** The one Service behind the rule that was asked, where nobody else can have answered. */
function answeringService({
  backends,
  probedRule,
  othersMayAnswer,
}: HostInput) {
  if (probedRule === undefined || othersMayAnswer) return undefined;
  const behind = backends.filter(({ rules }) => rules.includes(probedRule));
  return behind.length === 1 && isService(behind[0]) ? behind[0] : undefined;
}

/** Who sends clients there, and what to change. */
interface Blame {
  stop: WayStop['kind'];
  by: Redirector;
  actor: Actor;
  subject: Subject;
}

function blame(
  { input }: Redirected,
  ofRoute: (rule: number) => { change: RedirectChange; field: string },
): Blame {
  const { subject, probedRule, settings } = input;
  const mine = { stop: 'route', actor: { is: 'reader' }, subject } as const;
  if (probedRule !== undefined && ownRedirect(input)) {
    const { change, field } = ofRoute(probedRule);
    return {
      ...mine,
      by: { is: 'route', route: routeOf(input), change },
      subject: { ...subject, field },
    };
  }
  const service = answeringService(input);
  if (!service) return { ...mine, by: { is: 'unknown' } };
  const name = nameOf(service);
  return {
    stop: 'service',
    by: { is: 'service', service: name },
    actor: { is: 'owner', of: name },
    subject: { ...name, cluster: settings.cluster },
  };
}

function sectionNameField({ route, https }: HostInput): string {
  const refs = objectsOf(route.spec?.parentRefs);
  const index = refs.findIndex(
    ref => https !== undefined && isSameParent(https.parentRef, ref, route),
  );
  return `spec.parentRefs[${Math.max(0, index)}].sectionName`;
}

/** How a route ceases to redirect what comes by HTTPS. */
function withoutOwnRedirect(input: HostInput) {
  const { route, settings } = input;
  const { httpSection: listener } = settings.gateway;
  return (rule: number): { change: RedirectChange; field: string } =>
    redirectsToHttps(route)
      ? {
          change: { what: 'attach', listener },
          field: sectionNameField(input),
        }
      : {
          change: { what: 'remove', rule, listener },
          field: `spec.rules[${rule}]`,
        };
}

function loop(found: Redirected, viaClear = false): RedirectFault {
  const { input, proof } = found;
  const { stop, by, ...about } = blame(found, withoutOwnRedirect(input));
  return {
    word: 'Broken',
    stop,
    finding: told('RedirectsToItself', {
      params: { path: proof.path, host: input.host, by, viaClear },
      ...about,
    }),
  };
}

const targetOf = ({ scheme, host, port }: RedirectTarget) => ({
  scheme,
  host,
  ...(port !== undefined && { port }),
});

function unknownPort(found: Redirected): RedirectFault {
  const { input, proof, target } = found;
  const { publicHttpsPort: port } = input.settings.network;
  const { stop, by, ...about } = blame(
    found,
    leadsToSamePath(found)
      ? // With the right port it would lead to itself.
        withoutOwnRedirect(input)
      : rule => ({
          change: { what: 'port', rule, port },
          field: `spec.rules[${rule}]`,
        }),
  );
  return {
    word: 'Degraded',
    stop,
    finding: told('RedirectsToUnknownPort', {
      params: { path: proof.path, host: input.host, by, to: targetOf(target) },
      ...about,
    }),
  };
}

function toClear(found: Redirected): RedirectFault {
  const { input, proof, target } = found;
  const { stop, by, ...about } = blame(found, rule => ({
    change: { what: 'scheme', rule },
    field: `spec.rules[${rule}]`,
  }));
  return {
    word: 'Degraded',
    stop,
    finding: told('RedirectsToClear', {
      params: { path: proof.path, host: input.host, by, to: targetOf(target) },
      ...about,
    }),
  };
}

/** Does every route that answers the host in clear do nothing but send requests to HTTPS at the public port? */
function comesBack({ input }: Redirected): boolean {
  const { host, ours, snapshot, settings } = input;
  const [gateway] = ours.flatMap(found => found.gateway ?? []);
  const answering = hostClaims(host, snapshot)
    .map(({ route }) => route)
    .filter(isHttpRoute)
    .filter(route =>
      servingAttachments(route, host, snapshot).some(
        found =>
          found.gateway === gateway && found.listener.protocol === 'HTTP',
      ),
    );
  return (
    answering.length > 0 &&
    answering.every(
      route => httpsRedirectPort(route) === settings.network.publicHttpsPort,
    )
  );
}

/**
 * What is wrong with where an answer sends its clients: to itself, to a port of ours that nothing has, or from HTTPS to clear
 * HTTP. Undefined where nothing is known to be: another path, a login elsewhere. A loop over two hosts is not judged.
 */
export function redirectFault(
  input: HostInput,
  proof: ProbeFacts,
): RedirectFault | undefined {
  const { status = 0, redirect: target } = proof.http ?? {};
  if (!FOLLOWED.has(status) || !target) return undefined;
  const found = { input, proof, target };
  if (leadsBack(proof, input.settings.network.publicHttpsPort)) {
    return loop(found);
  }
  const isWeb = target.scheme === 'https' || target.scheme === 'http';
  if (!isWeb || !isOurHost(found)) return undefined;
  if (!isKnownPort(found)) return unknownPort(found);
  if (target.scheme !== 'http') return undefined;
  return leadsToSamePath(found) && comesBack(found)
    ? loop(found, true)
    : toClear(found);
}

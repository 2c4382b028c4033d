import { isRecord, objectsOf, textOf } from '../gateway-api/lenient';
import type { RedirectTarget } from '../gateway-api/location';
import { intersectHostname } from '../gateway-api/hostname';
import { isSameParent } from '../gateway-api/parents';
import { httpsRedirectPort, redirectsToHttps } from '../gateway-api/redirects';
import { hostClaims } from '../exposures/hostClaims';
import { isHttpRoute } from '../exposures/matching';
import { urlOf } from '../hostnames/url';
import { VERDICT_REASONS as REASON } from '../findings/reasons';
import { backendTitle, isService } from './backendKinds';
import { servingAttachments } from './contest';
import type { HostInput } from './input';
import { publicHttpPort } from './reach';
import type { Finding, ProbeFacts, Subject, VerdictWord } from './types';
import type { WayStop } from '../exposures/types';

/** What is wrong with where an answer sends its clients. */
export interface RedirectFault
  extends Pick<Finding, 'reason' | 'message' | 'remedy'> {
  word: VerdictWord;
  stop: WayStop['kind'];
  subject: Subject;
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

/** Who sends clients there, and what to say of it. */
function blame(
  { input }: Redirected,
  remedies: {
    route(rule: number): Pick<RedirectFault, 'remedy'> & { field: string };
    service(title: string): string;
    other: string;
  },
): Pick<RedirectFault, 'remedy' | 'subject' | 'stop'> {
  const { subject, probedRule, settings } = input;
  if (probedRule !== undefined && ownRedirect(input)) {
    const { remedy, field } = remedies.route(probedRule);
    return { stop: 'route', remedy, subject: { ...subject, field } };
  }
  const service = answeringService(input);
  if (!service) return { stop: 'route', remedy: remedies.other, subject };
  const { namespace, name } = service;
  return {
    stop: 'service',
    remedy: remedies.service(backendTitle(service)),
    subject: { kind: 'Service', name, namespace, cluster: settings.cluster },
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
  const { route, title, settings } = input;
  const { httpSection } = settings.gateway;
  return (rule: number) =>
    redirectsToHttps(route)
      ? {
          remedy: `Set sectionName: ${httpSection} on the parentRef of ${title}, so that only requests in clear are redirected.`,
          field: sectionNameField(input),
        }
      : {
          remedy: `Remove spec.rules[${rule}] of ${title}, which redirects what the next rule is to answer, or move it to a route of its own on listener ${httpSection}.`,
          field: `spec.rules[${rule}]`,
        };
}

const trustProtocol = (service: string) =>
  `Have ${service} trust the header X-Forwarded-Proto, or turn off its own redirect to HTTPS: TLS ends at the gateway, so every request reaches it in clear.`;

function loop(found: Redirected, how = 'to itself'): RedirectFault {
  const { input, proof } = found;
  return {
    word: 'Broken',
    reason: REASON.redirectsToItself,
    message: `Browsers give up on ${proof.path}: it is redirected ${how} for ever.`,
    ...blame(found, {
      route: withoutOwnRedirect(input),
      service: trustProtocol,
      other: `Find out what redirects ${proof.path} of ${input.host}: a filter or another route of the host, or the service behind it.`,
    }),
  };
}

const titleOf = ({ scheme, host, port }: RedirectTarget) =>
  scheme === 'https' || scheme === 'http'
    ? urlOf(host, { scheme, port: port ?? 0 })
    : `${scheme}://${host}`;

function unknownPort(found: Redirected): RedirectFault {
  const { input, proof, target } = found;
  const { publicHttpsPort } = input.settings.network;
  return {
    word: 'Degraded',
    reason: REASON.redirectsToUnknownPort,
    message: `${proof.path} redirects to ${titleOf(
      target,
    )}, where nothing of this gateway is known to answer.`,
    ...blame(found, {
      route: leadsToSamePath(found)
        ? // With the right port it would lead to itself.
          withoutOwnRedirect(input)
        : rule => ({
            remedy: `Set port: ${publicHttpsPort} in requestRedirect of spec.rules[${rule}] of ${input.title}.`,
            field: `spec.rules[${rule}]`,
          }),
      service: service =>
        `Have ${service} take the port of its redirects from the Host header, or redirect to a path alone.`,
      other: `Correct the port of what redirects ${proof.path} of ${input.host}.`,
    }),
  };
}

function toClear(found: Redirected): RedirectFault {
  const { input, proof, target } = found;
  return {
    word: 'Degraded',
    reason: REASON.redirectsToClear,
    message: `${proof.path} redirects to ${titleOf(
      target,
    )}, so the next request is sent in clear, and comes back here where HTTP is redirected to HTTPS.`,
    ...blame(found, {
      route: rule => ({
        remedy: `Set scheme: https in requestRedirect of spec.rules[${rule}] of ${input.title}.`,
        field: `spec.rules[${rule}]`,
      }),
      service: service =>
        `Have ${service} trust the header X-Forwarded-Proto, so that its redirects keep to https.`,
      other: `Correct the scheme of what redirects ${proof.path} of ${input.host}.`,
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
    ? loop(found, 'to clear HTTP and back')
    : toClear(found);
}

import { isRecord, objectsOf, textOf } from '../gateway-api/lenient';
import { TAKE_UP_MS } from '../certificates/judge';
import { outcome, type Outcome } from '../findings/outcome';
import { VERDICT_REASONS as REASON } from '../findings/reasons';
import { isRefused, saysServed } from './acceptance';
import { backendTitle } from './backendKinds';
import { doubtfulFilter } from './filters';
import { isCilium } from '../settings/implementations';
import {
  isAnswer,
  listenerStatus,
  routeCondition,
  type HostInput,
} from './input';
import { redirectFault } from './redirects';
import type { Finding, ProbeFacts, Subject, VerdictWord } from './types';
import type { WayStop } from '../exposures/types';

type HttpFacts = NonNullable<ProbeFacts['http']>;

/** By whom an answer is; `either` where nothing proves it. */
type Author = 'gateway' | 'service' | 'either';

/**
 * Bodies of answers that Envoy, which is Cilium's proxy, gives itself, by status. An answer to which no route or no backend
 * belongs has none; a policy's refusal has the text of the agent's option `http-403-msg`, which is this one unless set. Traefik
 * is not among them: its 404 is word for word that of every service written in Go.
 */
const ENVOY_BODIES: Readonly<Record<number, readonly RegExp[]>> = {
  403: [/^Access denied\s*$/],
  404: [/^$/],
  421: [/^$/, /^Misdirected Request\s*$/i],
  500: [/^$/],
  502: [/^upstream connect error or disconnect\/reset/],
  503: [
    /^no healthy upstream/,
    /^upstream connect error or disconnect\/reset/,
    /^upstream request timeout/,
  ],
  504: [/^upstream request timeout/, /^stream timeout/],
};

/** Headers by which Envoy's own answers are known. A route that changes them proves nothing. */
const TELLING_HEADERS = ['server', 'x-envoy-upstream-service-time'];

function changesTellingHeaders({ route }: HostInput): boolean {
  const rules = objectsOf(route.spec?.rules);
  const filters = rules.flatMap(rule => [
    ...objectsOf(rule.filters),
    ...objectsOf(rule.backendRefs).flatMap(ref => [
      ...objectsOf(ref.filters as object[] | undefined),
    ]),
  ]);
  return filters.some(filter => {
    const { responseHeaderModifier: change } = filter as Record<
      string,
      unknown
    >;
    if (!isRecord(change)) return false;
    const named = [change.set, change.add].flatMap(list =>
      objectsOf(list as { name?: unknown }[]).map(({ name }) => textOf(name)),
    );
    const removed = Array.isArray(change.remove) ? change.remove : [];
    return [...named, ...removed].some(
      name =>
        typeof name === 'string' &&
        TELLING_HEADERS.includes(name.toLowerCase()),
    );
  });
}

function authorOf(http: HttpFacts, input: HostInput): Author {
  if (http.fromService === true) return 'service';
  const isEnvoys =
    isCilium(input.settings) &&
    http.server === 'envoy' &&
    http.body !== undefined &&
    ENVOY_BODIES[http.status]?.some(body => body.test(http.body ?? ''));
  return isEnvoys && !changesTellingHeaders(input) ? 'gateway' : 'either';
}

/** What is to be said of an answer, before subject and details. */
interface Words extends Pick<Finding, 'reason' | 'message' | 'remedy'> {
  word: VerdictWord;
  stop: WayStop['kind'];
  /** What it is about; default: the route. */
  subject?: Subject;
}

interface Answer {
  input: HostInput;
  proof: ProbeFacts;
  http: HttpFacts;
  author: Author;
  /** `Service shop/shop`; of a backend of another kind its own. */
  service: string;
  /** `, port 8080`. */
  port: string;
}

const denied = ({ proof, service, port }: Answer): Words => ({
  word: 'Broken',
  stop: 'listener',
  reason: REASON.deniedByPolicy,
  message: `Requests get 403 at ${proof.path} from the gateway itself: a network policy of the cluster denies them.`,
  remedy: `Allow the gateway (fromEntities: ingress) to reach the pods of ${service}${port} in a CiliumNetworkPolicy; where other hosts get 403 too, ask the platform's admins to let clients reach the gateway.`,
});

function noRoute({ input, proof }: Answer): Words {
  if (saysServed(input)) {
    return {
      word: 'Broken',
      stop: 'route',
      reason: REASON.acceptedNotServed,
      message: `Requests get 404 at ${proof.path} from the gateway itself, although the cluster says Accepted and Programmed: its proxy does not serve ${input.title}.`,
      remedy: `Ask the platform's admins to read the log of ${input.settings.gateway.controller}, and of the proxy, for changes that were not taken up, as where the gateway's routes have become too many for one object.`,
    };
  }
  return {
    word: 'Broken',
    stop: 'route',
    reason: REASON.answersNoRoute,
    message: `Requests get 404 at ${proof.path} from the gateway: it knows no route for ${input.host}.`,
    remedy: `Correct in ${input.title} what its conditions name.`,
  };
}

const misdirected = ({ input, proof }: Answer): Words => ({
  word: 'Broken',
  stop: 'listener',
  reason: REASON.answersMisdirected,
  message: `Requests get 421 at ${proof.path} from the gateway: it takes their connection to be for another host, as where two listeners have certificates for the same names and browsers reuse a connection.`,
  remedy: `Ask the platform's admins to leave one listener with a certificate for ${input.host}.`,
});

const ambiguous = ({ proof, http, service }: Answer): Words => ({
  word: 'Degraded',
  stop: 'route',
  reason: REASON.answerAmbiguous,
  message: `Answers ${http.status} at ${proof.path}, which may be the gateway's or the service's.`,
  remedy: `Check whether ${service} answers ${http.status} at ${proof.path} itself.`,
});

const ofTheService = ({ proof, http, service }: Answer): Words => ({
  word: 'Degraded',
  stop: 'service',
  reason: REASON.answersClientError,
  message: `Answers ${http.status} at ${proof.path}: the service refuses a plain GET there.`,
  remedy: `Open a path that ${service} serves.`,
});

/** 403, 404 and 421 are the gateway's where its controller does not take the route, or the answer shows it. */
function refusal(answer: Answer): Words {
  const { http, author, input } = answer;
  if (author === 'service') return ofTheService(answer);
  if (http.status === 404 && isRefused(input)) return noRoute(answer);
  if (author === 'either') return ambiguous(answer);
  if (http.status === 403) return denied(answer);
  return http.status === 404 ? noRoute(answer) : misdirected(answer);
}

/** Is a reference of the route known not to lead to anything? Then the gateway answers 500 in its place (Gateway API). */
function hasBadBackend(input: HostInput): boolean {
  const resolved = routeCondition(input, 'ResolvedRefs');
  return (
    resolved?.status === 'False' ||
    input.backends.some(({ isGranted }) => isGranted === false)
  );
}

const badBackend = ({ input, proof }: Answer): Words => ({
  word: 'Broken',
  stop: 'service',
  reason: REASON.answersBadBackend,
  message: `Requests get 500 at ${proof.path} from the gateway, as for a backend that ${input.title} names and that it cannot use.`,
  remedy: `Correct backendRefs of ${input.title}.`,
});

/** 500 of a rule with a filter that the gateway may not be able to use; undefined where there is none. */
function badFilter({
  input,
  proof,
  author,
  service,
}: Answer): Words | undefined {
  const filter = doubtfulFilter(input);
  if (!filter) return undefined;
  const { title, field, isMissing } = filter;
  const isSure =
    isMissing || author === 'gateway' || input.backends.length === 0;
  const subject = { ...input.subject, field };
  const words = {
    word: 'Broken' as const,
    stop: 'route' as const,
    reason: REASON.answersBadFilter,
    subject,
  };
  return isSure
    ? {
        ...words,
        message: `Requests get 500 at ${proof.path}: the gateway cannot use ${title}, which ${field} of ${input.title} names.`,
        remedy: `Check that ${title} exists and that the gateway knows it, or remove ${field} of ${input.title}.`,
      }
    : {
        ...words,
        message: `Requests get 500 at ${proof.path}, which may be the service's, or the gateway's where it cannot use ${title}.`,
        remedy: `Check that the gateway knows ${title}, which ${field} of ${input.title} names, and read the log of ${service}.`,
      };
}

const NOT_READY = /^no (healthy upstream|available server)/;
const NOT_REACHED =
  /^(upstream connect error or disconnect\/reset|Bad Gateway)/;
const TOO_SLOW = /^(upstream request timeout|stream timeout|Gateway Timeout)/;

/** 5xx: what the gateway says where it has nothing to pass on, in Envoy's words and in Traefik's. */
function failure(answer: Answer): Words {
  const { input, proof, http, author, service, port } = answer;
  const gets = `Requests get ${http.status} at ${proof.path}`;
  const broken = (reason: string, message: string, remedy: string): Words => ({
    word: 'Broken',
    stop: 'service',
    reason,
    message,
    remedy,
  });
  if (author === 'service') {
    return broken(
      REASON.answersError,
      `${gets}: ${service} itself answers so.`,
      `Read the log of ${service}.`,
    );
  }
  const body = http.body ?? '';
  if (http.status === 500) {
    const filtered = badFilter(answer);
    if (filtered) return filtered;
    if (hasBadBackend(input) || author === 'gateway') return badBackend(answer);
  } else if (NOT_READY.test(body)) {
    return broken(
      REASON.answersNoBackend,
      `${gets}: the gateway has no ready pod of ${service} to send them to.`,
      `Check that the pods of ${service} are ready.`,
    );
  } else if (http.status === 504 || TOO_SLOW.test(body)) {
    return broken(
      REASON.answersTooLate,
      `${gets}: ${service} takes longer to answer than the gateway waits.`,
      `Find out why ${service} is slow at ${proof.path}, or raise timeouts of ${input.title}.`,
    );
  } else if (http.status === 502 || NOT_REACHED.test(body)) {
    return broken(
      REASON.answersNotReached,
      `${gets}: the gateway cannot reach the pods of ${service}, or does not understand what they answer.`,
      `Check that ${service} listens on the port that ${input.title} names${port}, that it speaks HTTP there, and that no network policy keeps the gateway from it.`,
    );
  }
  return broken(
    REASON.answersError,
    `${gets}.`,
    http.status === 503
      ? `Check that ${service} runs and listens on the port of ${input.title}.`
      : `Read the log of ${service}.`,
  );
}

/** Within a moment of a change the gateway may answer as before, or with an error that passes. */
function isTakingUp({ at, unchangedSince }: ProbeFacts): boolean {
  const since = Date.parse(unchangedSince ?? '');
  return Date.parse(at) - since < TAKE_UP_MS;
}

const takingUp = ({ proof, http }: Answer): Words => ({
  word: 'Pending',
  stop: 'route',
  reason: REASON.changeTakenUp,
  message: `The gateway is taking up a change of a moment ago, and answered ${http.status} at ${proof.path} meanwhile.`,
  remedy: 'Wait for the next probe.',
});

function wordsOf(answer: Answer): Words {
  const { proof, http } = answer;
  const { status } = http;
  const redirected = redirectFault(answer.input, proof);
  if (redirected) {
    return isTakingUp(proof) ? takingUp(answer) : redirected;
  }
  if (isAnswer(status)) {
    return {
      word: 'Live',
      stop: 'client',
      reason: REASON.answered,
      message: `Requests are answered: ${proof.path} gives ${status}.`,
    };
  }
  if (isTakingUp(proof)) return takingUp(answer);
  if (status >= 500) return failure(answer);
  return [403, 404, 421].includes(status)
    ? refusal(answer)
    : ofTheService(answer);
}

/** What an HTTP answer says of a host, by whom it is, and what to check next. */
export function judgeAnswer(
  input: HostInput,
  proof: ProbeFacts,
  http: HttpFacts,
): Outcome {
  const [backend] = input.backends;
  const { word, stop, subject, ...words } = wordsOf({
    input,
    proof,
    http,
    author: authorOf(http, input),
    service: backend ? backendTitle(backend) : 'what answers for the route',
    port: backend?.port === undefined ? '' : `, port ${backend.port}`,
  });
  const attached = listenerStatus(input)?.attachedRoutes;
  const found = outcome(word, stop, {
    ...words,
    subject: subject ?? input.subject,
    details: {
      at: proof.at,
      status: String(http.status),
      path: proof.path,
      ...(word !== 'Live' && {
        ...(http.server !== undefined && { server: http.server }),
        ...(http.body && { body: http.body }),
        ...(words.reason === REASON.acceptedNotServed &&
          typeof attached === 'number' && { attachedRoutes: String(attached) }),
      }),
    },
  }); // Why the controller refuses the route may be told of its listener, or of the certificate.
  return words.reason === REASON.answersNoRoute && isRefused(input)
    ? { ...found, isEcho: true }
    : found;
}

import { TAKE_UP_MS } from '../certificates/judge';
import type { WayStop } from '../exposures/types';
import { findingsOf } from '../findings/declare';
import { outcome, type Outcome } from '../findings/outcome';
import type { Finding, ObjectName } from '../findings/types';
import { isRecord, objectsOf, textOf } from '../gateway-api/lenient';
import { PROBE_SENTENCES } from '../sentences/probe';
import { isCilium } from '../settings/implementations';
import { isRefused, saysServed } from './acceptance';
import { nameOf, routeOf } from './backendTrouble';
import { doubtfulFilter } from './filters';
import {
  isAnswer,
  listenerStatus,
  routeCondition,
  type HostInput,
} from './input';
import type { PROBE_REASONS } from './probeReasons';
import { redirectFault } from './redirects';
import type { ProbeFacts, Subject, VerdictWord } from './types';

const told = findingsOf<typeof PROBE_REASONS>(PROBE_SENTENCES);

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

/** What is told of an answer. */
interface Told {
  word: VerdictWord;
  stop: WayStop['kind'];
  finding: Omit<Finding, 'severity'>;
}

interface Answer {
  input: HostInput;
  proof: ProbeFacts;
  http: HttpFacts;
  author: Author;
  /** What every sentence about it may take. */
  params: {
    path: string;
    status: number;
    route: ObjectName;
    service?: ObjectName;
    port?: number;
  };
  about: { subject: Subject; details: Record<string, string> };
}

const READER = { is: 'reader' } as const;
const PLATFORM = { is: 'platform' } as const;
const NOBODY = { is: 'nobody' } as const;

const denied = ({ params, about }: Answer): Told => ({
  word: 'Broken',
  stop: 'listener',
  finding: told('DeniedByPolicy', { params, actor: READER, ...about }),
});

function noRoute({ input, params, about }: Answer): Told {
  const { path, route } = params;
  const { controller } = input.settings.gateway;
  if (!saysServed(input)) {
    return {
      word: 'Broken',
      stop: 'route',
      finding: told('AnswersNoRoute', {
        params: { path, host: input.host, route },
        actor: READER,
        ...about,
      }),
    };
  }
  const attached = listenerStatus(input)?.attachedRoutes;
  return {
    word: 'Broken',
    stop: 'route',
    finding: told('AcceptedNotServed', {
      params: { path, route, controller },
      actor: PLATFORM,
      ...about,
      details: {
        ...about.details,
        ...(typeof attached === 'number' && {
          attachedRoutes: String(attached),
        }),
      },
    }),
  };
}

const misdirected = ({ input, params, about }: Answer): Told => ({
  word: 'Broken',
  stop: 'listener',
  finding: told('AnswersMisdirected', {
    params: { path: params.path, host: input.host },
    actor: PLATFORM,
    ...about,
  }),
});

const ambiguous = ({ params, about }: Answer): Told => ({
  word: 'Degraded',
  stop: 'route',
  finding: told('AnswerAmbiguous', { params, actor: READER, ...about }),
});

const ofTheService = ({ params, about }: Answer): Told => ({
  word: 'Degraded',
  stop: 'service',
  finding: told('AnswersClientError', { params, actor: READER, ...about }),
});

/** 403, 404 and 421 are the gateway's where its controller does not take the route, or the answer shows it. */
function refusal(answer: Answer): Told {
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

const badBackend = ({ params: { path, route }, about }: Answer): Told => ({
  word: 'Broken',
  stop: 'service',
  finding: told('AnswersBadBackend', {
    params: { path, route },
    actor: READER,
    ...about,
  }),
});

/** 500 of a rule with a filter that the gateway may not be able to use; undefined where there is none. */
function badFilter({ input, author, params, about }: Answer): Told | undefined {
  const filter = doubtfulFilter(input);
  if (!filter) return undefined;
  const { title, field, isMissing } = filter;
  return {
    word: 'Broken',
    stop: 'route',
    finding: told('AnswersBadFilter', {
      params: {
        ...params,
        what: title,
        isSure:
          isMissing || author === 'gateway' || input.backends.length === 0,
      },
      actor: READER,
      ...about,
      subject: { ...about.subject, field },
    }),
  };
}

const NOT_READY = /^no (healthy upstream|available server)/;
const NOT_REACHED =
  /^(upstream connect error or disconnect\/reset|Bad Gateway)/;
const TOO_SLOW = /^(upstream request timeout|stream timeout|Gateway Timeout)/;

/** What a gateway's own 5xx says in Envoy's words and in Traefik's, where it has nothing to pass on. */
function gatewaysWord({ status, body = '' }: HttpFacts) {
  if (NOT_READY.test(body)) return 'AnswersNoReadyBackend';
  if (status === 504 || TOO_SLOW.test(body)) return 'AnswersBackendTooSlow';
  return status === 502 || NOT_REACHED.test(body)
    ? 'AnswersBackendNotReached'
    : undefined;
}

/** 5xx. */
function failure(answer: Answer): Told {
  const { input, http, author, params, about } = answer;
  const isServices = author === 'service';
  if (http.status === 500 && !isServices) {
    const filtered = badFilter(answer);
    if (filtered) return filtered;
    if (hasBadBackend(input) || author === 'gateway') return badBackend(answer);
  }
  const said =
    isServices || http.status === 500 ? undefined : gatewaysWord(http);
  return {
    word: 'Broken',
    stop: 'service',
    finding: said
      ? told(said, { params, actor: READER, ...about })
      : told('AnswersError', {
          params: { ...params, isServices },
          actor: READER,
          ...about,
        }),
  };
}

/** Within a moment of a change the gateway may answer as before, or with an error that passes. */
function isTakingUp({ at, unchangedSince }: ProbeFacts): boolean {
  const since = Date.parse(unchangedSince ?? '');
  return Date.parse(at) - since < TAKE_UP_MS;
}

const takingUp = ({ params: { path, status }, about }: Answer): Told => ({
  word: 'Pending',
  stop: 'route',
  finding: told('ChangeBeingTakenUp', {
    params: { path, status },
    actor: NOBODY,
    ...about,
  }),
});

const answered = ({ params: { path, status }, about }: Answer): Told => {
  const { at = '' } = about.details;
  return {
    word: 'Live',
    stop: 'client',
    finding: told('Answered', {
      params: { path, status },
      actor: NOBODY,
      subject: about.subject,
      details: { at, status: String(status), path },
    }),
  };
};

function judge(answer: Answer): Told {
  const { proof, http, about } = answer;
  const { status } = http;
  const redirected = redirectFault(answer.input, proof);
  if (redirected) {
    if (isTakingUp(proof)) return takingUp(answer);
    const { details, ...finding } = redirected.finding;
    return {
      ...redirected,
      finding: { ...finding, details: { ...about.details, ...details } },
    };
  }
  if (isAnswer(status)) return answered(answer);
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
  const { word, stop, finding } = judge({
    input,
    proof,
    http,
    author: authorOf(http, input),
    params: {
      path: proof.path,
      status: http.status,
      route: routeOf(input),
      ...(backend && { service: nameOf(backend) }),
      ...(backend?.port !== undefined && { port: backend.port }),
    },
    about: {
      subject: input.subject,
      details: {
        at: proof.at,
        status: String(http.status),
        path: proof.path,
        ...(http.server !== undefined && { server: http.server }),
        ...(http.body && { body: http.body }),
      },
    },
  });
  const found = outcome(word, stop, finding);
  // Why the controller refuses the route may be told of its listener, or of the certificate.
  return finding.reason === 'AnswersNoRoute' && isRefused(input)
    ? { ...found, isEcho: true }
    : found;
}

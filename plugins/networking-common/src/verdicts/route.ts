import { ANNOTATION_HOST_LABEL } from '../annotations';
import { entryOf, objectsOf, textOf } from '../gateway-api/lenient';
import { covers, routeMatches } from '../gateway-api/matches';
import { comparePrecedence, competingMatches } from '../gateway-api/precedence';
import { redirectsToHttps } from '../gateway-api/redirects';
import { hostOf } from '../hostnames';
import type { ClusterSettings } from '../settings/types';
import { isUsable, mirrorStates } from './backends';
import { meaningOf } from './conditionReasons';
import {
  isCurrent,
  isSurelyCurrent,
  routeCondition,
  type HostInput,
} from './input';
import { fellBack, OTHER_CONDITION_CHECKS } from './otherConditions';
import { outcome, type Check } from '../findings/outcome';
import { seenWords } from '../sentences/backend';
import { gatewaySubject } from './gatewayChecks';
import { listenerSubject } from './listenerConditions';
import { PARENT_CHECKS } from './parents';
import {
  answers,
  besideProof,
  changedAt,
  isProved,
  seenOf,
  USUAL_WAIT_MS,
} from './proof';
import { holderTitle, urlThrough, type Serving } from './reach';
import { VERDICT_REASONS as REASON } from '../findings/reasons';
import { notAccepted, notResolved } from './routeConditions';
import { SHADOW_CHECKS } from './shadowFindings';
import type { Subject } from './types';
import { conditionDetails, forHowLong } from '../findings/words';

const sinceDetails = (since: string | undefined) =>
  since === undefined ? undefined : { since };

const hasStatus: Check<HostInput> = input => {
  const { route, now, subject, settings } = input;
  if (routeCondition(input, 'Accepted')) return undefined;
  const since = textOf(route.metadata?.creationTimestamp);
  if (answers(input)) {
    return outcome(undefined, 'route', {
      reason: REASON.noStatusYet,
      message: `The gateway's controller says nothing of this route, which is answered all the same: ${seenWords(
        seenOf(input),
      )}.`,
      subject,
      details: sinceDetails(since),
    });
  }
  if (now - Date.parse(since ?? '') < USUAL_WAIT_MS) {
    return outcome('Pending', 'route', {
      reason: REASON.noStatusYet,
      message:
        'The gateway is taking the route up; until then, requests get 404.',
      remedy: 'Wait a few seconds.',
      subject,
      details: sinceDetails(since),
    });
  }
  return outcome('Pending', 'route', {
    reason: REASON.noStatusYet,
    message: `The gateway's controller has not answered${forHowLong(
      since,
      now,
    )}; until it does, requests get 404.`,
    remedy: `Wait; if it stays so, ask the platform's admins whether ${settings.gateway.controller} runs.`,
    subject,
    details: sinceDetails(since),
  });
};

const isJudged: Check<HostInput> = input => {
  const { generation, now, subject, settings, title } = input;
  // Then it is the current version that was refused, and the controller says so.
  if (fellBack(input)) return undefined;
  const conditions = ['Accepted', 'ResolvedRefs'].flatMap(
    type => routeCondition(input, type) ?? [],
  );
  const since = changedAt(input.route);
  const untold = conditions.find(
    condition => !isSurelyCurrent(condition, generation),
  );
  const isRecent = now - Date.parse(since ?? '') < USUAL_WAIT_MS;
  const stale =
    conditions.find(condition => !isCurrent(condition, generation)) ??
    (isRecent ? untold : undefined);
  if (stale) {
    return outcome('Pending', 'route', {
      reason: REASON.statusStale,
      message: `The last change has been waiting for the gateway's controller${forHowLong(
        since,
        now,
      )}; requests are still answered as before it.`,
      remedy: `Wait; if it stays so, ask the platform's admins whether ${settings.gateway.controller} runs.`,
      subject,
      details: { ...conditionDetails(stale), ...sinceDetails(since) },
    });
  }
  if (!untold) return undefined;
  return outcome(undefined, 'route', {
    reason: REASON.generationNotTold,
    message: `The gateway's controller does not tell which version of ${title} its word is about; only an answer shows that the last change is in force.`,
    subject,
    details: { ...conditionDetails(untold), ...sinceDetails(since) },
  });
};

/** What a refusal of the route is about: a reason that repeats the word on another object is about that. */
function refusedFor(reason: string, input: HostInput): Subject {
  switch (reason) {
    case REASON.gatewayNotAccepted:
    case REASON.gatewayNotProgrammed:
      return gatewaySubject(input);
    case REASON.listenerNotReady:
      return listenerSubject(input);
    default:
      return input.subject;
  }
}

const isAccepted: Check<HostInput> = input => {
  const condition = routeCondition(input, 'Accepted');
  if (!condition || condition.status === 'True') return undefined;
  const details = conditionDetails(condition);
  const { subject, now, settings, title } = input;
  const refused = `the gateway's controller says that it does not take ${title}`;
  if (condition.status !== 'False' || condition.reason === 'Pending') {
    if (condition.status !== 'False' && answers(input)) return undefined;
    const deciding = outcome('Pending', 'route', {
      reason: REASON.acceptancePending,
      message: `The gateway's controller has been deciding about this route${forHowLong(
        condition.lastTransitionTime,
        now,
      )}; until it has, requests may get 404.`,
      remedy: `Wait; if it stays so, ask the platform's admins to read the log of ${settings.gateway.controller}.`,
      subject,
      details,
    });
    return besideProof(
      deciding,
      input,
      "the gateway's controller has not decided about it yet",
    );
  }
  const meaning = meaningOf('HTTPRoute', condition);
  // What a reason means that we do not know may well be what the listener or the Gateway tells of itself.
  const echo = !meaning || meaning.isEcho ? { isEcho: true as const } : {};
  const sentence = notAccepted(condition, input);
  const { primary } = input;
  if (sentence.reason === REASON.noMatchingParent && primary) {
    const unused = outcome('Pending', 'route', {
      reason: REASON.noMatchingParent,
      message: `Requests get 404 for now: the controller does not use listener ${
        primary.listener.name
      } of ${holderTitle(primary)} for this route.`,
      remedy: `Wait; if it stays so, ask the platform's admins to read the log of ${settings.gateway.controller}.`,
      subject,
      details,
    });
    return { ...besideProof(unused, input, refused), ...echo };
  }
  const found = outcome('Broken', 'route', {
    ...sentence,
    subject: refusedFor(sentence.reason, input),
    details,
  });
  return { ...besideProof(found, input, refused), ...echo };
};

/** Does what the snapshot tells explain why some of the backends, and only some, cannot be used? */
function isPartial({ backends }: HostInput): boolean {
  const active = backends.filter(({ weight }) => weight > 0);
  return active.some(isUsable) && !active.every(isUsable);
}

/** Where every backend can be used, what is lacking may be what a RequestMirror filter sends copies to. */
function lostMirror({ route, backends, snapshot }: HostInput) {
  return backends.every(isUsable)
    ? mirrorStates(route, snapshot).find(mirror => !isUsable(mirror))
    : undefined;
}

const refsResolved: Check<HostInput> = input => {
  const { subject, backends } = input;
  const condition = routeCondition(input, 'ResolvedRefs');
  if (condition?.status === 'True') return undefined;
  if (condition?.status !== 'False') {
    if (answers(input)) return undefined;
    return outcome('Pending', 'route', {
      reason: REASON.noStatusYet,
      message:
        "The gateway's controller has not said yet whether it found everything that the route refers to.",
      remedy: `Wait; if it stays so, ask the platform's admins whether ${input.settings.gateway.controller} runs.`,
      subject,
      details: conditionDetails(condition),
    });
  }
  const mirror = lostMirror(input);
  if (mirror) {
    const title = `${mirror.kind} ${mirror.namespace}/${mirror.name}`;
    return outcome('Degraded', 'service', {
      reason:
        meaningOf('HTTPRoute', condition)?.finding ?? REASON.refsNotResolved,
      message: `Copies of requests go nowhere: the gateway cannot send them to ${title}. The requests themselves are not concerned.`,
      remedy: `Correct the RequestMirror filter of ${input.title}, or remove it.`,
      subject,
      details: conditionDetails(condition),
    });
  }
  // The route stays in force; only the share of the backends concerned fails.
  const partly = answers(input) || isPartial(input);
  const { message, details, field, ...rest } = notResolved(condition, input);
  const found = outcome(partly ? 'Degraded' : 'Broken', 'service', {
    ...rest,
    message: partly ? message.replace(/^Requests/, 'Some requests') : message,
    subject: { ...subject, ...(field !== undefined && { field }) },
    details: { ...conditionDetails(condition), ...details },
  });
  const isWhole = backends
    .filter(({ rules }) => rules.length > 0)
    .every(backend => isProved(backend, input));
  return isWhole
    ? besideProof(
        found,
        input,
        `the gateway's controller says that it cannot use what ${input.title} refers to`,
      )
    : found;
};

function inClearRemedy(
  http: Serving,
  title: string,
  { gateway: { httpsSection, httpSection } }: ClusterSettings,
): string {
  if (http.listenerSet) {
    return `Set sectionName on the parentRef of ${title} to an https listener of ${holderTitle(
      http,
    )}.`;
  }
  return http.parentRef.sectionName === httpSection
    ? `Change sectionName from ${httpSection} to ${httpsSection} in ${title}.`
    : `Set sectionName: ${httpsSection} on the parentRef of ${title}.`;
}

/** Does some request meet a rule of the route that does not send it to HTTPS? */
function answersItself({ route, host }: HostInput): boolean {
  const rules = objectsOf(route.spec?.rules);
  const sends = rules.map(rule =>
    redirectsToHttps({ ...route, spec: { rules: [rule] } }),
  );
  const matches = competingMatches(route, host);
  // What a regular expression takes is not judged.
  if (matches.length < routeMatches(route).length) return sends.includes(false);
  return matches.some(
    one =>
      !sends[one.rank.rule] &&
      !matches.some(
        other =>
          sends[other.rank.rule] &&
          covers(other.requests, one.requests) &&
          comparePrecedence(other.rank, one.rank) < 0,
      ),
  );
}

const onlyEncrypted: Check<HostInput> = input => {
  const { http, host, title, subject, settings } = input;
  if (!http || !answersItself(input)) return undefined;
  return outcome('Degraded', 'route', {
    reason: REASON.alsoInClear,
    message: `Requests to ${
      urlThrough(http, host, settings) ?? `http://${host}`
    } are answered in clear instead of being sent to HTTPS: the route also attaches to listener ${
      http.listener.name
    }.`,
    remedy: inClearRemedy(http, title, settings),
    subject: { ...subject, field: 'spec.parentRefs' },
  });
};

const suffixCurrent: Check<HostInput> = ({
  route,
  host,
  settings,
  title,
  subject,
}) => {
  const label = entryOf(route.metadata?.annotations, ANNOTATION_HOST_LABEL);
  const { dnsSuffix } = settings.network;
  if (label === undefined || dnsSuffix === undefined) return undefined;
  const wanted = hostOf(label, dnsSuffix);
  if (wanted === host) return undefined;
  return outcome('Degraded', 'address', {
    reason: REASON.suffixChanged,
    message: `People are told to use ${wanted}, but this route still answers at ${host}: the DNS suffix has changed.`,
    remedy: `Expose ${title} again, so that it answers at ${wanted}.`,
    subject: { ...subject, field: 'spec.hostnames' },
  });
};

/** In order: whether it can attach at all, what the controller says of it, and at what it answers. */
export const ROUTE_CHECKS: readonly Check<HostInput>[] = [
  ...PARENT_CHECKS,
  hasStatus,
  isJudged,
  isAccepted,
  ...SHADOW_CHECKS,
  refsResolved,
  ...OTHER_CONDITION_CHECKS,
  suffixCurrent,
  onlyEncrypted,
];

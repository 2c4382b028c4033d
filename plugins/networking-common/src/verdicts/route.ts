import { ANNOTATION_HOST_LABEL } from '../annotations';
import { findingsOf } from '../findings/declare';
import { outcome, type Check } from '../findings/outcome';
import { conditionDetails, msSince } from '../findings/words';
import { entryOf, objectsOf, textOf } from '../gateway-api/lenient';
import { covers, routeMatches } from '../gateway-api/matches';
import { comparePrecedence, competingMatches } from '../gateway-api/precedence';
import { redirectsToHttps } from '../gateway-api/redirects';
import { hostOf } from '../hostnames';
import { ROUTE_SENTENCES } from '../sentences/route';
import { isUsable, mirrorStates } from './backends';
import { routeOf } from './backendTrouble';
import { meaningOf } from './conditionReasons';
import {
  isCurrent,
  isSurelyCurrent,
  routeCondition,
  type HostInput,
} from './input';
import { fellBack, OTHER_CONDITION_CHECKS } from './otherConditions';
import type { Claimed } from './parentReasons';
import { PARENT_CHECKS } from './parents';
import {
  answers,
  changedAt,
  isProved,
  seenOf,
  unlessProved,
  USUAL_WAIT_MS,
} from './proof';
import { holderOf, urlThrough } from './reach';
import { notAccepted, notResolved } from './routeConditions';
import type { ROUTE_REASONS } from './routeReasons';
import { SHADOW_CHECKS } from './shadowFindings';

const found = findingsOf<typeof ROUTE_REASONS>(ROUTE_SENTENCES);

const NOBODY = { is: 'nobody' } as const;
const READER = { is: 'reader' } as const;

const sinceDetails = (since: string | undefined) =>
  since === undefined ? undefined : { since };

const hasStatus: Check<HostInput> = input => {
  const { route, now, subject, settings } = input;
  if (routeCondition(input, 'Accepted')) return undefined;
  const since = textOf(route.metadata?.creationTimestamp);
  const forMs = msSince(since, now);
  const isAnswered = answers(input);
  return outcome(
    isAnswered ? undefined : 'Pending',
    'route',
    found('NoStatusYet', {
      params: {
        of: 'route',
        controller: settings.gateway.controller,
        forMs,
        isUsual: forMs !== undefined && forMs < USUAL_WAIT_MS,
        ...(isAnswered && { seen: seenOf(input) }),
      },
      actor: NOBODY,
      subject,
      details: sinceDetails(since),
    }),
  );
};

const isJudged: Check<HostInput> = input => {
  const { generation, now, subject, settings } = input;
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
    return outcome(
      'Pending',
      'route',
      found('StatusStale', {
        params: {
          controller: settings.gateway.controller,
          forMs: msSince(since, now),
        },
        actor: NOBODY,
        subject,
        details: { ...conditionDetails(stale), ...sinceDetails(since) },
      }),
    );
  }
  if (!untold) return undefined;
  return outcome(
    undefined,
    'route',
    found('GenerationNotTold', {
      params: { route: routeOf(input) },
      actor: NOBODY,
      subject,
      details: { ...conditionDetails(untold), ...sinceDetails(since) },
    }),
  );
};

const isAccepted: Check<HostInput> = input => {
  const condition = routeCondition(input, 'Accepted');
  if (!condition || condition.status === 'True') return undefined;
  const { subject, now, settings, primary } = input;
  const of = routeOf(input);
  if (condition.status !== 'False' || condition.reason === 'Pending') {
    if (condition.status !== 'False' && answers(input)) return undefined;
    return unlessProved(input, { claim: 'undecided', of }, claimed =>
      outcome(
        'Pending',
        'route',
        found('AcceptancePending', {
          params: {
            controller: settings.gateway.controller,
            forMs: msSince(textOf(condition.lastTransitionTime), now),
            ...claimed,
          },
          actor: NOBODY,
          subject,
          details: conditionDetails(condition),
        }),
      ),
    );
  }
  const meaning = meaningOf('HTTPRoute', condition);
  // What a reason means that we do not know may well be what the listener or the Gateway tells of itself.
  const echo = !meaning || meaning.isEcho ? { isEcho: true as const } : {};
  // The listener is there by its own spec, and the controller may be about to use it.
  const isUnused = meaning?.finding === 'NoMatchingParent' && primary;
  const refused = unlessProved(input, { claim: 'refused', of }, claimed =>
    outcome(
      isUnused ? 'Pending' : 'Broken',
      'route',
      notAccepted(condition, input, claimed),
    ),
  );
  return { ...refused, ...echo };
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
    return outcome(
      'Pending',
      'route',
      found('NoStatusYet', {
        params: {
          of: 'refs',
          controller: input.settings.gateway.controller,
          isUsual: false,
        },
        actor: NOBODY,
        subject,
        details: conditionDetails(condition),
      }),
    );
  }
  const mirror = lostMirror(input);
  if (mirror) {
    const { kind, namespace, name } = mirror;
    return outcome(
      'Degraded',
      'service',
      notResolved(condition, input, {
        on: 'copies',
        copiesTo: { kind, namespace, name },
      }),
    );
  }
  // The route stays in force; only the share of the backends concerned fails.
  const partly = answers(input) || isPartial(input);
  const judge = (claimed: Claimed) =>
    outcome(
      partly ? 'Degraded' : 'Broken',
      'service',
      notResolved(condition, input, {
        on: partly ? 'some' : 'all',
        ...claimed,
      }),
    );
  const isWhole = backends
    .filter(({ rules }) => rules.length > 0)
    .every(backend => isProved(backend, input));
  return isWhole
    ? unlessProved(input, { claim: 'refsUnusable', of: routeOf(input) }, judge)
    : judge({});
};

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
  const { http, host, subject, settings } = input;
  if (!http || !answersItself(input)) return undefined;
  return outcome(
    'Degraded',
    'route',
    found('AlsoReachableInClear', {
      params: {
        route: routeOf(input),
        url: urlThrough(http, host, settings) ?? `http://${host}`,
        listener: http.listener.name,
        instead: http.listenerSet
          ? { holder: holderOf(http) }
          : { listener: settings.gateway.httpsSection },
      },
      actor: READER,
      subject: { ...subject, field: 'spec.parentRefs' },
    }),
  );
};

const suffixCurrent: Check<HostInput> = input => {
  const { route, host, settings, subject } = input;
  const label = entryOf(route.metadata?.annotations, ANNOTATION_HOST_LABEL);
  const { dnsSuffix } = settings.network;
  if (label === undefined || dnsSuffix === undefined) return undefined;
  const wanted = hostOf(label, dnsSuffix);
  if (wanted === host) return undefined;
  return outcome(
    'Degraded',
    'address',
    found('DnsSuffixChanged', {
      params: { route: routeOf(input), host, wanted },
      actor: READER,
      subject: { ...subject, field: 'spec.hostnames' },
    }),
  );
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

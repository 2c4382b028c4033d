import { findCondition } from '../gateway-api/conditions';
import { objectsOf, textOf } from '../gateway-api/lenient';
import {
  isSameParent,
  isStatusOf,
  parentRefWithDefaults,
  parentStatusFor,
} from '../gateway-api/parents';
import type { Condition } from '../gateway-api/types';
import { isBad, meaningOf } from './conditionReasons';
import { isCurrent, routeCondition, type HostInput } from './input';
import { outcome, type Check } from '../findings/outcome';
import { VERDICT_REASONS as REASON } from '../findings/reasons';
import { besideProof } from './proof';
import { notResolved } from './routeConditions';
import { conditionDetails, controllersWords } from '../findings/words';

/** A condition of the route that says, for the route as it stands now, that something is wrong. */
export function badCondition(
  input: HostInput,
  type: string,
): Condition | undefined {
  const condition = routeCondition(input, type);
  return condition && isBad(condition) && isCurrent(condition, input.generation)
    ? condition
    : undefined;
}

/** The message begins with what the controller did (Gateway API, `PartiallyInvalid`). */
export const fellBack = (input: HostInput): boolean =>
  /^Fall Back/i.test(
    textOf(badCondition(input, 'PartiallyInvalid')?.message) ?? '',
  );

const whollyValid: Check<HostInput> = input => {
  const condition = badCondition(input, 'PartiallyInvalid');
  if (!condition) return undefined;
  return outcome('Degraded', 'route', {
    reason: REASON.partiallyInvalid,
    message: fellBack(input)
      ? 'Requests are answered by an earlier version of this route: the gateway refuses the current one.'
      : 'Requests for some rules of this route are not answered by it: the gateway left these rules out.',
    remedy: `Change in ${input.title} what the controller's message names.`,
    subject: input.subject,
    details: conditionDetails(condition),
  });
};

const rulesApart: Check<HostInput> = input => {
  const condition = badCondition(input, 'RouteRulesOverlap');
  if (!condition) return undefined;
  return outcome('Degraded', 'route', {
    reason: REASON.rulesOverlap,
    message:
      'Some requests that this route claims go to another route of the same host, or to another rule.',
    remedy: `Change the matches of ${input.title}, so that they overlap with no other.`,
    subject: input.subject,
    details: conditionDetails(condition),
  });
};

/** Contour accepts a route whose matches it leaves out. */
const matchesValid: Check<HostInput> = input => {
  const condition = badCondition(input, 'ValidMatches');
  if (!condition) return undefined;
  return outcome('Degraded', 'route', {
    reason: REASON.matchesInvalid,
    message: `Requests for some paths of this route are not answered by it: the gateway left their matches out.${controllersWords(
      condition,
    )}`,
    remedy: `Change in the matches of ${input.title} what the controller's message names.`,
    subject: input.subject,
    details: conditionDetails(condition),
  });
};

const backendsAvailable: Check<HostInput> = input => {
  const condition = badCondition(input, 'BackendsAvailable');
  if (!condition) return undefined;
  const { message, remedy } = notResolved(condition, input);
  const found = outcome('Broken', 'service', {
    reason:
      meaningOf('HTTPRoute', condition)?.finding ?? REASON.refsNotResolved,
    message,
    remedy,
    subject: input.subject,
    details: conditionDetails(condition),
  });
  return besideProof(
    found,
    input,
    "the gateway's controller says that no backend of the route is available",
  );
};

/** What the controller says beside whether it accepts the route and finds what it refers to. */
export const OTHER_CONDITION_CHECKS: readonly Check<HostInput>[] = [
  whollyValid,
  matchesValid,
  rulesApart,
  backendsAvailable,
];

const JUDGED = new Set([
  'Accepted',
  'ResolvedRefs',
  'PartiallyInvalid',
  'ValidMatches',
  'RouteRulesOverlap',
  'BackendsAvailable',
]);

/** Conditions in a line each, by type. */
export function conditionLines(
  conditions: readonly Condition[],
): Record<string, string> {
  return Object.fromEntries(
    conditions.map(({ type, status, reason, message }) => [
      String(type),
      [status, reason, message]
        .filter(part => typeof part === 'string' && part !== '')
        .join(' '),
    ]),
  );
}

/** Controllers add types of their own, of which some are good when True and some when False. */
const notJudged: Check<HostInput> = ({ status, subject }) => {
  const others = objectsOf(status?.conditions).filter(
    ({ type }) => textOf(type) !== undefined && !JUDGED.has(type),
  );
  if (others.length === 0) return undefined;
  const details = conditionLines(others);
  return outcome(undefined, 'route', {
    reason: REASON.conditionNotJudged,
    message: `The controller also says ${Object.keys(details).join(
      ', ',
    )}, which is shown but not judged here.`,
    subject,
    details,
  });
};

/** A controller leaves what it said of a parent in the status after the route no longer names it. */
const leftOver: Check<HostInput> = ({ route, title, subject }) => {
  const leftovers = objectsOf(route.status?.parents).filter(
    parent =>
      !objectsOf(route.spec?.parentRefs).some(ref =>
        isStatusOf(parent, ref, route),
      ),
  );
  if (leftovers.length === 0) return undefined;
  const names = leftovers.map(({ parentRef, controllerName }) => {
    const kind = textOf(parentRef?.kind) ?? 'Gateway';
    const section = textOf(parentRef?.sectionName);
    const name = textOf(parentRef?.name) ?? 'without a name';
    return [
      `${kind} ${name}`,
      ...(section === undefined ? [] : [`listener ${section}`]),
      ...(textOf(controllerName) === undefined ? [] : [`by ${controllerName}`]),
    ].join(', ');
  });
  return outcome(undefined, 'route', {
    reason: REASON.parentLeftOver,
    message: `The status of ${title} still tells of a parent that the route does not name any more. It is left over and changes nothing for requests.`,
    subject: { ...subject, field: 'status.parents' },
    details: { parents: names.join('; ') },
  });
};

/** The parents that the route names beside the one that is judged, and that do not take it. */
const otherParents: Check<HostInput> = input => {
  const { route, primary, attachments, settings, generation, subject } = input;
  if (!primary) return undefined;
  const details: Record<string, string> = {};
  for (const ref of objectsOf(route.spec?.parentRefs)) {
    const status = parentStatusFor(route, ref, settings.gateway.controller);
    const { kind, namespace, name, sectionName } = parentRefWithDefaults(
      ref,
      input.subject.namespace ?? '',
    );
    const own = attachments.filter(({ parentRef }) =>
      isSameParent(parentRef, ref, route),
    );
    const accepted = findCondition(status?.conditions, 'Accepted');
    const isRefused =
      accepted && isBad(accepted) && isCurrent(accepted, generation);
    const isTaken = own.some(({ refusal }) => !refusal);
    if (own.includes(primary) || (isTaken && !isRefused)) continue;
    const title = `${kind} ${namespace}/${name}${
      sectionName === undefined ? '' : `, ${sectionName}`
    }`;
    details[title] = isRefused
      ? conditionLines([accepted]).Accepted
      : own[0]?.refusal?.message ?? 'It does not take the route.';
  }
  const titles = Object.keys(details);
  if (titles.length === 0) return undefined;
  return outcome(undefined, 'route', {
    reason: REASON.otherParentRefuses,
    message: `The route also names ${titles.join(
      ' and ',
    )}, and gets no requests from there.`,
    remedy: `Correct or remove that parentRef of ${input.title}.`,
    subject: { ...subject, field: 'spec.parentRefs' },
    details,
  });
};

/** Worth knowing, whatever else was found. */
export const ROUTE_NOTES: readonly Check<HostInput>[] = [
  otherParents,
  leftOver,
  notJudged,
];

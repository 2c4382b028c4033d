import { findingsOf } from '../findings/declare';
import { outcome, type Check } from '../findings/outcome';
import type { ObjectName } from '../findings/types';
import { conditionDetails, saidIn } from '../findings/words';
import { findCondition } from '../gateway-api/conditions';
import { objectsOf, textOf } from '../gateway-api/lenient';
import {
  isSameParent,
  isStatusOf,
  parentRefWithDefaults,
  parentStatusFor,
} from '../gateway-api/parents';
import type { Condition } from '../gateway-api/types';
import { ROUTE_SENTENCES } from '../sentences/route';
import { routeOf } from './backendTrouble';
import { isBad } from './conditionReasons';
import { isCurrent, routeCondition, type HostInput } from './input';
import { unlessProved } from './proof';
import { notResolved } from './routeConditions';
import type { ROUTE_REASONS } from './routeReasons';

const found = findingsOf<typeof ROUTE_REASONS>(ROUTE_SENTENCES);

/** What the owner of a route is to mend, by a condition of it. */
const mine = ({ subject }: HostInput, condition: Condition) =>
  ({
    actor: { is: 'reader' },
    subject,
    details: conditionDetails(condition),
  } as const);

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
  return (
    condition &&
    outcome(
      'Degraded',
      'route',
      found('PartiallyInvalid', {
        params: { route: routeOf(input), fellBack: fellBack(input) },
        ...mine(input, condition),
      }),
    )
  );
};

const rulesApart: Check<HostInput> = input => {
  const condition = badCondition(input, 'RouteRulesOverlap');
  return (
    condition &&
    outcome(
      'Degraded',
      'route',
      found('RouteRulesOverlap', {
        params: { route: routeOf(input) },
        ...mine(input, condition),
      }),
    )
  );
};

/** Contour accepts a route whose matches it leaves out. */
const matchesValid: Check<HostInput> = input => {
  const condition = badCondition(input, 'ValidMatches');
  return (
    condition &&
    outcome(
      'Degraded',
      'route',
      found('MatchesInvalid', {
        params: { route: routeOf(input), said: saidIn(condition) },
        ...mine(input, condition),
      }),
    )
  );
};

const backendsAvailable: Check<HostInput> = input => {
  const condition = badCondition(input, 'BackendsAvailable');
  if (!condition) return undefined;
  return unlessProved(
    input,
    { claim: 'noBackend', of: routeOf(input) },
    claimed =>
      outcome(
        'Broken',
        'service',
        notResolved(condition, input, { on: 'all', ...claimed }),
      ),
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
  return outcome(
    undefined,
    'route',
    found('ConditionNotJudged', {
      params: { types: Object.keys(details) },
      actor: { is: 'nobody' },
      subject,
      details,
    }),
  );
};

/** A controller leaves what it said of a parent in the status after the route no longer names it. */
const leftOver: Check<HostInput> = input => {
  const { route, subject } = input;
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
  return outcome(
    undefined,
    'route',
    found('ParentLeftOver', {
      params: { route: routeOf(input) },
      actor: { is: 'nobody' },
      subject: { ...subject, field: 'status.parents' },
      details: { parents: names.join('; ') },
    }),
  );
};

/** The parents that the route names beside the one that is judged, and that do not take it. */
const otherParents: Check<HostInput> = input => {
  const { route, primary, attachments, settings, generation, subject } = input;
  if (!primary) return undefined;
  const details: Record<string, string> = {};
  const parents: (ObjectName & { listener?: string })[] = [];
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
      : own[0]?.refusal?.reason ?? 'NotTaken';
    parents.push({
      kind,
      namespace,
      name,
      ...(sectionName !== undefined && { listener: sectionName }),
    });
  }
  if (parents.length === 0) return undefined;
  return outcome(
    undefined,
    'route',
    found('OtherParentRefuses', {
      params: { route: routeOf(input), parents },
      actor: { is: 'reader' },
      subject: { ...subject, field: 'spec.parentRefs' },
      details,
    }),
  );
};

/** Worth knowing, whatever else was found. */
export const ROUTE_NOTES: readonly Check<HostInput>[] = [
  otherParents,
  leftOver,
  notJudged,
];

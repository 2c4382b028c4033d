import { findCondition } from '../gateway-api/conditions';
import type { Condition } from '../gateway-api/types';
import { findingsOf } from '../findings/declare';
import { outcome, type Check, type Outcome } from '../findings/outcome';
import type { ObjectName } from '../findings/types';
import { conditionDetails, msSince, saidIn } from '../findings/words';
import { LISTENER_SENTENCES } from '../sentences/listener';
import { PARENT_SENTENCES } from '../sentences/parent';
import { routeOf } from './backendTrouble';
import { meaningOf } from './conditionReasons';
import {
  generationOf,
  isCurrent,
  listenerStatus,
  ownGateway,
  type HostInput,
} from './input';
import type { LISTENER_REASONS } from './listenerReasons';
import type { Claimed, PARENT_REASONS } from './parentReasons';
import { answers, unlessProved } from './proof';
import type { Subject } from './types';

const found = findingsOf<typeof PARENT_REASONS>(PARENT_SENTENCES);
const ofListener = findingsOf<typeof LISTENER_REASONS>(LISTENER_SENTENCES);

const condition = (
  { primary }: HostInput,
  type: string,
): Condition | undefined =>
  findCondition(primary?.listenerSet?.status?.conditions, type);

const nameOf = ({ primary }: HostInput): ObjectName => ({
  kind: 'ListenerSet',
  name: primary?.listenerSet?.metadata.name ?? '',
  namespace: primary?.listenerSet?.metadata.namespace,
});

const subjectOf = (input: HostInput): Subject => ({
  ...nameOf(input),
  cluster: input.settings.cluster,
});

/** Of the set itself: its owners are those of its namespace. */
const about = (input: HostInput, details: Record<string, string>) =>
  ({
    actor: { is: 'owner', of: nameOf(input) },
    subject: subjectOf(input),
    details,
  } as const);

const waiting = (input: HostInput, details: Record<string, string>) =>
  ({ ...about(input, details), actor: { is: 'nobody' } } as const);

const byAdmins = (input: HostInput, details: Record<string, string>) =>
  ({ ...about(input, details), actor: { is: 'platform' } } as const);

const isJudged: Check<HostInput> = input => {
  const { primary, settings, now } = input;
  if (!primary?.listenerSet) return undefined;
  const { controller } = settings.gateway;
  const listenerSet = nameOf(input);
  const accepted = condition(input, 'Accepted');
  if (
    !accepted ||
    (accepted.status !== 'True' && accepted.status !== 'False')
  ) {
    if (answers(input)) return undefined;
    const { creationTimestamp } = primary.listenerSet.metadata;
    return outcome(
      'Pending',
      'listener',
      found('ListenerSetPending', {
        params: {
          listenerSet,
          controller,
          forMs: msSince(creationTimestamp, now),
          isSeen: false,
        },
        ...waiting(input, conditionDetails(accepted)),
      }),
    );
  }
  if (isCurrent(accepted, generationOf(primary.listenerSet))) return undefined;
  return outcome(
    'Pending',
    'listener',
    found('ListenerSetStatusStale', {
      params: { listenerSet, controller },
      ...waiting(input, conditionDetails(accepted)),
    }),
  );
};

type Fallback = 'ListenerSetNotAccepted' | 'ListenerSetNotProgrammed';

function findingOf(
  bad: Condition,
  fallback: Fallback,
  input: HostInput,
  claimed: Claimed,
) {
  const listenerSet = nameOf(input);
  const gateway = ownGateway(input.settings);
  const details = conditionDetails(bad);
  const of = { listenerSet, said: saidIn(bad), ...claimed };
  const reason = meaningOf('ListenerSet', bad)?.finding ?? fallback;
  switch (reason) {
    case 'ListenerSetNotAllowed':
      return found(reason, {
        params: { ...of, gateway, route: routeOf(input) },
        ...byAdmins(input, details),
      });
    case 'GatewayNotAccepted':
    case 'GatewayNotProgrammed':
      return ofListener(reason, {
        params: { gateway, ...claimed },
        ...byAdmins(input, details),
      });
    case 'ListenerSetPending':
      return found(reason, {
        params: {
          ...of,
          controller: input.settings.gateway.controller,
          isSeen: true,
        },
        ...waiting(input, details),
      });
    case 'ListenerPortUnavailable':
      return ofListener(reason, {
        params: { holder: listenerSet, ...claimed },
        ...about(input, details),
      });
    case 'ListenerSetInvalid':
    case 'ListenerSetNotAccepted':
    case 'ListenerSetNotProgrammed':
      return found(reason, { params: of, ...about(input, details) });
    default:
      return found(fallback, { params: of, ...about(input, details) });
  }
}

const faultOf = (
  bad: Condition,
  fallback: Fallback,
  input: HostInput,
): Outcome =>
  unlessProved(input, { claim: 'notRun', of: nameOf(input) }, claimed =>
    outcome(
      meaningOf('ListenerSet', bad)?.word ?? 'Broken',
      'listener',
      findingOf(bad, fallback, input, claimed),
    ),
  );

const isAccepted: Check<HostInput> = input => {
  const accepted = condition(input, 'Accepted');
  return accepted?.status === 'False'
    ? faultOf(accepted, 'ListenerSetNotAccepted', input)
    : undefined;
};

/** The one listener that matters here counts for more than the set as a whole. */
const isProgrammed: Check<HostInput> = input => {
  const programmed = condition(input, 'Programmed');
  if (programmed?.status !== 'False' && programmed?.status !== 'Unknown') {
    return undefined;
  }
  if (findCondition(listenerStatus(input)?.conditions, 'Programmed')) {
    return undefined;
  }
  const gateway = findCondition(
    input.primary?.gateway.status?.conditions,
    'Programmed',
  );
  // Then the Gateway may well take traffic, and so may its ListenerSets.
  const isAdvice =
    programmed.reason === 'ParentNotProgrammed' &&
    gateway?.reason === 'AddressNotAssigned';
  if (isAdvice) return undefined;
  return faultOf(
    programmed.status === 'False'
      ? programmed
      : { ...programmed, reason: 'Pending' },
    'ListenerSetNotProgrammed',
    input,
  );
};

/** In order; they find nothing where the listener is the Gateway's own. */
export const LISTENER_SET_CHECKS: readonly Check<HostInput>[] = [
  isJudged,
  isAccepted,
  isProgrammed,
];

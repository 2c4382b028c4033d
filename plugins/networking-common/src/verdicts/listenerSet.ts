import { findCondition } from '../gateway-api/conditions';
import type { Condition } from '../gateway-api/types';
import { meaningOf } from './conditionReasons';
import {
  gatewayTitle,
  generationOf,
  isCurrent,
  listenerStatus,
  type HostInput,
} from './input';
import { outcome, type Check } from '../findings/outcome';
import { answers, besideProof } from './proof';
import { holderTitle } from './reach';
import { VERDICT_REASONS as REASON } from '../findings/reasons';
import type { Subject } from './types';
import {
  conditionDetails,
  controllersWords,
  forHowLong,
} from '../findings/words';

const condition = (
  { primary }: HostInput,
  type: string,
): Condition | undefined =>
  findCondition(primary?.listenerSet?.status?.conditions, type);

const titleOf = ({ primary }: HostInput) =>
  primary ? holderTitle(primary) : 'the ListenerSet';

const subjectOf = ({ settings, primary }: HostInput): Subject => ({
  kind: 'ListenerSet',
  name: primary?.listenerSet?.metadata.name ?? '',
  namespace: primary?.listenerSet?.metadata.namespace,
  cluster: settings.cluster,
});

const isJudged: Check<HostInput> = input => {
  const { primary, settings, now } = input;
  if (!primary?.listenerSet) return undefined;
  const wait = `Wait; if it stays so, ask the platform's admins whether ${settings.gateway.controller} runs and takes ListenerSets.`;
  const accepted = condition(input, 'Accepted');
  if (
    !accepted ||
    (accepted.status !== 'True' && accepted.status !== 'False')
  ) {
    if (answers(input)) return undefined;
    return outcome('Pending', 'listener', {
      reason: REASON.listenerSetPending,
      message: `The gateway's controller has not taken up ${titleOf(
        input,
      )}${forHowLong(
        primary.listenerSet.metadata.creationTimestamp,
        now,
      )}; until it does, requests get no answer.`,
      remedy: wait,
      subject: subjectOf(input),
      details: conditionDetails(accepted),
    });
  }
  if (isCurrent(accepted, generationOf(primary.listenerSet))) return undefined;
  return outcome('Pending', 'listener', {
    reason: REASON.listenerSetStale,
    message: `${titleOf(
      input,
    )} was changed, and the gateway's controller has not taken that in yet; requests are answered as before.`,
    remedy: wait,
    subject: subjectOf(input),
    details: conditionDetails(accepted),
  });
};

interface Words {
  message: string;
  remedy: string;
}

const SAY: Readonly<
  Record<string, (input: HostInput, found: Condition) => Words>
> = {
  [REASON.listenerSetNotAllowed]: input => ({
    message: `Requests are refused: Gateway ${gatewayTitle(
      input.settings,
    )} does not take the listeners of ${titleOf(input)}.`,
    remedy: `Ask the platform's admins to allow its namespace in spec.allowedListeners of Gateway ${gatewayTitle(
      input.settings,
    )}.`,
  }),
  [REASON.listenerSetInvalid]: (input, found) => ({
    message: `Requests are refused: the listeners of ${titleOf(
      input,
    )} are not valid.${controllersWords(found)}`,
    remedy: `Correct spec.listeners of ${titleOf(input)}.`,
  }),
  [REASON.gatewayNotAccepted]: ({ settings }) => ({
    message: `Requests are refused: the controller does not accept Gateway ${gatewayTitle(
      settings,
    )}.`,
    remedy: `Ask the platform's admins to correct Gateway ${gatewayTitle(
      settings,
    )}.`,
  }),
  [REASON.gatewayNotProgrammed]: ({ settings }) => ({
    message: `Requests are refused: the controller has not set up Gateway ${gatewayTitle(
      settings,
    )}.`,
    remedy: `Ask the platform's admins to correct Gateway ${gatewayTitle(
      settings,
    )}.`,
  }),
  [REASON.listenerSetPending]: input => ({
    message: `The gateway is still setting up ${titleOf(input)}.`,
    remedy: `Wait; if it stays so, ask the platform's admins to read the log of ${input.settings.gateway.controller}.`,
  }),
  [REASON.listenerPortUnavailable]: input => ({
    message: `Requests are refused: the gateway cannot listen on a port of ${titleOf(
      input,
    )}.`,
    remedy: `Choose a port for ${titleOf(
      input,
    )} that the gateway can listen on.`,
  }),
};

function faultOf(found: Condition, fallback: string, input: HostInput) {
  const known = meaningOf('ListenerSet', found);
  const reason = known?.finding ?? fallback;
  const words = SAY[reason]?.(input, found) ?? {
    message: `Requests are refused: the controller does not run ${titleOf(
      input,
    )}.${controllersWords(found)}`,
    remedy: `Change in ${titleOf(input)} what the controller's message names.`,
  };
  return besideProof(
    outcome(known?.word ?? 'Broken', 'listener', {
      reason,
      ...words,
      subject: subjectOf(input),
      details: conditionDetails(found),
    }),
    input,
    `the gateway's controller does not run ${titleOf(input)}`,
  );
}

const isAccepted: Check<HostInput> = input => {
  const found = condition(input, 'Accepted');
  return found?.status === 'False'
    ? faultOf(found, REASON.listenerSetNotAccepted, input)
    : undefined;
};

/** The one listener that matters here counts for more than the set as a whole. */
const isProgrammed: Check<HostInput> = input => {
  const found = condition(input, 'Programmed');
  if (found?.status !== 'False' && found?.status !== 'Unknown') {
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
    found.reason === 'ParentNotProgrammed' &&
    gateway?.reason === 'AddressNotAssigned';
  if (isAdvice) return undefined;
  return faultOf(
    found.status === 'False' ? found : { ...found, reason: 'Pending' },
    REASON.listenerSetNotProgrammed,
    input,
  );
};

/** In order; they find nothing where the listener is the Gateway's own. */
export const LISTENER_SET_CHECKS: readonly Check<HostInput>[] = [
  isJudged,
  isAccepted,
  isProgrammed,
];

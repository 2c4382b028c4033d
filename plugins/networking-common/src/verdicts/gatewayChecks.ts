import { findCondition } from '../gateway-api/conditions';
import type { Condition } from '../gateway-api/types';
import { meaningOf } from './conditionReasons';
import { gatewayNotes } from './gatewayNotes';
import { gatewayTitle, listenerStatus, type HostInput } from './input';
import { answers, besideProof } from './proof';
import { outcome, type Check } from '../findings/outcome';
import { VERDICT_REASONS as REASON } from '../findings/reasons';
import type { Subject } from './types';
import { conditionDetails } from '../findings/words';

/** What the controller says of the listener that is judged, by type. */
export const listenerCondition = (
  input: HostInput,
  type: string,
): Condition | undefined =>
  findCondition(listenerStatus(input)?.conditions, type);

/** What it says of the Gateway of that listener. */
export const gatewayCondition = (
  { primary }: HostInput,
  type: string,
): Condition | undefined =>
  findCondition(primary?.gateway.status?.conditions, type);

export const gatewaySubject = ({ settings }: HostInput): Subject => ({
  kind: 'Gateway',
  name: settings.gateway.name,
  namespace: settings.gateway.namespace,
  cluster: settings.cluster,
});

const isWaiting = (found: Condition | undefined): boolean =>
  found?.status === 'Unknown' ||
  (found?.status === 'False' &&
    meaningOf('Gateway', found)?.word === 'Pending');

export const isProgrammedNow = (input: HostInput): boolean =>
  listenerCondition(input, 'Programmed')?.status === 'True';

/** What the controller says is wrong with the Gateway as a whole. */
export function gatewayFault(input: HostInput) {
  const [accepted, programmed] = ['Accepted', 'Programmed'].map(type =>
    gatewayCondition(input, type),
  );
  const found = [accepted, programmed].find(
    candidate =>
      candidate?.status === 'False' &&
      candidate.reason !== 'AddressNotAssigned' &&
      !isWaiting(candidate),
  );
  return (
    found && {
      found,
      isAcceptance: found === accepted,
      /** It does not only repeat what the controller says of listeners. */
      isOwn: !meaningOf('Gateway', found)?.isEcho,
    }
  );
}

/** The Gateway as a whole; it counts for less than the one listener that matters here. */
export const gatewayHealthy: Check<HostInput> = input => {
  const fault = gatewayFault(input);
  if (!fault) return undefined;
  const { found, isAcceptance } = fault;
  const works = isProgrammedNow(input);
  const title = `Gateway ${gatewayTitle(input.settings)}`;
  const says = `${
    isAcceptance ? 'does not accept' : 'has not set up'
  } ${title}`;
  const unhealthy = outcome(works ? 'Degraded' : 'Broken', 'listener', {
    reason: isAcceptance
      ? REASON.gatewayNotAccepted
      : REASON.gatewayNotProgrammed,
    message: works
      ? `${title} has a fault in another part; requests for this host are answered for now.`
      : `Requests are refused: the controller ${says}.`,
    remedy: `Ask the platform's admins to correct ${title}.`,
    subject: gatewaySubject(input),
    details: conditionDetails(found),
  });
  return works
    ? unhealthy
    : besideProof(unhealthy, input, `the gateway's controller ${says}`);
};

/** A Gateway that is being set up, or again: what its listeners take goes on. */
export const gatewaySetUp: Check<HostInput> = input => {
  const found = ['Accepted', 'Programmed']
    .map(type => gatewayCondition(input, type))
    .find(isWaiting);
  if (!found) return undefined;
  const title = `Gateway ${gatewayTitle(input.settings)}`;
  const isUsed = isProgrammedNow(input) || answers(input);
  return outcome(isUsed ? undefined : 'Pending', 'listener', {
    reason: REASON.gatewayPending,
    message: `The controller is still setting up ${title}.`,
    remedy: `Wait; if it stays so, ask the platform's admins to read the log of ${input.settings.gateway.controller}.`,
    subject: gatewaySubject(input),
    details: conditionDetails(found),
  });
};

/** A check of one condition of the Gateway beside which traffic goes on. */
const gatewayNote =
  (type: string, isBeside: (input: HostInput) => boolean): Check<HostInput> =>
  input => {
    const { primary, settings } = input;
    if (!primary || isBeside(input)) return undefined;
    const title = `Gateway ${gatewayTitle(settings)}`;
    const note = gatewayNotes(primary.gateway, title).find(
      candidate => candidate.type === type,
    );
    if (!note) return undefined;
    const { reason, message, task, details } = note;
    return {
      stop: 'listener',
      finding: {
        reason,
        severity: 'warning',
        message,
        remedy: `Ask the platform's admins to ${task}.`,
        subject: gatewaySubject(input),
        details,
      },
    };
  };

/** References of the Gateway itself, such as its client certificate. */
export const gatewayRefs = gatewayNote('ResolvedRefs', input => {
  const own = listenerCondition(input, 'ResolvedRefs');
  const isSummary =
    gatewayCondition(input, 'ResolvedRefs')?.reason === 'ListenersNotResolved';
  // Then the listener itself says more.
  return isSummary && own?.status === 'False';
});

/** Does the Gateway let clients in without the certificate that it asks for? */
export const clientsChecked = gatewayNote(
  'InsecureFrontendValidationMode',
  ({ https }) => https === undefined,
);

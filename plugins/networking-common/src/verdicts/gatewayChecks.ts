import { findingsOf } from '../findings/declare';
import { outcome, type Check } from '../findings/outcome';
import { conditionDetails } from '../findings/words';
import { findCondition } from '../gateway-api/conditions';
import type { Condition } from '../gateway-api/types';
import { LISTENER_SENTENCES } from '../sentences/listener';
import { meaningOf } from './conditionReasons';
import { gatewayNotes } from './gatewayNotes';
import { listenerStatus, ownGateway, type HostInput } from './input';
import type { LISTENER_REASONS } from './listenerReasons';
import type { Claimed } from './parentReasons';
import { answers, unlessProved } from './proof';
import type { Subject } from './types';

const told = findingsOf<typeof LISTENER_REASONS>(LISTENER_SENTENCES);

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
  const gateway = ownGateway(input.settings);
  const judge = (rest: { works?: true } & Claimed) =>
    outcome(
      rest.works ? 'Degraded' : 'Broken',
      'listener',
      told(isAcceptance ? 'GatewayNotAccepted' : 'GatewayNotProgrammed', {
        params: { gateway, ...rest },
        actor: { is: 'platform' },
        subject: gatewaySubject(input),
        details: conditionDetails(found),
      }),
    );
  return isProgrammedNow(input)
    ? judge({ works: true })
    : unlessProved(
        input,
        { claim: isAcceptance ? 'refused' : 'notSetUp', of: gateway },
        judge,
      );
};

/** A Gateway that is being set up, or again: what its listeners take goes on. */
export const gatewaySetUp: Check<HostInput> = input => {
  const found = ['Accepted', 'Programmed']
    .map(type => gatewayCondition(input, type))
    .find(isWaiting);
  if (!found) return undefined;
  const { settings } = input;
  const isUsed = isProgrammedNow(input) || answers(input);
  return outcome(
    isUsed ? undefined : 'Pending',
    'listener',
    told('GatewayPending', {
      params: {
        gateway: ownGateway(settings),
        controller: settings.gateway.controller,
      },
      actor: { is: 'nobody' },
      subject: gatewaySubject(input),
      details: conditionDetails(found),
    }),
  );
};

/** A check of one condition of the Gateway beside which traffic goes on. */
const gatewayNote =
  (type: string, isBeside: (input: HostInput) => boolean): Check<HostInput> =>
  input => {
    const { primary } = input;
    if (!primary || isBeside(input)) return undefined;
    const note = gatewayNotes(primary.gateway, gatewaySubject(input)).find(
      candidate => candidate.type === type,
    );
    return note && { stop: 'listener', finding: note.finding };
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

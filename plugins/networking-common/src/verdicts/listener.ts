import { isNeverIssued } from '../certificates/choose';
import { findingsOf } from '../findings/declare';
import {
  outcome,
  worstOutcome,
  type Check,
  type Outcome,
} from '../findings/outcome';
import { VERDICT_REASONS as REASON } from '../findings/reasons';
import { conditionDetails } from '../findings/words';
import { objectsOf, textOf } from '../gateway-api/lenient';
import { LISTENER_SENTENCES } from '../sentences/listener';
import { ROUTE_SENTENCES } from '../sentences/route';
import { certificateOutcomes, gatherHostCertificate } from './certificate';
import { isBad } from './conditionReasons';
import {
  clientsChecked,
  gatewayCondition,
  gatewayFault,
  gatewayHealthy,
  gatewayRefs,
  gatewaySetUp,
  gatewaySubject,
  isProgrammedNow,
  listenerCondition,
} from './gatewayChecks';
import {
  generationOf,
  isCurrent,
  listenerStatus,
  type HostInput,
} from './input';
import {
  listenerFault,
  listenerSubject,
  nameOf,
  secretNotPermitted,
  ungrantedSecret,
  type PlainReason,
} from './listenerConditions';
import type { LISTENER_REASONS } from './listenerReasons';
import { LISTENER_SET_CHECKS } from './listenerSet';
import { conditionLines } from './otherConditions';
import type { Claimed, Despite } from './parentReasons';
import { answers, unlessProved } from './proof';
import type { ROUTE_REASONS } from './routeReasons';

const told = findingsOf<typeof LISTENER_REASONS>(LISTENER_SENTENCES);
const ofRoute = findingsOf<typeof ROUTE_REASONS>(ROUTE_SENTENCES);

const waitingFor = (input: HostInput) => ({
  ...nameOf(input),
  controller: input.settings.gateway.controller,
});

const waiting = (input: HostInput) =>
  ({ actor: { is: 'nobody' }, subject: listenerSubject(input) } as const);

const hasStatus: Check<HostInput> = input => {
  if (
    listenerCondition(input, 'Programmed') ||
    listenerCondition(input, 'Conflicted')
  ) {
    return undefined;
  }
  const found = ['Accepted', 'ResolvedRefs']
    .flatMap(type => listenerCondition(input, type) ?? [])
    .find(({ status }) => status === 'False');
  // A controller that refuses a listener may leave out that it is not programmed.
  if (found || answers(input)) return undefined;
  return outcome(
    'Pending',
    'listener',
    told('ListenerNoStatus', { params: waitingFor(input), ...waiting(input) }),
  );
};

/** What the verdict rests on. */
const JUDGED = [
  'Accepted',
  'ResolvedRefs',
  'Programmed',
  'Conflicted',
  'Detached',
];

const isJudged: Check<HostInput> = input => {
  const holder = input.primary?.listenerSet ?? input.primary?.gateway;
  const generation = holder ? generationOf(holder) : 0;
  const stale = JUDGED.flatMap(
    type => listenerCondition(input, type) ?? [],
  ).find(found => !isCurrent(found, generation));
  if (!stale) return undefined;
  return outcome(
    'Pending',
    'listener',
    told('ListenerStatusStale', {
      params: waitingFor(input),
      ...waiting(input),
      details: conditionDetails(stale),
    }),
  );
};

/** A fault of the listener beside what the host answers. */
function beside(
  { word, tell }: ReturnType<typeof listenerFault>,
  input: HostInput,
  claim: Despite['claim'],
): Outcome {
  const judge = (claimed: Claimed) => outcome(word, 'listener', tell(claimed));
  if (word !== 'Broken' && word !== 'Pending') return judge({});
  const { holder, listener } = nameOf(input);
  return unlessProved(input, { claim, of: holder, listener }, judge);
}

/**
 * A check of one condition; `fallback` is the finding where nothing is known of its reason, and `claim` what the controller
 * says with it.
 */
const notBad =
  (
    type: string,
    fallback: PlainReason,
    claim: Despite['claim'],
  ): Check<HostInput> =>
  input => {
    const found = listenerCondition(input, type);
    if (!found || !isBad(found)) return undefined;
    return beside(listenerFault(found, fallback, input), input, claim);
  };

const notConflicted = notBad('Conflicted', 'ListenerConflicted', 'conflicted');
const notDetached = notBad('Detached', 'ListenerDetached', 'detached');
const isAccepted = notBad('Accepted', 'ListenerNotAccepted', 'refused');
const refsUsable = notBad(
  'ResolvedRefs',
  'ListenerCertificateUnusable',
  'refsUnusable',
);

/**
 * A Secret that cert-manager has yet to make is waited for. Whether that will come to anything is the certificate's to say, in
 * its own words.
 */
const refsResolved: Check<HostInput> = input => {
  const fault = refsUsable(input);
  const { https, primary, candidates } = input;
  const isWaitedFor =
    https === primary &&
    candidates.length > 0 &&
    candidates.every(isNeverIssued);
  if (
    fault?.finding.reason !== REASON.listenerCertificateUnusable ||
    answers(input)
  ) {
    return fault;
  }
  const [{ certificate } = {}] = candidates;
  if (!isWaitedFor || !certificate) return fault;
  const worst = worstOutcome(certificateOutcomes(gatherHostCertificate(input)));
  if (worst?.word === 'Broken') return worst;
  return outcome('Pending', 'listener', {
    reason: REASON.certificateNotIssued,
    message: `Connections fail until Certificate ${certificate.namespace}/${certificate.name} is issued for the first time.`,
    remedy: 'Wait; the gateway takes up the certificate once it is there.',
    subject: fault.finding.subject,
    details: fault.finding.details,
  });
};

/** By the grants themselves, which change without the controller's word being any older. */
const secretGranted: Check<HostInput> = input => {
  const { https, primary, snapshot } = input;
  if (!https || https !== primary) return undefined;
  const found = ungrantedSecret(https, snapshot);
  if (found?.isGranted !== false) return undefined;
  const isUsed =
    answers(input) ||
    listenerCondition(input, 'ResolvedRefs')?.status === 'True';
  return outcome(
    isUsed ? 'Degraded' : 'Broken',
    'listener',
    secretNotPermitted(input, { isUsed }),
  );
};

/**
 * Is an address all that the listener waits for? Cilium gives the reason of the Gateway and says of its listeners that they
 * are pending.
 */
function lacksAddressAlone(input: HostInput): boolean {
  const reason = listenerCondition(input, 'Programmed')?.reason;
  const isGateways =
    gatewayCondition(input, 'Programmed')?.reason === 'AddressNotAssigned';
  return (
    reason === 'AddressNotAssigned' || (reason === 'Pending' && isGateways)
  );
}

function programmedFault(input: HostInput) {
  const found = listenerCondition(input, 'Programmed');
  if (!found || found.status === 'True') return undefined;
  if (lacksAddressAlone(input)) return undefined;
  if (found.status !== 'False' && answers(input)) return undefined;
  return listenerFault(
    found.status === 'False'
      ? found
      : { ...found, status: 'Unknown', reason: 'Pending' },
    'ListenerNotProgrammed',
    input,
  );
}

const isProgrammed: Check<HostInput> = input => {
  const fault = programmedFault(input);
  if (!fault || fault.word === 'Pending') return undefined;
  // That it is not valid may only repeat what the controller says of the Gateway.
  const isVague = fault.tell({}).reason === 'ListenerNotProgrammed';
  return isVague && gatewayFault(input)?.isOwn
    ? undefined
    : beside(fault, input, 'notSetUp');
};

/** What a listener waits for may be a Gateway that is refused. */
const isSetUp: Check<HostInput> = input => {
  const fault = programmedFault(input);
  return fault?.word === 'Pending'
    ? beside(fault, input, 'notSetUp')
    : undefined;
};

/** Some controllers say nothing of Programmed before they have accepted a listener. */
const isTakenUp: Check<HostInput> = input => {
  const found = listenerCondition(input, 'Accepted');
  if (found?.status !== 'Unknown') return undefined;
  const { word, tell } = listenerFault(
    { ...found, reason: 'Pending' },
    'ListenerPending',
    input,
  );
  const isUsed = isProgrammedNow(input) || answers(input);
  return outcome(isUsed ? undefined : word, 'listener', tell({}));
};

/** Some controllers report no address for a gateway on node ports although it takes traffic; the probe decides. */
const addressAssigned: Check<HostInput> = input => {
  const found = [
    listenerCondition(input, 'Programmed'),
    gatewayCondition(input, 'Programmed'),
  ].find(
    candidate =>
      candidate?.status === 'False' &&
      candidate.reason === 'AddressNotAssigned',
  );
  if (!found) return undefined;
  return outcome(
    undefined,
    'listener',
    told('AddressNotAssigned', {
      params: {},
      actor: { is: 'nobody' },
      subject: gatewaySubject(input),
      details: conditionDetails(found),
    }),
  );
};

const tlsUnambiguous = notBad(
  'OverlappingTLSConfig',
  'OverlappingTLSConfig',
  'conflicted',
);

/** Types that some listeners' controllers add and of which it is not known whether True is good. */
const otherConditions: Check<HostInput> = input => {
  const others = objectsOf(listenerStatus(input)?.conditions).filter(
    ({ type }) =>
      textOf(type) !== undefined &&
      !JUDGED.includes(type) &&
      type !== 'OverlappingTLSConfig',
  );
  if (others.length === 0) return undefined;
  const details = conditionLines(others);
  return outcome(
    undefined,
    'listener',
    ofRoute('ConditionNotJudged', {
      params: { types: Object.keys(details), of: nameOf(input) },
      actor: { is: 'nobody' },
      subject: listenerSubject(input),
      details,
    }),
  );
};

/** In order; asked only where a listener of our Gateway serves the host. */
export const LISTENER_CHECKS: readonly Check<HostInput>[] = [
  ...LISTENER_SET_CHECKS,
  hasStatus,
  isJudged,
  notConflicted,
  notDetached,
  // Where a reference keeps the listener from being accepted, it is the reference that has to change.
  refsResolved,
  secretGranted,
  isAccepted,
  isProgrammed,
  addressAssigned,
  gatewayHealthy,
  isSetUp,
  isTakenUp,
  gatewaySetUp,
  gatewayRefs,
  clientsChecked,
  tlsUnambiguous,
  otherConditions,
];

import { isNeverIssued } from '../certificates/choose';
import { objectsOf, textOf } from '../gateway-api/lenient';
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
  listenerTitle,
  secretNotPermitted,
  ungrantedSecret,
} from './listenerConditions';
import { LISTENER_SET_CHECKS } from './listenerSet';
import { conditionLines } from './otherConditions';
import { answers, besideProof } from './proof';
import {
  outcome,
  worstOutcome,
  type Check,
  type Outcome,
} from '../findings/outcome';
import { VERDICT_REASONS as REASON } from '../findings/reasons';
import { conditionDetails } from '../findings/words';

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
  return outcome('Pending', 'listener', {
    reason: REASON.listenerNoStatus,
    message: `The gateway's controller has not said yet whether ${listenerTitle(
      input,
    )} takes requests.`,
    remedy: `Wait; if it stays so, ask the platform's admins whether ${input.settings.gateway.controller} runs.`,
    subject: listenerSubject(input),
  });
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
  return outcome('Pending', 'listener', {
    reason: REASON.listenerStatusStale,
    message:
      'The gateway was changed, and its controller has not taken that in yet; requests are answered as before.',
    remedy: `Wait; if it stays so, ask the platform's admins whether ${input.settings.gateway.controller} runs.`,
    subject: listenerSubject(input),
    details: conditionDetails(stale),
  });
};

/**
 * A check of one condition; `fallback` is the finding where nothing is known of its reason, and `says` what the controller says
 * with it, before the listener's name.
 */
const notBad =
  (type: string, fallback: string, says: string): Check<HostInput> =>
  input => {
    const found = listenerCondition(input, type);
    if (!found || !isBad(found)) return undefined;
    const { word, details, ...words } = listenerFault(found, fallback, input);
    const fault = outcome(word, 'listener', {
      ...words,
      subject: listenerSubject(input),
      details: { ...conditionDetails(found), ...details },
    });
    return word === 'Broken' || word === 'Pending'
      ? besideProof(
          fault,
          input,
          `the gateway's controller ${says} ${listenerTitle(input)}`,
        )
      : fault;
  };

const notConflicted = notBad(
  'Conflicted',
  REASON.listenerConflicted,
  'finds a conflict with',
);
const notDetached = notBad(
  'Detached',
  REASON.listenerDetached,
  'has put out of use',
);
const isAccepted = notBad(
  'Accepted',
  REASON.listenerNotAccepted,
  'does not accept',
);
const refsUsable = notBad(
  'ResolvedRefs',
  REASON.listenerCertificateUnusable,
  'cannot use something that is named by',
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
  const told = worstOutcome(certificateOutcomes(gatherHostCertificate(input)));
  if (told?.word === 'Broken') return told;
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
  const { message, ...words } = secretNotPermitted(input);
  return outcome(isUsed ? 'Degraded' : 'Broken', 'listener', {
    reason: REASON.certificateRefNotPermitted,
    message: isUsed
      ? message.replace(/^Connections fail/, 'Connections may fail')
      : message,
    ...words,
    subject: listenerSubject(input),
  });
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
  const { word, details, ...words } = listenerFault(
    found.status === 'False'
      ? found
      : { ...found, status: 'Unknown', reason: 'Pending' },
    REASON.listenerNotProgrammed,
    input,
  );
  return outcome(word, 'listener', {
    ...words,
    subject: listenerSubject(input),
    details: { ...conditionDetails(found), ...details },
  });
}

const programmedBesideProof = (fault: Outcome, input: HostInput) =>
  besideProof(
    fault,
    input,
    `the gateway's controller has not set up ${listenerTitle(input)}`,
  );

const isProgrammed: Check<HostInput> = input => {
  const fault = programmedFault(input);
  if (!fault || fault.word === 'Pending') return undefined;
  // That it is not valid may only repeat what the controller says of the Gateway.
  const isVague = fault.finding.reason === REASON.listenerNotProgrammed;
  return isVague && gatewayFault(input)?.isOwn
    ? undefined
    : programmedBesideProof(fault, input);
};

/** What a listener waits for may be a Gateway that is refused. */
const isSetUp: Check<HostInput> = input => {
  const fault = programmedFault(input);
  return fault?.word === 'Pending'
    ? programmedBesideProof(fault, input)
    : undefined;
};

/** Some controllers say nothing of Programmed before they have accepted a listener. */
const isTakenUp: Check<HostInput> = input => {
  const found = listenerCondition(input, 'Accepted');
  if (found?.status !== 'Unknown') return undefined;
  const { word, details, ...words } = listenerFault(
    { ...found, reason: 'Pending' },
    REASON.listenerPending,
    input,
  );
  const isUsed = isProgrammedNow(input) || answers(input);
  return outcome(isUsed ? undefined : word, 'listener', {
    ...words,
    subject: listenerSubject(input),
    details: { ...conditionDetails(found), ...details },
  });
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
  return outcome(undefined, 'listener', {
    reason: REASON.addressNotAssigned,
    message:
      'The controller reports no address for the gateway; whether requests arrive is what the probe tells.',
    subject: gatewaySubject(input),
    details: conditionDetails(found),
  });
};

const tlsUnambiguous = notBad(
  'OverlappingTLSConfig',
  REASON.overlappingTls,
  'finds the certificates of others overlap with',
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
  return outcome(undefined, 'listener', {
    reason: REASON.conditionNotJudged,
    message: `The controller also says ${Object.keys(details).join(
      ', ',
    )} of ${listenerTitle(input)}, which is shown but not judged here.`,
    subject: listenerSubject(input),
    details,
  });
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

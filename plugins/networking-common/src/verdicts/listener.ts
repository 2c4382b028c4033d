import { isNeverIssued } from '../certificates/choose';
import { findCondition } from '../gateway-api/conditions';
import { objectsOf, textOf } from '../gateway-api/lenient';
import type { Condition } from '../gateway-api/types';
import { certificateOutcomes, gatherHostCertificate } from './certificate';
import { isBad, meaningOf } from './conditionReasons';
import { gatewayNotes } from './gatewayNotes';
import {
  gatewayTitle,
  generationOf,
  isCurrent,
  listenerStatus,
  type HostInput,
} from './input';
import {
  listenerFault,
  listenerTitle,
  secretNotPermitted,
  ungrantedSecret,
} from './listenerConditions';
import { LISTENER_SET_CHECKS } from './listenerSet';
import { conditionLines } from './otherConditions';
import { outcome, worstOutcome, type Check } from '../findings/outcome';
import { VERDICT_REASONS as REASON } from '../findings/reasons';
import type { Subject } from './types';
import { conditionDetails } from '../findings/words';

const condition = (input: HostInput, type: string): Condition | undefined =>
  findCondition(listenerStatus(input)?.conditions, type);

const gatewayCondition = (
  { primary }: HostInput,
  type: string,
): Condition | undefined =>
  findCondition(primary?.gateway.status?.conditions, type);

function subjectOf({ settings, primary }: HostInput): Subject {
  const { kind, metadata } = primary?.listenerSet ?? {
    kind: 'Gateway',
    metadata: settings.gateway,
  };
  return {
    kind,
    name: metadata.name,
    namespace: metadata.namespace,
    cluster: settings.cluster,
    ...(primary && { field: `spec.listeners[${primary.listener.name}]` }),
  };
}

const gatewaySubject = ({ settings }: HostInput): Subject => ({
  kind: 'Gateway',
  name: settings.gateway.name,
  namespace: settings.gateway.namespace,
  cluster: settings.cluster,
});

const hasStatus: Check<HostInput> = input => {
  if (condition(input, 'Programmed') || condition(input, 'Conflicted')) {
    return undefined;
  }
  const found = ['Accepted', 'ResolvedRefs']
    .flatMap(type => condition(input, type) ?? [])
    .find(({ status }) => status === 'False');
  // A controller that refuses a listener may leave out that it is not programmed.
  if (found) return undefined;
  return outcome('Pending', 'listener', {
    reason: REASON.listenerNoStatus,
    message: `The gateway's controller has not said yet whether ${listenerTitle(
      input,
    )} takes requests.`,
    remedy: `Wait; if it stays so, ask the platform's admins whether ${input.settings.gateway.controller} runs.`,
    subject: subjectOf(input),
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
  const stale = JUDGED.flatMap(type => condition(input, type) ?? []).find(
    found => !isCurrent(found, generation),
  );
  if (!stale) return undefined;
  return outcome('Pending', 'listener', {
    reason: REASON.listenerStatusStale,
    message:
      'The gateway was changed, and its controller has not taken that in yet; requests are answered as before.',
    remedy: `Wait; if it stays so, ask the platform's admins whether ${input.settings.gateway.controller} runs.`,
    subject: subjectOf(input),
    details: conditionDetails(stale),
  });
};

/** A check of one condition; `fallback` is the finding where nothing is known of its reason. */
const notBad =
  (type: string, fallback: string): Check<HostInput> =>
  input => {
    const found = condition(input, type);
    if (!found || !isBad(found)) return undefined;
    const { word, details, ...words } = listenerFault(found, fallback, input);
    return outcome(word, 'listener', {
      ...words,
      subject: subjectOf(input),
      details: { ...conditionDetails(found), ...details },
    });
  };

const notConflicted = notBad('Conflicted', REASON.listenerConflicted);
const notDetached = notBad('Detached', REASON.listenerDetached);
const isAccepted = notBad('Accepted', REASON.listenerNotAccepted);
const refsUsable = notBad('ResolvedRefs', REASON.listenerCertificateUnusable);

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
  if (fault?.finding.reason !== REASON.listenerCertificateUnusable)
    return fault;
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
  const isUsed = condition(input, 'ResolvedRefs')?.status === 'True';
  const { message, ...words } = secretNotPermitted(input);
  return outcome(isUsed ? 'Degraded' : 'Broken', 'listener', {
    reason: REASON.certificateRefNotPermitted,
    message: isUsed
      ? message.replace(/^Connections fail/, 'Connections may fail')
      : message,
    ...words,
    subject: subjectOf(input),
  });
};

/**
 * Is an address all that the listener waits for? Cilium gives the reason of the Gateway and says of its listeners that they
 * are pending.
 */
function lacksAddressAlone(input: HostInput): boolean {
  const reason = condition(input, 'Programmed')?.reason;
  const isGateways =
    gatewayCondition(input, 'Programmed')?.reason === 'AddressNotAssigned';
  return (
    reason === 'AddressNotAssigned' || (reason === 'Pending' && isGateways)
  );
}

function programmedFault(input: HostInput) {
  const found = condition(input, 'Programmed');
  if (!found || found.status === 'True') return undefined;
  if (lacksAddressAlone(input)) return undefined;
  const { word, details, ...words } = listenerFault(
    found.status === 'False'
      ? found
      : { ...found, status: 'Unknown', reason: 'Pending' },
    REASON.listenerNotProgrammed,
    input,
  );
  return outcome(word, 'listener', {
    ...words,
    subject: subjectOf(input),
    details: { ...conditionDetails(found), ...details },
  });
}

const isProgrammed: Check<HostInput> = input => {
  const fault = programmedFault(input);
  return fault?.word === 'Pending' ? undefined : fault;
};

/** What a listener waits for may be a Gateway that is refused. */
const isSetUp: Check<HostInput> = input => {
  const fault = programmedFault(input);
  return fault?.word === 'Pending' ? fault : undefined;
};

const isWaiting = (found: Condition | undefined): boolean =>
  found?.status === 'Unknown' ||
  (found?.status === 'False' &&
    meaningOf('Gateway', found)?.word === 'Pending');

const isProgrammedNow = (input: HostInput): boolean =>
  condition(input, 'Programmed')?.status === 'True';

/** The Gateway as a whole; it counts for less than the one listener that matters here. */
const gatewayHealthy: Check<HostInput> = input => {
  const [accepted, programmed] = ['Accepted', 'Programmed'].map(type =>
    gatewayCondition(input, type),
  );
  const found = [accepted, programmed].find(
    candidate =>
      candidate?.status === 'False' &&
      candidate.reason !== 'AddressNotAssigned' &&
      !isWaiting(candidate),
  );
  if (!found) return undefined;
  const works = isProgrammedNow(input);
  const title = `Gateway ${gatewayTitle(input.settings)}`;
  return outcome(works ? 'Degraded' : 'Broken', 'listener', {
    reason:
      found === accepted
        ? REASON.gatewayNotAccepted
        : REASON.gatewayNotProgrammed,
    message: works
      ? `${title} has a fault in another part; requests for this host are answered for now.`
      : `Requests are refused: the controller ${
          found === accepted ? 'does not accept' : 'has not set up'
        } ${title}.`,
    remedy: `Ask the platform's admins to correct ${title}.`,
    subject: gatewaySubject(input),
    details: conditionDetails(found),
  });
};

/** Some controllers say nothing of Programmed before they have accepted a listener. */
const isTakenUp: Check<HostInput> = input => {
  const found = condition(input, 'Accepted');
  if (found?.status !== 'Unknown') return undefined;
  const { word, details, ...words } = listenerFault(
    { ...found, reason: 'Pending' },
    REASON.listenerPending,
    input,
  );
  return outcome(isProgrammedNow(input) ? undefined : word, 'listener', {
    ...words,
    subject: subjectOf(input),
    details: { ...conditionDetails(found), ...details },
  });
};

/** A Gateway that is being set up, or again: what its listeners take goes on. */
const gatewaySetUp: Check<HostInput> = input => {
  const found = ['Accepted', 'Programmed']
    .map(type => gatewayCondition(input, type))
    .find(isWaiting);
  if (!found) return undefined;
  const title = `Gateway ${gatewayTitle(input.settings)}`;
  return outcome(isProgrammedNow(input) ? undefined : 'Pending', 'listener', {
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

const gatewayRefs = gatewayNote('ResolvedRefs', input => {
  const own = condition(input, 'ResolvedRefs');
  const isSummary =
    gatewayCondition(input, 'ResolvedRefs')?.reason === 'ListenersNotResolved';
  // Then the listener itself says more.
  return isSummary && own?.status === 'False';
});

const clientsChecked = gatewayNote(
  'InsecureFrontendValidationMode',
  ({ https }) => https === undefined,
);

/** Some controllers report no address for a gateway on node ports although it takes traffic; the probe decides. */
const addressAssigned: Check<HostInput> = input => {
  const found = [
    condition(input, 'Programmed'),
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

const tlsUnambiguous = notBad('OverlappingTLSConfig', REASON.overlappingTls);

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
    subject: subjectOf(input),
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

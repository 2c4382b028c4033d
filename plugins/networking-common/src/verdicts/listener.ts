import { findCondition } from '../gateway-api/conditions';
import type { Condition } from '../gateway-api/types';
import {
  gatewayTitle,
  generationOf,
  isCurrent,
  listenerStatus,
  type HostInput,
} from './input';
import { outcome, type Check } from './outcome';
import { VERDICT_REASONS as REASON } from './reasons';
import type { Subject } from './types';
import { conditionDetails } from './words';

const condition = (input: HostInput, type: string): Condition | undefined =>
  findCondition(listenerStatus(input)?.conditions, type);

const gatewayCondition = (
  { primary }: HostInput,
  type: string,
): Condition | undefined =>
  findCondition(primary?.gateway.status?.conditions, type);

const subjectOf = ({ settings, primary }: HostInput): Subject => ({
  kind: 'Gateway',
  name: settings.gateway.name,
  namespace: settings.gateway.namespace,
  cluster: settings.cluster,
  ...(primary && { field: `spec.listeners[${primary.listener.name}]` }),
});

const listenerTitle = ({ primary, settings }: HostInput) =>
  `listener ${primary?.listener.name} of Gateway ${gatewayTitle(settings)}`;

const adminsFix = (input: HostInput) =>
  `Ask the platform's admins to correct ${listenerTitle(input)}.`;

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

const isJudged: Check<HostInput> = input => {
  const generation = input.primary ? generationOf(input.primary.gateway) : 0;
  const stale = ['Accepted', 'ResolvedRefs', 'Programmed', 'Conflicted']
    .flatMap(type => condition(input, type) ?? [])
    .find(found => !isCurrent(found, generation));
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

const notConflicted: Check<HostInput> = input => {
  const found = condition(input, 'Conflicted');
  if (found?.status !== 'True') return undefined;
  return outcome('Broken', 'listener', {
    reason: REASON.listenerConflicted,
    message:
      'Requests are refused: two listeners of the gateway claim the same port and hostname.',
    remedy: adminsFix(input),
    subject: subjectOf(input),
    details: conditionDetails(found),
  });
};

const isAccepted: Check<HostInput> = input => {
  const found = condition(input, 'Accepted');
  if (found?.status !== 'False') return undefined;
  return outcome('Broken', 'listener', {
    reason: REASON.listenerNotAccepted,
    message: `Requests are refused: the controller does not accept ${listenerTitle(
      input,
    )}.`,
    remedy: adminsFix(input),
    subject: subjectOf(input),
    details: conditionDetails(found),
  });
};

const certificateUsable: Check<HostInput> = input => {
  const found = condition(input, 'ResolvedRefs');
  // Kinds of routes other than ours do not concern this route.
  if (found?.status !== 'False' || found.reason === 'InvalidRouteKinds') {
    return undefined;
  }
  return outcome('Broken', 'listener', {
    reason: REASON.listenerCertificateUnusable,
    message:
      'Connections fail before any request: the gateway cannot use the certificate that its listener names.',
    remedy: `Ask the platform's admins to create the Secret that ${listenerTitle(
      input,
    )} names.`,
    subject: subjectOf(input),
    details: conditionDetails(found),
  });
};

const isProgrammed: Check<HostInput> = input => {
  const found = condition(input, 'Programmed');
  if (!found || found.status === 'True') return undefined;
  if (found.reason === 'AddressNotAssigned') return undefined;
  const waits = found.status !== 'False' || found.reason === 'Pending';
  return outcome(waits ? 'Pending' : 'Broken', 'listener', {
    reason: waits ? REASON.listenerPending : REASON.listenerNotProgrammed,
    message: waits
      ? `The gateway is still setting up ${listenerTitle(input)}.`
      : `Requests are refused: the gateway has not set up ${listenerTitle(
          input,
        )}.`,
    remedy: waits
      ? `Wait; if it stays so, ask the platform's admins to read the log of ${input.settings.gateway.controller}.`
      : adminsFix(input),
    subject: subjectOf(input),
    details: conditionDetails(found),
  });
};

/** The Gateway as a whole; it counts for less than the one listener that matters here. */
const gatewayHealthy: Check<HostInput> = input => {
  const [accepted, programmed] = ['Accepted', 'Programmed'].map(type =>
    gatewayCondition(input, type),
  );
  const found = [accepted, programmed].find(
    candidate =>
      candidate?.status === 'False' &&
      candidate.reason !== 'AddressNotAssigned',
  );
  if (!found) return undefined;
  const works = condition(input, 'Programmed')?.status === 'True';
  return outcome(works ? 'Degraded' : 'Broken', 'listener', {
    reason:
      found === accepted
        ? REASON.gatewayNotAccepted
        : REASON.gatewayNotProgrammed,
    message: works
      ? `Gateway ${gatewayTitle(
          input.settings,
        )} has a fault in another part; requests for this host are answered for now.`
      : `Requests are refused: the controller does not run Gateway ${gatewayTitle(
          input.settings,
        )}.`,
    remedy: `Ask the platform's admins to correct Gateway ${gatewayTitle(
      input.settings,
    )}.`,
    subject: subjectOf(input),
    details: conditionDetails(found),
  });
};

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
    subject: subjectOf(input),
    details: conditionDetails(found),
  });
};

const tlsUnambiguous: Check<HostInput> = input => {
  const found = condition(input, 'OverlappingTLSConfig');
  if (found?.status !== 'True') return undefined;
  return outcome('Degraded', 'listener', {
    reason: REASON.overlappingTls,
    message:
      'Browsers may get 404 or 421 now and then: another listener serves a certificate for the same hosts, so they reuse the wrong connection.',
    remedy: `Ask the platform's admins to give the listeners of Gateway ${gatewayTitle(
      input.settings,
    )} certificates that do not overlap.`,
    subject: subjectOf(input),
    details: conditionDetails(found),
  });
};

/** In order; asked only where a listener of our Gateway serves the host. */
export const LISTENER_CHECKS: readonly Check<HostInput>[] = [
  hasStatus,
  isJudged,
  notConflicted,
  isAccepted,
  certificateUsable,
  isProgrammed,
  addressAssigned,
  gatewayHealthy,
  tlsUnambiguous,
];

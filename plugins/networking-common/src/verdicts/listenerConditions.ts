import { findingsOf } from '../findings/declare';
import { VERDICT_REASONS as REASON } from '../findings/reasons';
import type { Actor, Finding } from '../findings/types';
import { conditionDetails, saidIn } from '../findings/words';
import { objectsOf, textOf } from '../gateway-api/lenient';
import { GATEWAY_GROUP } from '../gateway-api/parents';
import {
  isGranted,
  type CrossNamespaceReference,
} from '../gateway-api/referenceGrants';
import type { Condition } from '../gateway-api/types';
import { LISTENER_SENTENCES } from '../sentences/listener';
import { meaningOf, type ReasonMeaning } from './conditionReasons';
import { askedGrant } from './grants';
import { ownGateway, type HostInput } from './input';
import type {
  LISTENER_REASONS,
  ListenerName,
  NotAllowed,
} from './listenerReasons';
import type { Claimed } from './parentReasons';
import { holderOf, type Serving } from './reach';
import type { Subject } from './types';

const found = findingsOf<typeof LISTENER_REASONS>(LISTENER_SENTENCES);

/** Listeners of the Gateway are the admins' business; those of a ListenerSet are its owners'. */
export const ownersOf = ({ primary }: HostInput): string =>
  primary?.listenerSet
    ? `the owners of namespace ${primary.listenerSet.metadata.namespace}`
    : "the platform's admins";

/** The listener that is judged, as what a finding is about. */
export function listenerSubject({ settings, primary }: HostInput): Subject {
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

/** As a sentence names it. */
export function nameOf({ primary, settings }: HostInput): ListenerName {
  return primary
    ? { listener: primary.listener.name, holder: holderOf(primary) }
    : { listener: '', holder: ownGateway(settings) };
}

/** Listeners of the Gateway are the admins' business; those of a ListenerSet are its owners'. */
export const ownerOf = ({ primary }: HostInput): Actor =>
  primary?.listenerSet
    ? { is: 'owner', of: holderOf(primary) }
    : { is: 'platform' };

/** A finding whose severity follows from what it makes of requests. */
type Told = Omit<Finding, 'severity'>;

/** The first reference to a Secret of another namespace that is not surely allowed. */
export function ungrantedSecret(
  { listener, listenerSet, gateway }: Serving,
  snapshot: HostInput['snapshot'],
):
  | { reference: CrossNamespaceReference; isGranted: boolean | undefined }
  | undefined {
  const { kind, metadata } = listenerSet ?? gateway;
  const namespace = textOf(metadata.namespace) ?? '';
  const foreign = objectsOf(listener.tls?.certificateRefs).flatMap(ref => {
    const reference = {
      from: { group: GATEWAY_GROUP, kind, namespace },
      to: {
        group: textOf(ref.group) ?? '',
        kind: textOf(ref.kind) ?? 'Secret',
        namespace: textOf(ref.namespace) ?? namespace,
        name: textOf(ref.name) ?? '',
      },
    };
    const granted = isGranted(reference, snapshot);
    return granted === true ? [] : [{ reference, isGranted: granted }];
  });
  return foreign.find(one => one.isGranted === false) ?? foreign[0];
}

/**
 * The first reference of a Gateway to a CA for clients' certificates that is surely not allowed (`spec.tls.frontend`; that of
 * the listener's port takes the place of the default).
 */
function ungrantedClientCa(
  { gateway, listener }: Serving,
  { snapshot }: Pick<HostInput, 'snapshot'>,
): CrossNamespaceReference | undefined {
  const frontend = gateway.spec?.tls?.frontend;
  const ofPort = objectsOf(frontend?.perPort).find(
    ({ port }) => port === listener.port,
  );
  const { validation } = (ofPort ? ofPort.tls : frontend?.default) ?? {};
  const namespace = textOf(gateway.metadata.namespace) ?? '';
  return objectsOf(validation?.caCertificateRefs)
    .map(ref => ({
      from: { group: GATEWAY_GROUP, kind: 'Gateway', namespace },
      to: {
        group: textOf(ref.group) ?? '',
        kind: textOf(ref.kind) ?? 'ConfigMap',
        namespace: textOf(ref.namespace) ?? namespace,
        name: textOf(ref.name) ?? '',
      },
    }))
    .find(reference => isGranted(reference, snapshot) === false);
}

/** A reference that is not allowed, as far as it is known, and whom to ask. */
function notAllowed(
  reference: CrossNamespaceReference | undefined,
  input: HostInput,
): { params: NotAllowed; actor: Actor; details?: Record<string, string> } {
  if (!reference) return { params: {}, actor: ownerOf(input) };
  const { from, to, ...rest } = askedGrant(reference);
  return { params: { from, to }, ...rest };
}

/** The certificate lies in a namespace that does not allow its use. `isUsed`: the gateway goes on with it for now. */
export function secretNotPermitted(
  input: HostInput,
  claimed: Claimed & { isUsed: boolean },
): Told {
  const { primary, snapshot } = input;
  const { params, actor, details } = notAllowed(
    primary && ungrantedSecret(primary, snapshot)?.reference,
    input,
  );
  return found('CertificateRefNotPermitted', {
    params: { ...nameOf(input), ...claimed, ...params },
    actor,
    subject: listenerSubject(input),
    details,
  });
}

/** A reference that is not permitted may be that to a client CA: where those to certificates are, it is. */
const isAboutClientCa = (
  known: ReasonMeaning | undefined,
  { primary, snapshot }: HostInput,
): boolean =>
  known?.finding === REASON.certificateRefNotPermitted &&
  primary !== undefined &&
  !ungrantedSecret(primary, snapshot) &&
  ungrantedClientCa(primary, { snapshot }) !== undefined;

/** Those whose finding takes the listener's name and what the controller says. */
const PLAIN = [
  'ListenerConflicted',
  'ListenerProtocolConflict',
  'ListenerDetached',
  'ListenerNotAccepted',
  'ListenerNotProgrammed',
  'TooManyListeners',
  'ListenerValueUnsupported',
  'ListenerTlsInvalid',
  'ListenerTlsModeUnsupported',
  'ListenerClientCaUnusable',
  'ListenerKindsUnknown',
  'ListenerSelectorInvalid',
  'ListenerCertificateUnusable',
  'ListenerCertificatePartlyUnusable',
  'OverlappingTLSConfig',
  'OverlappingTlsNotKnown',
] as const;

export type PlainReason = (typeof PLAIN)[number];

const isPlain = (reason: string | undefined): reason is PlainReason =>
  PLAIN.some(plain => plain === reason);

function tell(
  reason: string,
  condition: Condition,
  input: HostInput,
  claimed: Claimed,
): Told | undefined {
  const { primary, settings } = input;
  const of = { ...nameOf(input), ...claimed };
  const about = {
    actor: ownerOf(input),
    subject: listenerSubject(input),
    details: conditionDetails(condition),
  };
  if (isPlain(reason)) {
    const params = { ...of, said: saidIn(condition) };
    return found(reason, { params, ...about });
  }
  switch (reason) {
    case 'ListenerPortUnavailable':
      return found(reason, {
        params: { ...of, port: primary?.listener.port },
        ...about,
      });
    case 'ListenerProtocolUnsupported':
      return found(reason, {
        params: { ...of, protocol: primary?.listener.protocol },
        ...about,
      });
    case 'ListenerPending':
      return found(reason, {
        params: { ...of, controller: settings.gateway.controller },
        ...about,
        actor: { is: 'nobody' },
      });
    case 'ClientCaRefNotPermitted': {
      const { params, actor, details } = notAllowed(
        primary && ungrantedClientCa(primary, input),
        input,
      );
      return found(reason, {
        params: { ...of, ...params },
        ...about,
        actor,
        details: { ...about.details, ...details },
      });
    }
    case 'CertificateRefNotPermitted': {
      const refused = secretNotPermitted(input, { ...claimed, isUsed: false });
      return {
        ...refused,
        details: { ...about.details, ...refused.details },
      };
    }
    default:
      return undefined;
  }
}

/** What a bad condition of the listener comes to; `fallback` is for a reason that nothing is known of. */
export function listenerFault(
  condition: Condition,
  fallback: PlainReason | 'ListenerPending',
  input: HostInput,
): { word: ReasonMeaning['word']; tell(claimed: Claimed): Told } {
  const known = meaningOf('Listener', condition);
  const reason = isAboutClientCa(known, input)
    ? REASON.clientCaRefNotPermitted
    : known?.finding ?? fallback;
  const unknown = fallback === 'OverlappingTLSConfig' ? 'Degraded' : 'Broken';
  return {
    word: known ? known.word : unknown,
    tell: claimed =>
      tell(reason, condition, input, claimed) ??
      tell(fallback, condition, input, claimed)!,
  };
}

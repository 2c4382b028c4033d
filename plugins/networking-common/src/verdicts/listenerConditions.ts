import { objectsOf, textOf } from '../gateway-api/lenient';
import { GATEWAY_GROUP } from '../gateway-api/parents';
import {
  isGranted,
  type CrossNamespaceReference,
} from '../gateway-api/referenceGrants';
import type { Condition } from '../gateway-api/types';
import { meaningOf, type ReasonMeaning } from './conditionReasons';
import { askForGrant } from './grants';
import type { HostInput } from './input';
import { holderTitle, type Serving } from './reach';
import type { Subject } from './types';
import { VERDICT_REASONS as REASON } from '../findings/reasons';
import { controllersWords } from '../findings/words';

/** `listener https of Gateway kube-system/idp-gateway`. */
export const listenerTitle = ({ primary }: HostInput): string =>
  primary
    ? `listener ${primary.listener.name} of ${holderTitle(primary)}`
    : 'the listener';

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

interface Words {
  message: string;
  remedy: string;
  details?: Record<string, string>;
}

type Say = (input: HostInput, condition: Condition) => Words;

const ask = (input: HostInput, what: string) =>
  `Ask ${ownersOf(input)} to ${what}.`;

const correct = (input: HostInput) =>
  ask(input, `correct ${listenerTitle(input)}`);

/** The first reference to a Secret of another namespace that is not surely allowed. */
export function ungrantedSecret(
  { listener, listenerSet, gateway }: Serving,
  snapshot: HostInput['snapshot'],
):
  | { reference: CrossNamespaceReference; isGranted: boolean | undefined }
  | undefined {
  const { kind, metadata } = listenerSet ?? gateway;
  const namespace = textOf(metadata.namespace) ?? '';
  const found = objectsOf(listener.tls?.certificateRefs).flatMap(ref => {
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
  return found.find(one => one.isGranted === false) ?? found[0];
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

/** Connections fail, since the certificate lies in a namespace that does not allow its use. */
export function secretNotPermitted(input: HostInput): Words {
  const { primary, snapshot } = input;
  const found = primary && ungrantedSecret(primary, snapshot);
  if (!found) {
    return {
      message:
        'Connections fail before any request: the certificate lies in a namespace that does not allow the gateway to use it.',
      remedy: ask(
        input,
        `move the Secret that ${listenerTitle(
          input,
        )} names, or to get a ReferenceGrant for it`,
      ),
    };
  }
  const { to } = found.reference;
  const { remedy, details } = askForGrant(found.reference);
  return {
    message: `Connections fail before any request: namespace ${to.namespace} does not allow the gateway to use its Secret ${to.name}.`,
    remedy: `${remedy}.`,
    details,
  };
}

/** Clients' certificates cannot be checked, since their CA lies in a namespace that does not allow its use. */
function clientCaNotPermitted(input: HostInput): Words {
  const what =
    'Connections are refused: the gateway asks clients for a certificate, and';
  const reference = input.primary && ungrantedClientCa(input.primary, input);
  if (!reference) {
    return {
      message: `${what} the CA that is to have signed it lies in a namespace that does not allow the gateway to use it.`,
      remedy: ask(
        input,
        `move the client CA that ${listenerTitle(
          input,
        )} relies on, or to get a ReferenceGrant for it`,
      ),
    };
  }
  const { to } = reference;
  const { remedy, details } = askForGrant(reference);
  return {
    message: `${what} namespace ${to.namespace} does not allow it to use the CA in ${to.kind} ${to.name}.`,
    remedy: `${remedy}.`,
    details,
  };
}

const SAY: Readonly<Record<string, Say>> = {
  [REASON.listenerConflicted]: input => ({
    message:
      'Requests are refused: two listeners of the gateway claim the same port and hostname.',
    remedy: correct(input),
  }),
  [REASON.listenerProtocolConflict]: input => ({
    message:
      'Requests are refused: two listeners of the gateway claim the same port with different protocols.',
    remedy: correct(input),
  }),
  [REASON.listenerDetached]: (input, condition) => ({
    message: `Requests are refused: the controller has put ${listenerTitle(
      input,
    )} out of use.${controllersWords(condition)}`,
    remedy: correct(input),
  }),
  [REASON.listenerPortUnavailable]: input => ({
    message: `Requests are refused: the gateway cannot listen on port ${input.primary?.listener.port}.`,
    remedy: ask(
      input,
      `choose a port for ${listenerTitle(
        input,
      )} that the gateway can listen on`,
    ),
  }),
  [REASON.listenerProtocolUnsupported]: input => ({
    message: `Requests are refused: the gateway does not speak protocol ${input.primary?.listener.protocol}.`,
    remedy: ask(input, `change the protocol of ${listenerTitle(input)}`),
  }),
  [REASON.tooManyListeners]: input => ({
    message: `Requests are refused: the gateway has more listeners than its controller can serve, and leaves ${listenerTitle(
      input,
    )} out.`,
    remedy: ask(input, `remove a listener beside ${listenerTitle(input)}`),
  }),
  [REASON.listenerValueUnsupported]: (input, condition) => ({
    message: `Requests are refused: ${listenerTitle(
      input,
    )} asks for something that this gateway cannot do.${controllersWords(
      condition,
    )}`,
    remedy: correct(input),
  }),
  [REASON.listenerTlsInvalid]: input => ({
    message: `Connections fail before any request: the TLS settings of ${listenerTitle(
      input,
    )} do not fit its protocol.`,
    remedy: ask(input, `correct tls of ${listenerTitle(input)}`),
  }),
  [REASON.listenerClientCaUnusable]: input => ({
    message:
      'Connections are refused: the gateway asks clients for a certificate and cannot use the CA that is to have signed it.',
    remedy: ask(
      input,
      `correct the client CA that ${listenerTitle(input)} relies on`,
    ),
  }),
  [REASON.clientCaRefNotPermitted]: clientCaNotPermitted,
  [REASON.listenerTlsModeUnsupported]: input => ({
    message: `Connections are refused: the gateway does not support the TLS mode of ${listenerTitle(
      input,
    )} with its protocol.`,
    remedy: ask(
      input,
      `set mode Terminate in tls of ${listenerTitle(
        input,
      )}, or protocol TLS beside mode Passthrough`,
    ),
  }),
  [REASON.overlappingTlsNotKnown]: input => ({
    message: `The gateway cannot see which hosts a certificate on the port of ${listenerTitle(
      input,
    )} is for, so it answers with HTTP/1.1 alone; requests are answered as before.`,
    remedy: ask(
      input,
      `configure ALPN on ${listenerTitle(input)} if clients need HTTP/2`,
    ),
  }),
  [REASON.listenerKindsUnknown]: input => ({
    message: `The controller knows not all kinds of routes that ${listenerTitle(
      input,
    )} names; HTTPRoutes are not concerned.`,
    remedy: ask(
      input,
      `correct allowedRoutes.kinds of ${listenerTitle(input)}`,
    ),
  }),
  [REASON.listenerSelectorInvalid]: input => ({
    message: `Requests get 404: the gateway cannot read the namespace selector of ${listenerTitle(
      input,
    )}.`,
    remedy: ask(
      input,
      `correct allowedRoutes.namespaces.selector of ${listenerTitle(input)}`,
    ),
  }),
  [REASON.listenerCertificateUnusable]: input => ({
    message:
      'Connections fail before any request: the gateway cannot use the certificate that its listener names.',
    remedy: ask(input, `create the Secret that ${listenerTitle(input)} names`),
  }),
  [REASON.listenerCertificatePartlyUnusable]: (input, condition) => ({
    message: `Connections may fail before any request: the gateway cannot use one of the certificates of its listener.${controllersWords(
      condition,
    )}`,
    remedy: ask(
      input,
      `correct the certificates that ${listenerTitle(input)} names`,
    ),
  }),
  [REASON.certificateRefNotPermitted]: secretNotPermitted,
  [REASON.listenerNotAccepted]: (input, condition) => ({
    message: `Requests are refused: the controller does not accept ${listenerTitle(
      input,
    )}.${controllersWords(condition)}`,
    remedy: correct(input),
  }),
  [REASON.listenerNotProgrammed]: (input, condition) => ({
    message: `Requests are refused: the gateway has not set up ${listenerTitle(
      input,
    )}.${controllersWords(condition)}`,
    remedy: correct(input),
  }),
  [REASON.listenerPending]: input => ({
    message: `The gateway is still setting up ${listenerTitle(input)}.`,
    remedy: `Wait; if it stays so, ask the platform's admins to read the log of ${input.settings.gateway.controller}.`,
  }),
  [REASON.overlappingTls]: input => ({
    message:
      'Browsers may get 404 or 421 now and then: another listener serves a certificate for the same hosts, so they reuse the wrong connection.',
    remedy: ask(
      input,
      `give ${listenerTitle(
        input,
      )} a certificate that overlaps with no other listener's`,
    ),
  }),
};

/** A reference that is not permitted may be that to a client CA: where those to certificates are, it is. */
const isAboutClientCa = (
  known: ReasonMeaning | undefined,
  { primary, snapshot }: HostInput,
): boolean =>
  known?.finding === REASON.certificateRefNotPermitted &&
  primary !== undefined &&
  !ungrantedSecret(primary, snapshot) &&
  ungrantedClientCa(primary, { snapshot }) !== undefined;

const unknownWord = (fallback: string) =>
  fallback === REASON.overlappingTls ? 'Degraded' : 'Broken';

/** What a bad condition of the listener means; `fallback` is for a reason that nothing is known of. */
export function listenerFault(
  condition: Condition,
  fallback: string,
  input: HostInput,
): Words & { reason: string; word: ReasonMeaning['word'] } {
  const known = meaningOf('Listener', condition);
  const reason = isAboutClientCa(known, input)
    ? REASON.clientCaRefNotPermitted
    : known?.finding ?? fallback;
  return {
    reason,
    word: known ? known.word : unknownWord(fallback),
    ...(SAY[reason] ?? SAY[fallback])(input, condition),
  };
}

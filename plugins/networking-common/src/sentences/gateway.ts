import type { GATEWAY_REASONS, OfListener } from '../exposures/gatewayReasons';
import type { SentencesOf } from '../findings/declare';
import { objectWords } from './words';

const listenerWords = ({ gateway, listener }: OfListener) =>
  `listener ${listener} of ${objectWords(gateway)}`;

/** Of the findings about what keeps the gateway of the settings from serving an exposure. */
export const GATEWAY_SENTENCES: SentencesOf<typeof GATEWAY_REASONS> = {
  GatewayMissing: ({ cluster, gateway }) => ({
    message: `Requests would get no answer: ${objectWords(
      gateway,
    )} does not exist on cluster ${cluster}.`,
    remedy: `Ask the platform's admins to create ${objectWords(
      gateway,
    )}, or to set gateway.name and gateway.namespace.`,
  }),
  ListenerMissing: ({ gateway, listener, isInClear }) => ({
    message: isInClear
      ? `Requests would be sent unencrypted: listener ${listener} of ${objectWords(
          gateway,
        )} isn't an HTTPS listener.`
      : `Requests would get no answer: ${objectWords(
          gateway,
        )} has no listener ${listener}.`,
    remedy: `Ask the platform's admins to add HTTPS listener ${listener} to ${objectWords(
      gateway,
    )}, or to set gateway.https_section.`,
  }),
  DnsSuffixMismatch: ({ dnsSuffix, hostname, ...of }) => ({
    message: `Requests would get no answer: the settings say that hosts end in ${dnsSuffix}, and ${listenerWords(
      of,
    )} serves ${hostname}.`,
    remedy:
      "Ask the platform's admins to set network.dns_suffix to what the listener serves, or to apply the platform again.",
  }),
  ListenerRefusesNamespace: ({ namespace, ...of }) => ({
    message: `Requests would get no answer: the gateway doesn't take routes from namespace ${namespace}.`,
    remedy: `Ask the platform's admins to let ${listenerWords(
      of,
    )} take routes from namespace ${namespace}, or choose a Service in a namespace that it takes.`,
  }),
  ListenerRefusesKind: ({ kind, ...of }) => ({
    message: `Requests would get no answer: listener ${of.listener} takes no ${kind}s.`,
    remedy: `Ask the platform's admins to correct ${listenerWords(of)}.`,
  }),
  NoMatchingListenerHostname: ({ hostname, ...of }) => ({
    message: `Requests would get no answer: listener ${of.listener} serves ${hostname}, and this host isn't part of it.`,
    remedy: `Ask the platform's admins to correct ${listenerWords(of)}.`,
  }),
  NotKnown: ({ namespace, ...of }) => ({
    message: `Requests may get no answer: listener ${of.listener} chooses namespaces by their labels, and Backstage can't read namespace ${namespace}.`,
    remedy:
      "Ask the platform's admins to let the Backstage backend read Namespaces.",
  }),
};

import type { Sentence, SentencesOf } from '../findings/declare';
import type {
  LISTENER_REASONS,
  ListenerName,
  NotAllowed,
} from '../verdicts/listenerReasons';
import { unlessAnswered } from './despite';
import {
  ADMINS,
  listenerWords,
  objectWords,
  orAsk,
  orReadLog,
  ownersWords,
  saidWords,
} from './words';

const ask = ({ holder }: Pick<ListenerName, 'holder'>, what: string) =>
  `Ask ${ownersWords(holder)} to ${what}.`;

const correct = (of: ListenerName) => ask(of, `correct ${listenerWords(of)}`);

/** `namespace infra does not let the gateway use its Secret edge`, and whom to ask for a grant. */
function notAllowed(
  { to, from }: NotAllowed,
  of: ListenerName,
  what: { unknown: string; toMove: string },
): { why: string; remedy: string } {
  if (!to || !from) {
    return {
      why: what.unknown,
      remedy: ask(of, `move ${what.toMove}, or to get a ReferenceGrant for it`),
    };
  }
  return {
    why: `namespace ${to.namespace} doesn't let the gateway use its ${to.kind} ${to.name}`,
    remedy: `Ask the owners of namespace ${to.namespace} for a ReferenceGrant from ${from.kind} in namespace ${from.namespace} to ${to.kind} ${to.name}.`,
  };
}

/** Of the findings about the listener that serves a host, and about its Gateway. */
export const LISTENER_SENTENCES: SentencesOf<typeof LISTENER_REASONS> = {
  ListenerNoStatus: ({ controller, ...of }) => ({
    message: `The gateway hasn't said yet whether ${listenerWords(
      of,
    )} takes requests.`,
    remedy: orAsk(controller),
  }),
  ListenerStatusStale: ({ controller }) => ({
    message:
      "The gateway hasn't applied its own last change yet; requests are answered as before it.",
    remedy: orAsk(controller),
  }),
  ListenerPending: unlessAnswered(({ controller, ...of }) => ({
    message: `The gateway is still setting up ${listenerWords(of)}.`,
    remedy: orReadLog(controller),
  })),
  ListenerConflicted: unlessAnswered(of => ({
    message:
      'Requests are refused: two listeners of the gateway claim the same port and hostname.',
    remedy: correct(of),
  })),
  ListenerProtocolConflict: unlessAnswered(of => ({
    message:
      'Requests are refused: two listeners of the gateway claim the same port with different protocols.',
    remedy: correct(of),
  })),
  ListenerDetached: unlessAnswered(of => ({
    message: `Requests are refused: the gateway has put ${listenerWords(
      of,
    )} out of use.${saidWords(of.said)}`,
    remedy: correct(of),
  })),
  ListenerNotAccepted: unlessAnswered(of => ({
    message: `Requests are refused: the gateway doesn't accept ${listenerWords(
      of,
    )}.${saidWords(of.said)}`,
    remedy: correct(of),
  })),
  ListenerNotProgrammed: unlessAnswered(of => ({
    message: `Requests are refused: the gateway hasn't set up ${listenerWords(
      of,
    )}.${saidWords(of.said)}`,
    remedy: correct(of),
  })),
  ListenerPortUnavailable: unlessAnswered(({ holder, listener, port }) => ({
    message: `Requests are refused: the gateway can't listen on ${
      port === undefined ? `a port of ${objectWords(holder)}` : `port ${port}`
    }.`,
    remedy: ask(
      { holder },
      `choose a port for ${
        listener === undefined
          ? objectWords(holder)
          : listenerWords({ listener, holder })
      } that the gateway can listen on`,
    ),
  })),
  ListenerProtocolUnsupported: unlessAnswered(of => ({
    message: `Requests are refused: the gateway doesn't speak protocol ${of.protocol}.`,
    remedy: ask(of, `change the protocol of ${listenerWords(of)}`),
  })),
  TooManyListeners: unlessAnswered(of => ({
    message: `Requests are refused: the gateway has more listeners than it can serve, and leaves ${listenerWords(
      of,
    )} out.`,
    remedy: ask(of, `remove a listener beside ${listenerWords(of)}`),
  })),
  ListenerValueUnsupported: unlessAnswered(of => ({
    message: `Requests are refused: ${listenerWords(
      of,
    )} asks for something that this gateway can't do.${saidWords(of.said)}`,
    remedy: correct(of),
  })),
  ListenerTlsInvalid: unlessAnswered(of => ({
    message: `Connections fail before any request: the TLS settings of ${listenerWords(
      of,
    )} don't fit its protocol.`,
    remedy: ask(of, `correct the TLS settings of ${listenerWords(of)}`),
  })),
  ListenerTlsModeUnsupported: unlessAnswered(of => ({
    message: `Connections are refused: the gateway doesn't support the TLS mode of ${listenerWords(
      of,
    )} with its protocol.`,
    remedy: ask(
      of,
      `set TLS mode Terminate on ${listenerWords(
        of,
      )}, or protocol TLS beside mode Passthrough`,
    ),
  })),
  ListenerClientCaUnusable: unlessAnswered(of => ({
    message:
      "Connections are refused: the gateway asks clients for a certificate and can't use the CA that has to have signed it.",
    remedy: ask(
      of,
      `correct the client CA that ${listenerWords(of)} relies on`,
    ),
  })),
  ClientCaRefNotPermitted: unlessAnswered(of => {
    const { why, remedy } = notAllowed(of, of, {
      unknown:
        "the CA that has to have signed it is in a namespace that doesn't let the gateway use it",
      toMove: `the client CA that ${listenerWords(of)} relies on`,
    });
    return {
      message: `Connections are refused: the gateway asks clients for a certificate, and ${why}.`,
      remedy,
    };
  }),
  ListenerKindsUnknown: unlessAnswered(of => ({
    message: `The gateway doesn't know all kinds of routes that ${listenerWords(
      of,
    )} names; HTTPRoutes aren't concerned.`,
    remedy: ask(
      of,
      `correct the kinds of routes that ${listenerWords(of)} allows`,
    ),
  })),
  ListenerSelectorInvalid: unlessAnswered(of => ({
    message: `Requests get 404: the gateway can't read the namespace selector of ${listenerWords(
      of,
    )}.`,
    remedy: ask(of, `correct the namespace selector of ${listenerWords(of)}`),
  })),
  CertificateRefNotPermitted: unlessAnswered((of): Sentence => {
    const { why, remedy } = notAllowed(of, of, {
      unknown:
        "the certificate is in a namespace that doesn't let the gateway use it",
      toMove: `the Secret that ${listenerWords(of)} names`,
    });
    return {
      message: `Connections ${
        of.isUsed ? 'may fail' : 'fail'
      } before any request: ${why}.`,
      remedy,
    };
  }),
  ListenerCertificateUnusable: unlessAnswered(of => ({
    message:
      "Connections fail before any request: the gateway can't use the certificate that its listener names.",
    remedy: ask(of, `create the Secret that ${listenerWords(of)} names`),
  })),
  ListenerCertificatePartlyUnusable: unlessAnswered(of => ({
    message: `Connections may fail before any request: the gateway can't use one of the certificates of its listener.${saidWords(
      of.said,
    )}`,
    remedy: ask(of, `correct the certificates that ${listenerWords(of)} names`),
  })),
  OverlappingTLSConfig: unlessAnswered(of => ({
    message:
      'Browsers may get 404 or 421 now and then: another listener serves a certificate for the same hosts, so they reuse the wrong connection.',
    remedy: ask(
      of,
      `give ${listenerWords(
        of,
      )} a certificate that overlaps with no other listener's`,
    ),
  })),
  OverlappingTlsNotKnown: unlessAnswered(of => ({
    message: `The gateway can't see which hosts a certificate on the port of ${listenerWords(
      of,
    )} is for, so it answers with HTTP/1.1 only; requests are answered as before.`,
    remedy: ask(
      of,
      `configure ALPN on ${listenerWords(of)} if clients need HTTP/2`,
    ),
  })),
  AddressNotAssigned: () => ({
    message:
      'The gateway reports no address; only a check tells whether requests arrive.',
  }),

  GatewayNotAccepted: unlessAnswered(({ gateway, said, works }) => ({
    message: works
      ? `${objectWords(
          gateway,
        )} has a fault in another part; requests for this host are answered for now.`
      : `Requests are refused: the controller doesn't accept ${objectWords(
          gateway,
        )}.${saidWords(said)}`,
    remedy: `Ask ${ADMINS} to correct ${objectWords(gateway)}.`,
  })),
  GatewayNotProgrammed: unlessAnswered(({ gateway, said, works }) => ({
    message: works
      ? `${objectWords(
          gateway,
        )} has a fault in another part; requests for this host are answered for now.`
      : `Requests are refused: the controller hasn't set up ${objectWords(
          gateway,
        )}.${saidWords(said)}`,
    remedy: `Ask ${ADMINS} to correct ${objectWords(gateway)}.`,
  })),
  GatewayPending: ({ gateway, controller }) => ({
    message: `The controller is still setting up ${objectWords(gateway)}.`,
    remedy: orReadLog(controller),
  }),
  GatewayListenersNotResolved: ({ gateway }) => ({
    message: `A listener of ${objectWords(
      gateway,
    )} refers to something that can't be used. The others answer requests.`,
    remedy: `Ask ${ADMINS} to correct the listeners of ${objectWords(
      gateway,
    )} that the controller names.`,
  }),
  GatewayClientCertificateUnusable: ({ gateway }) => ({
    message: `${objectWords(
      gateway,
    )} can't use the certificate that it shows to backends. Backends that require one refuse its requests; others answer.`,
    remedy: `Ask ${ADMINS} to correct the client certificate of ${objectWords(
      gateway,
    )}.`,
  }),
  GatewayClientCertificateNotPermitted: ({ gateway }) => ({
    message: `${objectWords(
      gateway,
    )} may not use the certificate that it shows to backends: its namespace doesn't allow that. Backends that require one refuse its requests; others answer.`,
    remedy: `Ask ${ADMINS} to get a ReferenceGrant for the client certificate of ${objectWords(
      gateway,
    )}.`,
  }),
  GatewayRefsNotResolved: ({ gateway, said }) => ({
    message: `${objectWords(
      gateway,
    )} refers to something that can't be used. Requests are answered as far as its listeners work.${saidWords(
      said,
    )}`,
    remedy: `Ask ${ADMINS} to correct what ${objectWords(gateway)} refers to.`,
  }),
  ClientCertificatesNotEnforced: ({ gateway }) => ({
    message: `${objectWords(
      gateway,
    )} also answers clients whose certificate is missing or doesn't verify.`,
    remedy: `Ask ${ADMINS} to have ${objectWords(
      gateway,
    )} allow valid certificates only, unless this is wanted.`,
  }),
};

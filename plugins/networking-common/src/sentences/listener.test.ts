import type { ParamsOf } from '../findings/declare';
import type { LISTENER_REASONS } from '../verdicts/listenerReasons';
import { controller, gateway, listenerSet, said } from './__testUtils__/names';
import { LISTENER_SENTENCES } from './listener';

type Reasons = typeof LISTENER_REASONS;

const say = <R extends keyof Reasons>(
  reason: R,
  params: ParamsOf<Reasons, R>,
) => LISTENER_SENTENCES[reason](params);

const of = { listener: 'https', holder: gateway };
const theirs = { listener: 'https', holder: listenerSet };
const grant = {
  from: { kind: 'Gateway', namespace: 'kube-system' },
  to: { kind: 'Secret', namespace: 'certs', name: 'edge' },
};
const despite = {
  seen: { path: '/', status: 200 },
  claim: 'conflicted',
  of: gateway,
  listener: 'https',
} as const;

describe('sentences about listeners and their Gateway', () => {
  it.each([
    [
      'nothing yet',
      say('ListenerNoStatus', { ...of, controller }),
      "The gateway hasn't said yet whether listener https of Gateway kube-system/idp-gateway takes requests.",
      "Wait; if it stays so, ask the platform's admins whether example.com/gateway is running.",
    ],
    [
      'an older version',
      say('ListenerStatusStale', { ...of, controller }),
      "The gateway hasn't applied its own last change yet; requests are answered as before it.",
      "Wait; if it stays so, ask the platform's admins whether example.com/gateway is running.",
    ],
    [
      'a listener that is set up',
      say('ListenerPending', { ...of, controller }),
      'The gateway is still setting up listener https of Gateway kube-system/idp-gateway.',
      "Wait; if it stays so, ask the platform's admins to read the log of example.com/gateway.",
    ],
    [
      'two of one host',
      say('ListenerConflicted', of),
      'Requests are refused: two listeners of the gateway claim the same port and hostname.',
      "Ask the platform's admins to correct listener https of Gateway kube-system/idp-gateway.",
    ],
    [
      'two of one host, though it answers',
      say('ListenerConflicted', { ...of, despite }),
      "GET / returned 200, although the gateway's controller finds a conflict with listener https of Gateway kube-system/idp-gateway. Requests may stop being answered with the next change.",
      "Ask the platform's admins to correct listener https of Gateway kube-system/idp-gateway.",
    ],
    [
      'two of one port',
      say('ListenerProtocolConflict', theirs),
      'Requests are refused: two listeners of the gateway claim the same port with different protocols.',
      'Ask the owners of namespace shop to correct listener https of ListenerSet shop/set.',
    ],
    [
      'one out of use',
      say('ListenerDetached', { ...of, said }),
      'Requests are refused: the gateway has put listener https of Gateway kube-system/idp-gateway out of use. The controller says: their words.',
      "Ask the platform's admins to correct listener https of Gateway kube-system/idp-gateway.",
    ],
    [
      'one that is refused',
      say('ListenerNotAccepted', { ...of, said }),
      "Requests are refused: the gateway doesn't accept listener https of Gateway kube-system/idp-gateway. The controller says: their words.",
      "Ask the platform's admins to correct listener https of Gateway kube-system/idp-gateway.",
    ],
    [
      'one that is not set up',
      say('ListenerNotProgrammed', { ...of, said }),
      "Requests are refused: the gateway hasn't set up listener https of Gateway kube-system/idp-gateway. The controller says: their words.",
      "Ask the platform's admins to correct listener https of Gateway kube-system/idp-gateway.",
    ],
    [
      'a port that is taken',
      say('ListenerPortUnavailable', { ...of, port: 443 }),
      "Requests are refused: the gateway can't listen on port 443.",
      "Ask the platform's admins to choose a port for listener https of Gateway kube-system/idp-gateway that the gateway can listen on.",
    ],
    [
      'a port of a set that is taken',
      say('ListenerPortUnavailable', { holder: listenerSet }),
      "Requests are refused: the gateway can't listen on a port of ListenerSet shop/set.",
      'Ask the owners of namespace shop to choose a port for ListenerSet shop/set that the gateway can listen on.',
    ],
    [
      'a protocol',
      say('ListenerProtocolUnsupported', { ...of, protocol: 'QUIC' }),
      "Requests are refused: the gateway doesn't speak protocol QUIC.",
      "Ask the platform's admins to change the protocol of listener https of Gateway kube-system/idp-gateway.",
    ],
    [
      'too many',
      say('TooManyListeners', of),
      'Requests are refused: the gateway has more listeners than it can serve, and leaves listener https of Gateway kube-system/idp-gateway out.',
      "Ask the platform's admins to remove a listener beside listener https of Gateway kube-system/idp-gateway.",
    ],
    [
      'a value',
      say('ListenerValueUnsupported', { ...of, said }),
      "Requests are refused: listener https of Gateway kube-system/idp-gateway asks for something that this gateway can't do. The controller says: their words.",
      "Ask the platform's admins to correct listener https of Gateway kube-system/idp-gateway.",
    ],
    [
      'TLS that does not fit',
      say('ListenerTlsInvalid', of),
      "Connections fail before any request: the TLS settings of listener https of Gateway kube-system/idp-gateway don't fit its protocol.",
      "Ask the platform's admins to correct the TLS settings of listener https of Gateway kube-system/idp-gateway.",
    ],
    [
      'a TLS mode',
      say('ListenerTlsModeUnsupported', of),
      "Connections are refused: the gateway doesn't support the TLS mode of listener https of Gateway kube-system/idp-gateway with its protocol.",
      "Ask the platform's admins to set TLS mode Terminate on listener https of Gateway kube-system/idp-gateway, or protocol TLS beside mode Passthrough.",
    ],
    [
      'a client CA',
      say('ListenerClientCaUnusable', theirs),
      "Connections are refused: the gateway asks clients for a certificate and can't use the CA that has to have signed it.",
      'Ask the owners of namespace shop to correct the client CA that listener https of ListenerSet shop/set relies on.',
    ],
    [
      'a client CA of others',
      say('ClientCaRefNotPermitted', { ...of, ...grant }),
      "Connections are refused: the gateway asks clients for a certificate, and namespace certs doesn't let the gateway use its Secret edge.",
      'Ask the owners of namespace certs for a ReferenceGrant from Gateway in namespace kube-system to Secret edge.',
    ],
    [
      'some client CA of others',
      say('ClientCaRefNotPermitted', theirs),
      "Connections are refused: the gateway asks clients for a certificate, and the CA that has to have signed it is in a namespace that doesn't let the gateway use it.",
      'Ask the owners of namespace shop to move the client CA that listener https of ListenerSet shop/set relies on, or to get a ReferenceGrant for it.',
    ],
    [
      'kinds that nobody knows',
      say('ListenerKindsUnknown', of),
      "The gateway doesn't know all kinds of routes that listener https of Gateway kube-system/idp-gateway names; HTTPRoutes aren't concerned.",
      "Ask the platform's admins to correct the kinds of routes that listener https of Gateway kube-system/idp-gateway allows.",
    ],
    [
      'a selector',
      say('ListenerSelectorInvalid', of),
      "Requests get 404: the gateway can't read the namespace selector of listener https of Gateway kube-system/idp-gateway.",
      "Ask the platform's admins to correct the namespace selector of listener https of Gateway kube-system/idp-gateway.",
    ],
    [
      'a Secret of others',
      say('CertificateRefNotPermitted', { ...of, ...grant, isUsed: false }),
      "Connections fail before any request: namespace certs doesn't let the gateway use its Secret edge.",
      'Ask the owners of namespace certs for a ReferenceGrant from Gateway in namespace kube-system to Secret edge.',
    ],
    [
      'a Secret of others that is used',
      say('CertificateRefNotPermitted', { ...of, ...grant, isUsed: true }),
      "Connections may fail before any request: namespace certs doesn't let the gateway use its Secret edge.",
      'Ask the owners of namespace certs for a ReferenceGrant from Gateway in namespace kube-system to Secret edge.',
    ],
    [
      'some Secret of others',
      say('CertificateRefNotPermitted', { ...theirs, isUsed: false }),
      "Connections fail before any request: the certificate is in a namespace that doesn't let the gateway use it.",
      'Ask the owners of namespace shop to move the Secret that listener https of ListenerSet shop/set names, or to get a ReferenceGrant for it.',
    ],
    [
      'no certificate',
      say('ListenerCertificateUnusable', of),
      "Connections fail before any request: the gateway can't use the certificate that its listener names.",
      "Ask the platform's admins to create the Secret that listener https of Gateway kube-system/idp-gateway names.",
    ],
    [
      'some certificates',
      say('ListenerCertificatePartlyUnusable', { ...of, said }),
      "Connections may fail before any request: the gateway can't use one of the certificates of its listener. The controller says: their words.",
      "Ask the platform's admins to correct the certificates that listener https of Gateway kube-system/idp-gateway names.",
    ],
    [
      'certificates that overlap',
      say('OverlappingTLSConfig', of),
      'Browsers may get 404 or 421 now and then: another listener serves a certificate for the same hosts, so they reuse the wrong connection.',
      "Ask the platform's admins to give listener https of Gateway kube-system/idp-gateway a certificate that overlaps with no other listener's.",
    ],
    [
      'certificates that may overlap',
      say('OverlappingTlsNotKnown', of),
      "The gateway can't see which hosts a certificate on the port of listener https of Gateway kube-system/idp-gateway is for, so it answers with HTTP/1.1 only; requests are answered as before.",
      "Ask the platform's admins to configure ALPN on listener https of Gateway kube-system/idp-gateway if clients need HTTP/2.",
    ],
    [
      'no address',
      say('AddressNotAssigned', {}),
      'The gateway reports no address; only a check tells whether requests arrive.',
      undefined,
    ],
    [
      'a Gateway that is refused',
      say('GatewayNotAccepted', { gateway, said }),
      "Requests are refused: the controller doesn't accept Gateway kube-system/idp-gateway. The controller says: their words.",
      "Ask the platform's admins to correct Gateway kube-system/idp-gateway.",
    ],
    [
      'a Gateway that is refused in part',
      say('GatewayNotAccepted', { gateway, works: true }),
      'Gateway kube-system/idp-gateway has a fault in another part; requests for this host are answered for now.',
      "Ask the platform's admins to correct Gateway kube-system/idp-gateway.",
    ],
    [
      'a Gateway that is not set up',
      say('GatewayNotProgrammed', { gateway, said }),
      "Requests are refused: the controller hasn't set up Gateway kube-system/idp-gateway. The controller says: their words.",
      "Ask the platform's admins to correct Gateway kube-system/idp-gateway.",
    ],
    [
      'a Gateway that is not set up in part',
      say('GatewayNotProgrammed', { gateway, works: true }),
      'Gateway kube-system/idp-gateway has a fault in another part; requests for this host are answered for now.',
      "Ask the platform's admins to correct Gateway kube-system/idp-gateway.",
    ],
    [
      'a Gateway that is being set up',
      say('GatewayPending', { gateway, controller }),
      'The controller is still setting up Gateway kube-system/idp-gateway.',
      "Wait; if it stays so, ask the platform's admins to read the log of example.com/gateway.",
    ],
    [
      'references of listeners',
      say('GatewayListenersNotResolved', { gateway }),
      "A listener of Gateway kube-system/idp-gateway refers to something that can't be used. The others answer requests.",
      "Ask the platform's admins to correct the listeners of Gateway kube-system/idp-gateway that the controller names.",
    ],
    [
      'its own certificate',
      say('GatewayClientCertificateUnusable', { gateway }),
      "Gateway kube-system/idp-gateway can't use the certificate that it shows to backends. Backends that require one refuse its requests; others answer.",
      "Ask the platform's admins to correct the client certificate of Gateway kube-system/idp-gateway.",
    ],
    [
      'its own certificate, of others',
      say('GatewayClientCertificateNotPermitted', { gateway }),
      "Gateway kube-system/idp-gateway may not use the certificate that it shows to backends: its namespace doesn't allow that. Backends that require one refuse its requests; others answer.",
      "Ask the platform's admins to get a ReferenceGrant for the client certificate of Gateway kube-system/idp-gateway.",
    ],
    [
      'its references',
      say('GatewayRefsNotResolved', { gateway, said }),
      "Gateway kube-system/idp-gateway refers to something that can't be used. Requests are answered as far as its listeners work. The controller says: their words.",
      "Ask the platform's admins to correct what Gateway kube-system/idp-gateway refers to.",
    ],
    [
      'clients without a certificate',
      say('ClientCertificatesNotEnforced', { gateway }),
      "Gateway kube-system/idp-gateway also answers clients whose certificate is missing or doesn't verify.",
      "Ask the platform's admins to have Gateway kube-system/idp-gateway allow valid certificates only, unless this is wanted.",
    ],
  ])('%s', (_, { message, remedy }, expectedMessage, expectedRemedy) => {
    expect(message).toBe(expectedMessage);
    expect(remedy).toBe(expectedRemedy);
  });
});

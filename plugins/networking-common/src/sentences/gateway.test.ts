import type { GATEWAY_REASONS } from '../exposures/gatewayReasons';
import type { ParamsOf } from '../findings/declare';
import { gateway } from './__testUtils__/names';
import { GATEWAY_SENTENCES } from './gateway';

type Reasons = typeof GATEWAY_REASONS;

const say = <R extends keyof Reasons>(
  reason: R,
  params: ParamsOf<Reasons, R>,
) => GATEWAY_SENTENCES[reason](params);

const of = { gateway, listener: 'https' };

describe('sentences about what keeps the gateway from serving an exposure', () => {
  it.each([
    [
      'no Gateway',
      say('GatewayMissing', { cluster: 'local', gateway }),
      'Requests would get no answer: Gateway kube-system/idp-gateway does not exist on cluster local.',
      "Ask the platform's admins to create Gateway kube-system/idp-gateway, or to set gateway.name and gateway.namespace.",
    ],
    [
      'no listener',
      say('ListenerMissing', { ...of, isInClear: false }),
      'Requests would get no answer: Gateway kube-system/idp-gateway has no listener https.',
      "Ask the platform's admins to add HTTPS listener https to Gateway kube-system/idp-gateway, or to set gateway.https_section.",
    ],
    [
      'a listener without TLS',
      say('ListenerMissing', { ...of, isInClear: true }),
      "Requests would be sent unencrypted: listener https of Gateway kube-system/idp-gateway isn't an HTTPS listener.",
      "Ask the platform's admins to add HTTPS listener https to Gateway kube-system/idp-gateway, or to set gateway.https_section.",
    ],
    [
      'another suffix than the settings',
      say('DnsSuffixMismatch', {
        ...of,
        dnsSuffix: 'a.example',
        hostname: '*.b.example',
      }),
      'Requests would get no answer: the settings say that hosts end in a.example, and listener https of Gateway kube-system/idp-gateway serves *.b.example.',
      "Ask the platform's admins to set network.dns_suffix to what the listener serves, or to apply the platform again.",
    ],
    [
      'a namespace that it does not take',
      say('ListenerRefusesNamespace', { ...of, namespace: 'shop' }),
      "Requests would get no answer: the gateway doesn't take routes from namespace shop.",
      "Ask the platform's admins to let listener https of Gateway kube-system/idp-gateway take routes from namespace shop, or choose a Service in a namespace that it takes.",
    ],
    [
      'a kind of route that it does not take',
      say('ListenerRefusesKind', { ...of, kind: 'HTTPRoute' }),
      'Requests would get no answer: listener https takes no HTTPRoutes.',
      "Ask the platform's admins to correct listener https of Gateway kube-system/idp-gateway.",
    ],
    [
      'another host than it serves',
      say('NoMatchingListenerHostname', { ...of, hostname: '*.b.example' }),
      "Requests would get no answer: listener https serves *.b.example, and this host isn't part of it.",
      "Ask the platform's admins to correct listener https of Gateway kube-system/idp-gateway.",
    ],
    [
      'labels of namespaces that are not read',
      say('NotKnown', { ...of, namespace: 'shop' }),
      "Requests may get no answer: listener https chooses namespaces by their labels, and Backstage can't read namespace shop.",
      "Ask the platform's admins to let the Backstage backend read Namespaces.",
    ],
  ])('%s', (_, { message, remedy }, expectedMessage, expectedRemedy) => {
    expect(message).toBe(expectedMessage);
    expect(remedy).toBe(expectedRemedy);
  });
});

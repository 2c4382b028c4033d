import { serviceOf, settingsOf } from './__testUtils__/fixtures';
import { gatewayWithHeadless, isHeadless } from './headless';

const CILIUM = 'io.cilium/gateway-controller';
const ENVOY = 'gateway.envoyproxy.io/gatewayclass-controller';
const TRAEFIK = 'traefik.io/gateway-controller';

type Answer = ReturnType<typeof gatewayWithHeadless>['answer'];

describe('with a headless Service', () => {
  it.each<[string, string, Record<string, string> | undefined, Answer]>([
    ['Cilium sends to its pods', CILIUM, undefined, 'sends'],
    ['Envoy Gateway sends to its pods', ENVOY, undefined, 'sends'],
    ['Traefik does as it is configured', TRAEFIK, undefined, 'mayFail'],
    [
      'Traefik refuses where the Service asks for native load balancing',
      TRAEFIK,
      { 'traefik.io/service.nativelb': 'true' },
      'fails',
    ],
    [
      'Traefik reads that key in any case',
      TRAEFIK,
      { 'traefik.io/service.nativeLB': '1' },
      'fails',
    ],
    [
      'Traefik sends where the Service does without',
      TRAEFIK,
      { 'traefik.io/service.nativelb': 'false' },
      'sends',
    ],
    [
      'Traefik does as it is configured where the value cannot be read',
      TRAEFIK,
      { 'traefik.io/service.nativelb': 'maybe' },
      'mayFail',
    ],
    [
      'Cilium does not read what is meant for Traefik',
      CILIUM,
      { 'traefik.io/service.nativelb': 'true' },
      'sends',
    ],
    [
      'another controller does what is not known',
      'example.com/gateway',
      undefined,
      'notKnown',
    ],
  ])('%s', (_, controller, annotations, answer) => {
    const service = serviceOf('shop/shop', {}, { clusterIP: 'None' });
    service.metadata.annotations = annotations;
    const said = gatewayWithHeadless(
      service,
      settingsOf({ gateway: { controller } }),
    );
    expect(said.answer).toBe(answer);
  });

  it.each<[string | undefined, boolean]>([
    ['None', true],
    ['10.0.0.1', false],
    ['', false],
    [undefined, false],
  ])('cluster IP %s', (clusterIP, expected) => {
    expect(isHeadless(serviceOf('shop/shop', {}, { clusterIP }))).toBe(
      expected,
    );
  });
});

import { serviceOf, settingsOf } from './__testUtils__/fixtures';
import { gatewayWithHeadless, isHeadless } from './headless';

const CILIUM = 'io.cilium/gateway-controller';
const ENVOY = 'gateway.envoyproxy.io/gatewayclass-controller';
const TRAEFIK = 'traefik.io/gateway-controller';

/** What the sentence says the gateway would do. */
type Deed = 'sends' | 'refuses' | 'depends' | 'not known';

const DEEDS: Record<Deed, RegExp> = {
  sends: /would send requests to its pods\.$/,
  refuses: /would answer 500/,
  depends: /would send requests to its pods, unless/,
  'not known': /not known/,
};

const deedOf = (sentence: string) =>
  (Object.keys(DEEDS) as Deed[]).filter(deed => DEEDS[deed].test(sentence));

describe('with a headless Service', () => {
  it.each<[string, string, Record<string, string> | undefined, Deed]>([
    ['Cilium sends to its pods', CILIUM, undefined, 'sends'],
    ['Envoy Gateway sends to its pods', ENVOY, undefined, 'sends'],
    ['Traefik does as it is configured', TRAEFIK, undefined, 'depends'],
    [
      'Traefik refuses where the Service asks for native load balancing',
      TRAEFIK,
      { 'traefik.io/service.nativelb': 'true' },
      'refuses',
    ],
    [
      'Traefik reads that key in any case',
      TRAEFIK,
      { 'traefik.io/service.nativeLB': '1' },
      'refuses',
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
      'depends',
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
      'not known',
    ],
  ])('%s', (_, controller, annotations, deed) => {
    const service = serviceOf('shop/shop', {}, { clusterIP: 'None' });
    service.metadata.annotations = annotations;
    const said = gatewayWithHeadless(
      service,
      settingsOf({ gateway: { controller } }),
    );
    expect(deedOf(said)).toEqual([deed]);
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

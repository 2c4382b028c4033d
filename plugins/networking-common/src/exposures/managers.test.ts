import { deliveryToolOf, isManaged } from './managers';
import { routeOf } from './__testUtils__/fixtures';

describe('deliveryToolOf', () => {
  it.each<[string, Parameters<typeof routeOf>[2], string | undefined]>([
    ['nothing', {}, undefined],
    [
      'the plugin',
      { labels: { 'app.kubernetes.io/managed-by': 'backstage-networking' } },
      undefined,
    ],
    [
      'an instance label that every chart sets',
      { labels: { 'app.kubernetes.io/instance': 'shop' } },
      undefined,
    ],
    [
      'an Argo CD tracking id',
      { annotations: { 'argocd.argoproj.io/tracking-id': 'a:b' } },
      'Argo CD',
    ],
    [
      'an Argo CD instance',
      { labels: { 'argocd.argoproj.io/instance': 'shop' } },
      'Argo CD',
    ],
    [
      'a Flux kustomization',
      { labels: { 'kustomize.toolkit.fluxcd.io/name': 'shop' } },
      'Flux',
    ],
    [
      'Helm through Flux',
      {
        labels: {
          'helm.toolkit.fluxcd.io/name': 'shop',
          'app.kubernetes.io/managed-by': 'Helm',
        },
      },
      'Flux',
    ],
    [
      'a Helm release',
      { annotations: { 'meta.helm.sh/release-name': 'shop' } },
      'Helm',
    ],
    [
      'a label by Helm',
      { labels: { 'app.kubernetes.io/managed-by': 'Helm' } },
      'Helm',
    ],
  ])('tells %s', (_, parts, tool) => {
    expect(deliveryToolOf(routeOf('shop/shop', [], parts))).toBe(tool);
  });
});

describe('isManaged', () => {
  it('goes by the plugin label alone', () => {
    const by = (value: string) =>
      isManaged(
        routeOf('a/b', [], {
          labels: { 'app.kubernetes.io/managed-by': value },
        }),
      );
    expect(by('backstage-networking')).toBe(true);
    expect(by('Helm')).toBe(false);
    expect(isManaged(routeOf('a/b', []))).toBe(false);
  });
});

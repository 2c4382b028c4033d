import type { KubernetesObject } from '../../gateway-api/types';
import { condition, find, summary, type World } from './world';

/** Moves the route to listener `https` of ListenerSet `web` in its own namespace, on the port of the Gateway's. */
export function throughListenerSet(world: World) {
  const gateway = find(world, 'Gateway', 'idp-gateway');
  const [, https] = gateway.spec!.listeners!;
  gateway.spec!.allowedListeners = { namespaces: { from: 'All' } };
  const { name, namespace } = gateway.metadata;
  const host = 'shop.team-shop.example.com';
  world.objects.push({
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'ListenerSet',
    metadata: {
      name: 'web',
      namespace: 'shop',
      generation: 1,
      creationTimestamp: '2026-11-22T11:00:00Z',
    },
    spec: {
      parentRef: { name, namespace },
      listeners: [
        {
          ...structuredClone(https),
          hostname: '*.team-shop.example.com',
          allowedRoutes: { namespaces: { from: 'Same' } },
          tls: { certificateRefs: [{ name: 'web-cert' }] },
        },
      ],
    },
    status: {
      conditions: [condition('Accepted'), condition('Programmed')],
      listeners: [
        {
          name: 'https',
          attachedRoutes: 1,
          conditions: ['Accepted', 'ResolvedRefs', 'Programmed'].map(type =>
            condition(type),
          ),
        },
      ],
    },
  } as KubernetesObject);
  const parentRef = { kind: 'ListenerSet', name: 'web' };
  delete world.route.metadata.annotations;
  world.route.spec!.hostnames = [host];
  world.route.spec!.parentRefs = [{ ...parentRef }];
  world.route.status!.parents![0].parentRef = {
    group: 'gateway.networking.k8s.io',
    namespace: 'shop',
    ...parentRef,
  };
  world.probe!.host = host;
  world.probe!.tls!.leaf = summary({ dnsNames: ['*.team-shop.example.com'] });
}

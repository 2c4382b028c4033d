export const route = { kind: 'HTTPRoute', namespace: 'shop', name: 'web' };
export const service = { kind: 'Service', namespace: 'shop', name: 'web' };
export const gateway = {
  kind: 'Gateway',
  namespace: 'kube-system',
  name: 'idp-gateway',
};
export const listenerSet = {
  kind: 'ListenerSet',
  namespace: 'shop',
  name: 'set',
};
export const host = 'shop.example.org';
export const controller = 'example.com/gateway';
/** The controller's own words. */
export const said = 'their words';

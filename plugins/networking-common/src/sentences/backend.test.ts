import type { ParamsOf } from '../findings/declare';
import type { BACKEND_REASONS } from '../verdicts/backendReasons';
import { BACKEND_SENTENCES } from './backend';

type Reasons = typeof BACKEND_REASONS;

const say = <R extends keyof Reasons>(
  reason: R,
  params: ParamsOf<Reasons, R>,
) => BACKEND_SENTENCES[reason](params);

const route = { kind: 'HTTPRoute', namespace: 'shop', name: 'shop' };
const service = { kind: 'Service', namespace: 'shop', name: 'web' };
const all = { on: 'all', status: '500' } as const;

describe('sentences about what is behind a route', () => {
  it.each([
    [
      'all requests fail',
      say('ServiceMissing', { effect: all, route, service }),
      'Requests get 500: Service shop/web does not exist.',
      'Create Service shop/web, or choose another Service for HTTPRoute shop/shop.',
    ],
    [
      'some requests fail',
      say('ServiceMissing', {
        effect: { on: 'some', status: '502' },
        route,
        service,
      }),
      'Some requests get 502: Service shop/web does not exist.',
      'Create Service shop/web, or choose another Service for HTTPRoute shop/shop.',
    ],
    [
      'requests are answered all the same, and there is nothing to do',
      say('ServiceMissing', {
        effect: { on: 'none', seen: { path: '/', status: 200 } },
        route,
        service,
      }),
      'GET / returned 200, although Service shop/web does not exist.',
      undefined,
    ],
    [
      'a Service has ports, and they are named',
      say('ServicePortMissing', {
        effect: all,
        route,
        service,
        port: 9090,
        ports: [8080, 8443],
      }),
      'Requests get 500: Service shop/web has no port 9090.',
      'Choose one of its ports for HTTPRoute shop/shop: 8080, 8443.',
    ],
    [
      'no pod is there, and the selector is named',
      say('NoReadyEndpoints', {
        effect: all,
        route,
        service,
        arePods: false,
        selector: 'app=web',
      }),
      'Requests get 500: Service shop/web has no ready endpoints. Its selector is app=web.',
      'Check that the labels of the pods match the selector of Service shop/web, or choose another Service.',
    ],
    [
      'one pod is ready and lacks the port',
      say('EndpointsLackPort', {
        effect: all,
        route,
        service,
        ready: 1,
        port: 'http-web',
        protocol: 'TCP',
        targetPort: 'http-web',
      }),
      'Requests get 500: Service shop/web has 1 ready pod, none with port http-web (TCP).',
      'Correct the target port of Service shop/web, or name the port of its containers http-web.',
    ],
    [
      'another namespace does not grant it',
      say('ReferenceGrantMissing', {
        on: 'all',
        isUsed: false,
        status: '500',
        isJudged: true,
        route,
        backend: { ...service, namespace: 'payments' },
        fromNamespace: 'shop',
      }),
      "Requests get 500: namespace payments doesn't let routes of namespace shop send to its Service web.",
      'Ask the owners of namespace payments for a ReferenceGrant from HTTPRoute in namespace shop to Service web, or move HTTPRoute shop/shop to namespace payments.',
    ],
    [
      'a reference means a Service and misses it by its group',
      say('BackendNearMiss', {
        effect: all,
        route,
        service,
        group: 'core',
        kind: 'Service',
        isThere: true,
      }),
      'Requests get 500: the route looks for Service in the API group core, and Services are in the core group; it means Service shop/web.',
      'Correct the reference to Service shop/web in HTTPRoute shop/shop.',
    ],
  ])('say it where %s', (_, sentence, message, remedy) => {
    expect(sentence).toEqual({ message, ...(remedy && { remedy }) });
  });
});

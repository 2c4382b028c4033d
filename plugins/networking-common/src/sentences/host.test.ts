import type { Destination, HOST_REASONS } from '../exposures/hostReasons';
import type { ParamsOf } from '../findings/declare';
import type { Finding } from '../findings/types';
import { HOST_SENTENCES, onceApplied } from './host';

type Reasons = typeof HOST_REASONS;

const say = <R extends keyof Reasons>(
  reason: R,
  params: ParamsOf<Reasons, R>,
) => HOST_SENTENCES[reason](params);

const host = 'shop.192-168-1-20.nip.io';
const url = `https://${host}`;
const entity = 'component:default/shop';
const route = { kind: 'HTTPRoute', namespace: 'pay', name: 'web' };
const owned = { ...route, owner: 'component:default/payments' };

describe('sentences about who has a host now', () => {
  it.each([
    [
      'a host of another entity',
      say('HostTaken', { host, route: owned, isOwn: false }),
      'Requests for shop.192-168-1-20.nip.io already go to route pay/web (owner: component:default/payments).',
      'Choose another subdomain, or ask the owner of that route to release it.',
    ],
    [
      'a host of another kind of route, of nobody',
      say('HostTaken', {
        host,
        route: { ...route, kind: 'TLSRoute' },
        isOwn: false,
      }),
      'Requests for shop.192-168-1-20.nip.io already go to TLSRoute pay/web.',
      'Choose another subdomain, or ask the owner of that route to release it.',
    ],
    [
      'a host of the same entity',
      say('HostTaken', {
        host,
        route: { ...route, owner: entity },
        isOwn: true,
      }),
      'Requests for shop.192-168-1-20.nip.io already go to route pay/web (owner: component:default/shop).',
      'Edit or remove route pay/web, or choose another subdomain.',
    ],
    [
      'a host of a route that the reader may not know',
      say('HostTaken', { host, isOwn: false }),
      'Requests for shop.192-168-1-20.nip.io already go to a route of another team.',
      'Choose another subdomain, or ask the owner of that route to release it.',
    ],
    [
      'a host out of a range',
      say('HostShadowsWildcard', { host, route: owned, isCatchAll: false }),
      'Requests for shop.192-168-1-20.nip.io now go to route pay/web (owner: component:default/payments), which takes a whole range of hosts. After this change they go to this exposure.',
      'Confirm that they may, or choose another subdomain.',
    ],
    [
      'a host out of a range of the platform',
      say('HostShadowsWildcard', { host, isCatchAll: true }),
      'Requests for shop.192-168-1-20.nip.io now go to a route of another team, which takes a whole range of hosts. After this change they go to this exposure.',
      undefined,
    ],
    [
      'a route of another entity',
      say('RouteOfAnotherEntity', { route: owned, entity }),
      'Route pay/web belongs to component:default/payments; its requests would go to component:default/shop instead.',
      'Choose another subdomain.',
    ],
    [
      'a route of another entity that the reader may not know',
      say('RouteOfAnotherEntity', { entity }),
      'The route for this host is a route of another team; its requests would go to component:default/shop instead.',
      'Choose another subdomain.',
    ],
    [
      'a route that is being deleted',
      say('RouteBeingDeleted', { route }),
      'Route pay/web is being deleted, and whatever is written to it goes with it.',
      "Apply again when it's gone.",
    ],
    [
      'a route that is being deleted and that the reader may not know',
      say('RouteBeingDeleted', {}),
      'The route for this host is being deleted, and whatever is written to it goes with it.',
      "Apply again when it's gone.",
    ],
    [
      'a route that a tool delivers',
      say('RouteManagedElsewhere', { route, tool: 'Argo CD' }),
      'Route pay/web is delivered by Argo CD, which would undo any change made here.',
      'Change it in the source that Argo CD delivers, or choose another subdomain.',
    ],
    [
      'a route that somebody made by hand',
      say('RouteManagedElsewhere', { route }),
      'Route pay/web exists already, made outside Backstage.',
      "Choose another subdomain, or ask the platform's admins to take the route over.",
    ],
    [
      'adding what is there',
      say('AlreadyExposed', { entity, url }),
      "component:default/shop already has https://shop.192-168-1-20.nip.io, and adding a URL doesn't change it.",
      'Edit https://shop.192-168-1-20.nip.io, or choose another subdomain.',
    ],
    [
      'changing what is not there',
      say('ExposureMissing', { entity, url, route }),
      'component:default/shop has no https://shop.192-168-1-20.nip.io to change: route pay/web does not exist.',
      'Expose https://shop.192-168-1-20.nip.io again.',
    ],
    [
      'changing another than was shown',
      say('RouteReplaced', { url, route }),
      "Route pay/web isn't the one that was shown: it may have been removed and made again.",
      'Look at https://shop.192-168-1-20.nip.io again before changing it.',
    ],
    [
      'requests that move to another Service',
      say('LiveTrafficMoves', {
        host,
        url,
        from: [
          { to: 'backend', kind: 'Service', name: 'web', port: 80 },
          { to: 'redirect', host: 'old.example' },
        ],
        to: [
          {
            to: 'backend',
            kind: 'Service',
            namespace: 'shop',
            name: 'shop',
            port: 8080,
          },
        ],
      }),
      'Requests to https://shop.192-168-1-20.nip.io now go to Service web port 80 and a redirect to old.example. After this change they go to Service shop/shop port 8080.',
      'Confirm that they may go to Service shop/shop port 8080, or choose the Service and port that get them now.',
    ],
    [
      'requests that nothing takes any more',
      say('LiveTrafficStops', {
        route,
        from: [
          {
            host: 'old.example',
            listener: 'https',
            parent: {
              kind: 'Gateway',
              namespace: 'kube-system',
              name: 'idp-gateway',
            },
          },
        ],
      }),
      "Route pay/web now takes requests to old.example at listener https of Gateway kube-system/idp-gateway. After this change it doesn't.",
      'Confirm that nobody needs old.example at listener https of Gateway kube-system/idp-gateway any more, or expose it again first.',
    ],
  ])('%s', (_, { message, remedy }, expectedMessage, expectedRemedy) => {
    expect(message).toBe(expectedMessage);
    expect(remedy).toBe(expectedRemedy);
  });
});

describe('sentences about what became of live requests', () => {
  const from: Destination[] = [
    { to: 'backend', kind: 'Service', name: 'web', port: 80 },
  ];
  const to: Destination[] = [{ to: 'redirect' }];
  const finding = (reason: string, params: object): Finding => ({
    reason,
    params,
    severity: 'confirm',
    message: 'the plan says',
    subject: { kind: 'Host', name: host },
  });

  it.each([
    [
      'went elsewhere',
      finding('LiveTrafficMoves', { host, from, to }),
      `Requests to ${host} went to Service web port 80. Now they go to a redirect.`,
    ],
    [
      'went to a range of hosts',
      finding('HostShadowsWildcard', { host, route: owned }),
      `Requests to ${host} went to route pay/web (owner: component:default/payments). Now they go to this exposure.`,
    ],
    [
      'went to a range of hosts that the reader may not know',
      finding('HostShadowsWildcard', { host }),
      `Requests to ${host} went to a route of another team. Now they go to this exposure.`,
    ],
    [
      'are taken no more',
      finding('LiveTrafficStops', {
        route,
        from: [
          {
            host: 'old.example',
            listener: 'https',
            parent: { kind: 'Gateway', namespace: 'infra', name: 'edge' },
          },
        ],
      }),
      "Route pay/web took requests to old.example at listener https of Gateway infra/edge. Now it doesn't.",
    ],
    [
      'are told of by another finding',
      finding('constructor', {}),
      'the plan says',
    ],
  ])('say that they %s', (_, applied, expected) => {
    expect(onceApplied(applied)).toBe(expected);
  });
});

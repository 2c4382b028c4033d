import type { ParamsOf } from '../findings/declare';
import type { PARENT_REASONS } from '../verdicts/parentReasons';
import {
  controller,
  gateway,
  host,
  listenerSet,
  route,
} from './__testUtils__/names';
import { PARENT_SENTENCES } from './parent';

type Reasons = typeof PARENT_REASONS;

const say = <R extends keyof Reasons>(
  reason: R,
  params: ParamsOf<Reasons, R>,
) => PARENT_SENTENCES[reason](params);

const theirs = { kind: 'Gateway', namespace: 'infra', name: 'theirs' };
const despite = {
  seen: { path: '/', status: 200 },
  claim: 'notRun',
  of: listenerSet,
} as const;

describe('sentences about what a route attaches to', () => {
  it.each([
    [
      'a cluster that is away',
      say('ClusterUnreachable', { cluster: 'local', forMs: 180_000 }),
      "Cluster local hasn't answered for 3 minutes, so Backstage can't tell what requests get.",
      "Ask the platform's admins to check the connection to cluster local.",
    ],
    [
      'a route that goes',
      say('BeingDeleted', { route, forMs: 60_000 }),
      "HTTPRoute shop/web is being deleted, for 1 minute now. It stops answering when it's gone.",
      undefined,
    ],
    [
      'a route that goes, since nobody knows when',
      say('BeingDeleted', { route }),
      "HTTPRoute shop/web is being deleted. It stops answering when it's gone.",
      undefined,
    ],
    [
      'no parent',
      say('ParentMissing', { route }),
      'No request reaches this route: HTTPRoute shop/web names no Gateway.',
      'Attach HTTPRoute shop/web to a Gateway.',
    ],
    [
      'another Gateway that is not there',
      say('GatewayMissing', { route, gateway: theirs, instead: gateway }),
      'No request reaches this route: Gateway infra/theirs does not exist.',
      'Attach HTTPRoute shop/web to Gateway kube-system/idp-gateway.',
    ],
    [
      'no Gateway',
      say('GatewayMissing', { route, gateway }),
      'Requests get no answer: Gateway kube-system/idp-gateway does not exist.',
      "Ask the platform's admins to create Gateway kube-system/idp-gateway.",
    ],
    [
      'no ListenerSet',
      say('ListenerSetMissing', { route, listenerSet, instead: gateway }),
      'No request reaches this route: ListenerSet shop/set does not exist.',
      'Create ListenerSet shop/set, or attach HTTPRoute shop/web to Gateway kube-system/idp-gateway.',
    ],
    [
      'a ListenerSet that is not read',
      say('ListenerSetNotKnown', { listenerSet, cluster: 'local' }),
      "ListenerSet shop/set can't be read, so Backstage can't tell what requests get.",
      "Ask the platform's admins to let this plugin read ListenerSets on cluster local.",
    ],
    [
      'a mesh',
      say('ParentUnsupported', {
        parent: { kind: 'Service', namespace: 'shop', name: 'web' },
        own: gateway,
      }),
      'Service shop/web serves this route, and Backstage checks only what Gateway kube-system/idp-gateway serves.',
      'Ask the owners of Service shop/web, or attach the route to Gateway kube-system/idp-gateway.',
    ],
    [
      'another Gateway',
      say('ParentNotOurs', { parent: theirs, own: gateway }),
      'Gateway infra/theirs serves this route, and Backstage checks only what Gateway kube-system/idp-gateway serves.',
      'Ask the owners of Gateway infra/theirs, or attach the route to Gateway kube-system/idp-gateway.',
    ],
    [
      'another Gateway for a host',
      say('ParentNotOurs', { parent: theirs, own: gateway, host }),
      'Gateway infra/theirs serves this host, and Backstage checks only what Gateway kube-system/idp-gateway serves.',
      'Ask the owners of Gateway infra/theirs.',
    ],
    [
      'a Gateway that is not read',
      say('GatewayNotKnown', { gateway }),
      "Gateway kube-system/idp-gateway can't be read, so Backstage can't tell what requests get.",
      "Ask the platform's admins to let this plugin read Gateway kube-system/idp-gateway.",
    ],
    [
      'namespaces that are not read',
      say('GatewayNotKnown', {}),
      "Which routes the gateway takes can't be read, so Backstage can't tell what requests get.",
      "Ask the platform's admins to let this plugin read Gateways, ListenerSets and Namespaces.",
    ],
    [
      'no such listener',
      say('ListenerMissing', {
        route,
        holder: gateway,
        listener: 'tls',
        port: 443,
        others: ['https', 'http'],
      }),
      'No request reaches this route: Gateway kube-system/idp-gateway has no listener tls on port 443.',
      'Attach HTTPRoute shop/web to a listener that is there: https or http.',
    ],
    [
      'no listener at all',
      say('ListenerMissing', { route, holder: gateway, others: [] }),
      'No request reaches this route: Gateway kube-system/idp-gateway has no listener.',
      'Attach HTTPRoute shop/web to a Gateway that has listeners.',
    ],
    [
      'a listener for other kinds',
      say('ListenerRefusesRoute', {
        route,
        host,
        listener: 'https',
        isKind: true,
        namespace: 'shop',
      }),
      'Requests for shop.example.org get 404: listener https takes no HTTPRoutes.',
      'Attach HTTPRoute shop/web to a listener that takes HTTPRoutes.',
    ],
    [
      'a listener for other namespaces',
      say('ListenerRefusesRoute', {
        route,
        host,
        listener: 'https',
        isKind: false,
        namespace: 'shop',
      }),
      "Requests for shop.example.org get 404: the gateway doesn't take routes from namespace shop.",
      "Ask the platform's admins to allow namespace shop, or move HTTPRoute shop/web to a namespace that the gateway takes routes from.",
    ],
    [
      'a host that is not served',
      say('HostNotServed', {
        route,
        host,
        served: ['*.a.example', '*.b.example'],
      }),
      'Requests for shop.example.org get 404: no listener of the gateway serves this host.',
      'Choose a host of *.a.example or *.b.example for HTTPRoute shop/web.',
    ],
    [
      'a host that nothing could serve',
      say('HostNotServed', { route, host, served: [] }),
      'Requests for shop.example.org get 404: no listener of the gateway serves this host.',
      'Remove shop.example.org from HTTPRoute shop/web.',
    ],
    [
      'a ListenerSet that nobody has seen',
      say('ListenerSetPending', {
        listenerSet,
        controller,
        forMs: 3_600_000,
        isSeen: false,
      }),
      "The gateway hasn't picked up ListenerSet shop/set after 1 hour; until it does, requests get no answer.",
      "Wait; if it stays so, ask the platform's admins whether example.com/gateway runs and takes ListenerSets.",
    ],
    [
      'a ListenerSet that is set up',
      say('ListenerSetPending', { listenerSet, controller, isSeen: true }),
      'The gateway is still setting up ListenerSet shop/set.',
      "Wait; if it stays so, ask the platform's admins to read the log of example.com/gateway.",
    ],
    [
      'a ListenerSet that was changed',
      say('ListenerSetStatusStale', { listenerSet, controller }),
      "The gateway hasn't applied the last change of ListenerSet shop/set yet; requests are answered as before it.",
      "Wait; if it stays so, ask the platform's admins whether example.com/gateway runs and takes ListenerSets.",
    ],
    [
      'a ListenerSet that is not allowed',
      say('ListenerSetNotAllowed', { listenerSet, gateway, route }),
      "Requests are refused: Gateway kube-system/idp-gateway doesn't take the listeners of ListenerSet shop/set.",
      "Ask the platform's admins to let Gateway kube-system/idp-gateway take listeners from namespace shop, or attach HTTPRoute shop/web to a listener of that Gateway.",
    ],
    [
      'a ListenerSet that is not allowed, for a host',
      say('ListenerSetNotAllowed', { listenerSet, gateway, route, host }),
      "Requests for shop.example.org get 404: Gateway kube-system/idp-gateway doesn't take the listeners of ListenerSet shop/set.",
      "Ask the platform's admins to let Gateway kube-system/idp-gateway take listeners from namespace shop, or attach HTTPRoute shop/web to a listener of that Gateway.",
    ],
    [
      'a ListenerSet that is not valid',
      say('ListenerSetInvalid', { listenerSet, said: 'no tls' }),
      "Requests are refused: the listeners of ListenerSet shop/set aren't valid. The controller says: no tls.",
      'Correct the listeners of ListenerSet shop/set.',
    ],
    [
      'a ListenerSet that is not accepted',
      say('ListenerSetNotAccepted', { listenerSet }),
      "Requests are refused: the gateway doesn't accept ListenerSet shop/set.",
      "Change in ListenerSet shop/set what the controller's message names.",
    ],
    [
      'a ListenerSet that does not run',
      say('ListenerSetNotProgrammed', { listenerSet }),
      "Requests are refused: the gateway doesn't run ListenerSet shop/set.",
      "Change in ListenerSet shop/set what the controller's message names.",
    ],
    [
      'a ListenerSet that does not run, as they say',
      say('ListenerSetNotProgrammed', { listenerSet, despite }),
      "GET / returned 200, although the gateway's controller says that it doesn't run ListenerSet shop/set. Requests may stop being answered with the next change.",
      "Change in ListenerSet shop/set what the controller's message names.",
    ],
  ])('%s', (_, { message, remedy }, expectedMessage, expectedRemedy) => {
    expect(message).toBe(expectedMessage);
    expect(remedy).toBe(expectedRemedy);
  });
});

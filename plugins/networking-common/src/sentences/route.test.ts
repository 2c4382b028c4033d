import type { ParamsOf } from '../findings/declare';
import type { ROUTE_REASONS } from '../verdicts/routeReasons';
import {
  controller,
  gateway,
  host,
  route,
  said,
  service,
} from './__testUtils__/names';
import { ROUTE_SENTENCES } from './route';

type Reasons = typeof ROUTE_REASONS;

const say = <R extends keyof Reasons>(
  reason: R,
  params: ParamsOf<Reasons, R>,
) => ROUTE_SENTENCES[reason](params);

const backend = { kind: 'Backend', namespace: 'infra', name: 'partner' };
const all = { route, on: 'all' } as const;
const despite = {
  seen: { path: '/', status: 200 },
  claim: 'refused',
  of: route,
} as const;

describe('sentences about what the controller says of a route', () => {
  it.each([
    [
      'nothing yet, a moment after',
      say('NoStatusYet', {
        of: 'route',
        controller,
        isUsual: true,
        forMs: 2_000,
      }),
      'This route was just submitted to the gateway; until it is taken up, requests get 404.',
      'Wait a few seconds.',
    ],
    [
      'nothing for long',
      say('NoStatusYet', {
        of: 'route',
        controller,
        isUsual: false,
        forMs: 180_000,
      }),
      "The gateway hasn't picked up this route after 3 minutes; until it does, requests get 404.",
      "Wait; if it stays so, ask the platform's admins whether example.com/gateway is running.",
    ],
    [
      'nothing, though it is answered',
      say('NoStatusYet', {
        of: 'route',
        controller,
        isUsual: false,
        seen: despite.seen,
      }),
      "GET / returned 200, although the gateway's controller hasn't reported on this route.",
      undefined,
    ],
    [
      'nothing of what it refers to',
      say('NoStatusYet', { of: 'refs', controller, isUsual: false }),
      "The gateway hasn't said yet whether it found everything that the route refers to.",
      "Wait; if it stays so, ask the platform's admins whether example.com/gateway is running.",
    ],
    [
      'an older version',
      say('StatusStale', { controller, forMs: 120_000 }),
      "The gateway hasn't applied the last change after 2 minutes; requests are answered as before it.",
      "Wait; if it stays so, ask the platform's admins whether example.com/gateway is running.",
    ],
    [
      'no version',
      say('GenerationNotTold', { route }),
      "The gateway's controller doesn't say which version of HTTPRoute shop/web it means; only an answer shows that the last change is in force.",
      undefined,
    ],
    [
      'that it is thinking',
      say('AcceptancePending', { controller, forMs: 3_600_000 }),
      'The gateway has been deciding about this route for 1 hour; until it has, requests may get 404.',
      "Wait; if it stays so, ask the platform's admins to read the log of example.com/gateway.",
    ],
    [
      'no to its kind',
      say('NotAllowedByListeners', {
        route,
        gateway,
        isKind: true,
        namespace: 'shop',
      }),
      'Requests get 404: the gateway takes no HTTPRoutes there.',
      'Attach HTTPRoute shop/web to a listener that takes HTTPRoutes, or ask the owners of Gateway kube-system/idp-gateway to allow them.',
    ],
    [
      'no to its namespace',
      say('NotAllowedByListeners', {
        route,
        gateway,
        isKind: false,
        namespace: 'shop',
      }),
      "Requests get 404: the gateway doesn't take routes from namespace shop.",
      'Ask the owners of Gateway kube-system/idp-gateway to allow namespace shop, or move HTTPRoute shop/web to a namespace that it allows.',
    ],
    [
      'no to its namespace, though it is answered',
      say('NotAllowedByListeners', {
        route,
        gateway,
        isKind: false,
        namespace: 'shop',
        despite,
      }),
      "GET / returned 200, although the gateway's controller doesn't accept HTTPRoute shop/web. Requests may stop being answered with the next change.",
      'Ask the owners of Gateway kube-system/idp-gateway to allow namespace shop, or move HTTPRoute shop/web to a namespace that it allows.',
    ],
    [
      'no to its host',
      say('NoMatchingListenerHostname', { route, host }),
      'Requests for shop.example.org get 404: no listener of the gateway serves this host.',
      "Choose a host of the gateway's DNS suffix for HTTPRoute shop/web.",
    ],
    [
      'no to its section',
      say('NoMatchingParent', { route, controller, wanted: 'https' }),
      'Requests get 404: the gateway has no listener of the name or port that the route asks for.',
      'Attach HTTPRoute shop/web to listener https.',
    ],
    [
      'no to a listener that is there',
      say('NoMatchingParent', {
        route,
        controller,
        wanted: 'https',
        listener: 'https',
        holder: gateway,
      }),
      "Requests get 404 for now: the gateway hasn't attached this route to listener https of Gateway kube-system/idp-gateway.",
      "Wait; if it stays so, ask the platform's admins to read the log of example.com/gateway.",
    ],
    [
      'no to a value',
      say('UnsupportedValue', { route, said }),
      "Requests get 404: the route asks for something that this gateway can't do. The controller says: their words.",
      "Remove from HTTPRoute shop/web what the controller's message names.",
    ],
    [
      'no to two filters',
      say('IncompatibleFilters', { route, said }),
      "Requests get 404: two filters of the route can't work together. The controller says: their words.",
      'Remove one of the two filters from HTTPRoute shop/web.',
    ],
    [
      'no to matches of another',
      say('RuleMatchConflict', { route }),
      'Requests go to another route: it has the same matches as this one, so the gateway refuses this one.',
      'Change the matches of HTTPRoute shop/web, or remove the other route of the same host.',
    ],
    [
      'no to its parent',
      say('ParentNotFound', { route, said, controller, gateway }),
      "Requests get 404: the gateway couldn't use something that the route attaches to. The controller says: their words.",
      "Ask the platform's admins whether example.com/gateway sees Gateway kube-system/idp-gateway.",
    ],
    [
      'no, for its listener',
      say('ListenerNotReady', { route, said, gateway }),
      'Requests are refused: the gateway has no listener that is ready for this route. The controller says: their words.',
      "Ask the platform's admins to check the listeners of Gateway kube-system/idp-gateway.",
    ],
    [
      'no, for reasons of its own',
      say('NotAccepted', { route, said }),
      "Requests get 404: the gateway doesn't accept this route. The controller says: their words.",
      "Change in HTTPRoute shop/web what the controller's message names.",
    ],
    [
      'no Service',
      say('BackendNotFound', { ...all, found: { what: 'missing', service } }),
      'Requests get 500: Service shop/web does not exist.',
      'Create Service shop/web, or choose another Service for HTTPRoute shop/web.',
    ],
    [
      'no Service for some',
      say('BackendNotFound', {
        route,
        on: 'some',
        found: { what: 'missing', service },
      }),
      'Some requests get 500: Service shop/web does not exist.',
      'Create Service shop/web, or choose another Service for HTTPRoute shop/web.',
    ],
    [
      'no Service for copies',
      say('BackendNotFound', {
        route,
        on: 'copies',
        copiesTo: service,
        found: { what: 'missing', service },
      }),
      "Copies of requests go nowhere: the gateway can't send them to Service shop/web. The requests themselves aren't concerned.",
      'Correct the filter of HTTPRoute shop/web that mirrors requests, or remove it.',
    ],
    [
      'a name outside',
      say('BackendNotFound', { ...all, found: { what: 'external', service } }),
      "Requests get 500: Service shop/web is an ExternalName Service; the gateway can't route to it.",
      'Choose a Service with pods for HTTPRoute shop/web.',
    ],
    [
      'no port',
      say('BackendNotFound', {
        ...all,
        found: { what: 'port', service, port: 80, ports: [8080, 9090] },
      }),
      'Requests get 500: Service shop/web has no port 80.',
      'Choose one of its ports for HTTPRoute shop/web: 8080, 9090.',
    ],
    [
      'no EndpointSlices',
      say('BackendNotFound', { ...all, found: { what: 'noSlices', service } }),
      'Requests get 500: Service shop/web has no EndpointSlices, so the gateway finds nothing behind it.',
      'Give Service shop/web a selector that matches its pods, or choose another Service for HTTPRoute shop/web.',
    ],
    [
      'a UDP port',
      say('BackendNotFound', {
        ...all,
        said,
        found: { what: 'protocol', service, port: 53, protocol: 'UDP' },
      }),
      "Requests get 500: port 53 of Service shop/web is a UDP port, which doesn't carry HTTP. The controller says: their words.",
      'Choose a TCP port of Service shop/web for HTTPRoute shop/web.',
    ],
    [
      'a headless Service',
      say('BackendNotFound', {
        ...all,
        said,
        found: { what: 'headless', service },
      }),
      "Requests get 500: the gateway doesn't find Service shop/web, most likely because it's headless (no cluster IP). The controller says: their words.",
      'Choose a Service with a cluster IP for HTTPRoute shop/web.',
    ],
    [
      'another kind',
      say('BackendNotFound', {
        ...all,
        said,
        found: { what: 'otherKind', backend },
      }),
      "Requests get 500: the gateway doesn't find Backend infra/partner, which Backstage doesn't judge. The controller says: their words.",
      'Check that Backend infra/partner exists, or choose a Service for HTTPRoute shop/web.',
    ],
    [
      'nobody knows what',
      say('BackendNotFound', {
        ...all,
        said,
        found: { what: 'unknown', controller },
      }),
      "Requests get 500: the gateway doesn't find a Service of the route, though all of them exist, with their ports. The controller says: their words.",
      "Ask the platform's admins to read the log of example.com/gateway.",
    ],
    [
      'a backend that is not granted',
      say('RefNotPermitted', { ...all, backend, fromNamespace: 'shop' }),
      "Requests get 500: namespace infra doesn't let routes of namespace shop send to its Backend partner.",
      'Ask the owners of namespace infra for a ReferenceGrant from HTTPRoute in namespace shop to Backend partner, or move HTTPRoute shop/web to namespace infra.',
    ],
    [
      'some backend that is not granted',
      say('RefNotPermitted', all),
      "Requests get 500: the route sends to another namespace, which doesn't let it.",
      "Move HTTPRoute shop/web to the namespace of its backend, or ask that namespace's owners for a ReferenceGrant.",
    ],
    [
      'a Service without a port, in other words',
      say('InvalidKind', { ...all, portless: service }),
      'Requests get 500: the route names no port of Service shop/web.',
      'Choose a port of Service shop/web for HTTPRoute shop/web.',
    ],
    [
      'a kind that it cannot send to',
      say('InvalidKind', { ...all, backend }),
      "Requests get 500: the route sends them to Backend infra/partner, and this gateway can't send there.",
      "Choose a Service for HTTPRoute shop/web, or ask the platform's admins whether the gateway can be made to.",
    ],
    [
      'a protocol',
      say('UnsupportedProtocol', all),
      "Requests get 500: the gateway doesn't speak the protocol that the Service's port asks for.",
      "Change the appProtocol of the Service's port, or choose another port for HTTPRoute shop/web.",
    ],
    [
      'a backend',
      say('BackendUnusable', { ...all, said }),
      "Requests get 500: a backend of the route isn't valid. The controller says: their words.",
      'Choose another backend for HTTPRoute shop/web.',
    ],
    [
      'TLS to a backend',
      say('BackendTlsUnusable', { ...all, said }),
      "Requests get 500: the gateway can't set up TLS to the backend. The controller says: their words.",
      "Correct the TLS settings of the route's backend.",
    ],
    [
      'filters of a backend',
      say('BackendFiltersUnusable', { ...all, said }),
      "Requests get 500: the filters of a backend aren't valid. The controller says: their words.",
      'Correct the filters of the backends of HTTPRoute shop/web.',
    ],
    [
      'a setting of a backend',
      say('RefUnsupported', { ...all, said }),
      "Requests get 500: the route refers to something with a setting that this gateway can't use. The controller says: their words.",
      "Change what HTTPRoute shop/web refers to as the controller's message names.",
    ],
    [
      'a port of a backend',
      say('BackendPortMissing', { ...all, said }),
      'Requests get 500: a Service of the route has no port of the number that it names. The controller says: their words.',
      'Choose a port of the Service for HTTPRoute shop/web.',
    ],
    [
      'no port of a backend',
      say('BackendPortUnnamed', all),
      'Requests get 500: a backend of the route names no port.',
      'Choose a port for each backend of HTTPRoute shop/web.',
    ],
    [
      'addresses of a backend',
      say('BackendAddressUnusable', { ...all, said }),
      "Requests get 500: the gateway can't use the addresses of the backend. The controller says: their words.",
      "Correct the addresses of the route's backend.",
    ],
    [
      'no endpoints',
      say('BackendsUnavailable', all),
      'Requests get 503: the gateway finds no endpoints behind the route.',
      "Check why the pods behind HTTPRoute shop/web aren't ready.",
    ],
    [
      'some reference',
      say('RefsNotResolved', { ...all, said }),
      "Requests get 500: something that the route refers to can't be used. The controller says: their words.",
      "Change in HTTPRoute shop/web what the controller's message names.",
    ],
    [
      'rules that are left out',
      say('PartiallyInvalid', { route, fellBack: false }),
      'Requests for some rules of this route fail: the gateway left these rules out.',
      "Change in HTTPRoute shop/web what the controller's message names.",
    ],
    [
      'an earlier version that is in force',
      say('PartiallyInvalid', { route, fellBack: true }),
      'Requests are answered by an earlier version of this route: the gateway refuses the current one.',
      "Change in HTTPRoute shop/web what the controller's message names.",
    ],
    [
      'rules that overlap',
      say('RouteRulesOverlap', { route }),
      'Some requests for this route go to another route of the same host, or to another rule.',
      'Change the matches of HTTPRoute shop/web, so that they overlap with no other.',
    ],
    [
      'matches that are left out',
      say('MatchesInvalid', { route, said }),
      'Requests for some paths of this route fail: the gateway left their matches out. The controller says: their words.',
      "Change in the matches of HTTPRoute shop/web what the controller's message names.",
    ],
    [
      'conditions that nobody knows',
      say('ConditionNotJudged', { types: ['Happy', 'Sad'] }),
      'The controller also reports Happy, Sad, which Backstage shows without judging it.',
      undefined,
    ],
    [
      'conditions of a listener that nobody knows',
      say('ConditionNotJudged', {
        types: ['Happy'],
        of: { listener: 'https', holder: gateway },
      }),
      'The controller also reports Happy of listener https of Gateway kube-system/idp-gateway, which Backstage shows without judging it.',
      undefined,
    ],
    [
      'a parent that is left over',
      say('ParentLeftOver', { route }),
      'The status of HTTPRoute shop/web still tells of a parent that the route no longer names. It changes nothing for requests.',
      undefined,
    ],
    [
      'no for other parents',
      say('OtherParentRefuses', {
        route,
        parents: [
          { ...gateway, listener: 'http' },
          { kind: 'ListenerSet', namespace: 'shop', name: 'set' },
        ],
      }),
      'The route also names Gateway kube-system/idp-gateway, http and ListenerSet shop/set, and gets no requests from there.',
      'Detach HTTPRoute shop/web from what refuses it, or correct the reference.',
    ],
    [
      'an older suffix',
      say('DnsSuffixChanged', { route, host, wanted: 'shop.new.example' }),
      'This route still answers at shop.example.org, and people are told to use shop.new.example: the DNS suffix has changed.',
      'Expose HTTPRoute shop/web again, so that it answers at shop.new.example.',
    ],
    [
      'HTTP beside HTTPS',
      say('AlsoReachableInClear', {
        route,
        url: 'http://shop.example.org',
        listener: 'http',
        instead: { listener: 'https' },
      }),
      'Requests to http://shop.example.org are answered unencrypted instead of being sent to HTTPS: the route is also attached to listener http.',
      'Attach HTTPRoute shop/web to listener https only.',
    ],
    [
      'HTTP beside HTTPS, in a ListenerSet',
      say('AlsoReachableInClear', {
        route,
        url: 'http://shop.example.org',
        listener: 'http',
        instead: { holder: gateway },
      }),
      'Requests to http://shop.example.org are answered unencrypted instead of being sent to HTTPS: the route is also attached to listener http.',
      'Attach HTTPRoute shop/web to an HTTPS listener of Gateway kube-system/idp-gateway only.',
    ],
    [
      'no host, at an address',
      say('AnyHost', {
        route,
        listener: 'http',
        holder: gateway,
        isEncrypted: false,
      }),
      "Neither this route nor listener http of Gateway kube-system/idp-gateway names a host, so the URL is the gateway's address. Requests for any name that leads there are answered too, none of them encrypted.",
      'Add a host to HTTPRoute shop/web to give it an HTTPS URL.',
    ],
    [
      'no host, at an address with HTTPS',
      say('AnyHost', {
        route,
        listener: 'http',
        holder: gateway,
        isEncrypted: true,
      }),
      "Neither this route nor listener http of Gateway kube-system/idp-gateway names a host, so the URL is the gateway's address. Requests for any name that leads there are answered too, with HTTPS as far as the certificate covers the name.",
      'Add a host to HTTPRoute shop/web to give it an HTTPS URL.',
    ],
    [
      'no host, over HTTPS',
      say('AnyHost', {
        route,
        listener: 'https',
        holder: gateway,
        why: 'needsName',
      }),
      "Neither this route nor listener https of Gateway kube-system/idp-gateway names a host, so there's no URL: HTTPS needs a name, by which the gateway chooses a certificate. Requests for any name that leads to the gateway are answered as far as its certificate covers the name.",
      'Add a host to HTTPRoute shop/web.',
    ],
    [
      'no host, at an unknown port',
      say('AnyHost', {
        route,
        listener: 'web',
        holder: gateway,
        why: 'portUnknown',
        clear: 'web',
        instead: 'https',
      }),
      "Neither this route nor listener web of Gateway kube-system/idp-gateway names a host, so there's no URL, and Backstage doesn't know at which port people reach listener web.",
      'Attach HTTPRoute shop/web to listener https, and add a host to it.',
    ],
    [
      'no host, at an unknown address',
      say('AnyHost', {
        route,
        listener: 'http',
        holder: gateway,
        why: 'addressUnknown',
      }),
      "Neither this route nor listener http of Gateway kube-system/idp-gateway names a host, so there's no URL, and Backstage doesn't know the gateway's address.",
      "Ask the platform's admins to set lan_ip in [network], or choose a host for HTTPRoute shop/web.",
    ],
  ])('%s', (_, { message, remedy }, expectedMessage, expectedRemedy) => {
    expect(message).toBe(expectedMessage);
    expect(remedy).toBe(expectedRemedy);
  });
});

import type { HostContest } from '../exposures/types';
import type { ParamsOf } from '../findings/declare';
import type { SHADOW_REASONS } from '../verdicts/shadowReasons';
import { host, route } from './__testUtils__/names';
import { SHADOW_SENTENCES } from './shadow';

type Reasons = typeof SHADOW_REASONS;

const say = <R extends keyof Reasons>(
  reason: R,
  params: ParamsOf<Reasons, R>,
) => SHADOW_SENTENCES[reason](params);

const other: HostContest['route'] = {
  kind: 'HTTPRoute',
  namespace: 'docs',
  name: 'home',
  entities: ['component:default/home'],
};
const contest = (
  outcome: HostContest['outcome'],
  basis: HostContest['basis'],
  rest: Partial<HostContest> = {},
): HostContest => ({ outcome, basis, requests: ['/'], ...rest });
const whole = { host, route, isWhole: true, atProbedPath: true, rest: [] };
const inPart = { ...whole, isWhole: false, atProbedPath: false };
const grpc = { kind: 'GRPCRoute', namespace: 'shop', name: 'api' };

describe('sentences about who else claims a host', () => {
  it.each([
    [
      'an older route',
      say('RouteShadowed', {
        ...whole,
        contests: [contest('loses', 'age', { route: other })],
      }),
      'Requests for / on shop.example.org go to docs/home (owner: component:default/home), which is older.',
      'Choose another host for HTTPRoute shop/web, or ask the owners of docs/home to release shop.example.org.',
    ],
    [
      'a more specific route of nobody knows whom',
      say('RouteShadowed', {
        ...whole,
        contests: [contest('loses', 'specificity')],
      }),
      'Requests for / on shop.example.org go to a more specific route of another team.',
      "Choose another host for HTTPRoute shop/web, or ask the platform's admins whose route takes shop.example.org.",
    ],
    [
      'a route that goes first by its name, for some',
      say('RouteShadowed', {
        ...inPart,
        contests: [contest('loses', 'name', { requests: ['/a', '/b'] })],
        rest: ['/c'],
      }),
      'Requests for /a and /b on shop.example.org go to a route of another team, which goes first by its name. This route still answers /c.',
      "Change the paths of HTTPRoute shop/web, or ask the platform's admins whose route takes these.",
    ],
    [
      'a route that takes some, of which nothing is left whole',
      say('RouteShadowed', {
        ...inPart,
        contests: [
          contest('loses', 'age', {
            requests: ['/1', '/2', '/3', '/4', '/5', '/6', '/7'],
          }),
        ],
      }),
      'Requests for /1, /2, /3, /4, /5 and 2 more on shop.example.org go to an older route of another team. This route gets the others.',
      "Change the paths of HTTPRoute shop/web, or ask the platform's admins whose route takes these.",
    ],
    [
      'a route that takes what is asked',
      say('RouteShadowed', {
        ...inPart,
        atProbedPath: true,
        contests: [contest('loses', 'age', { requests: [] })],
      }),
      'Requests for shop.example.org go to an older route of another team. This route gets the others; an answer to these says nothing of it.',
      "Change the paths of HTTPRoute shop/web, or ask the platform's admins whose route takes these.",
    ],
    [
      'a listener that takes connections',
      say('RouteShadowed', {
        ...whole,
        contests: [
          contest('loses', 'connection', {
            route: { ...other, kind: 'TLSRoute', entities: [] },
          }),
        ],
      }),
      'Connections for shop.example.org go to TLSRoute docs/home, whose listener takes them by their server name before HTTP is spoken.',
      'Choose another host for HTTPRoute shop/web, or ask the owners of TLSRoute docs/home to release shop.example.org.',
    ],
    [
      'four routes',
      say('RouteShadowed', {
        ...whole,
        contests: ['a', 'b', 'c', 'd'].map(name =>
          contest('loses', 'age', { route: { ...other, name, entities: [] } }),
        ),
      }),
      'Requests for / on shop.example.org go to docs/a, which is older. Requests for / on shop.example.org go to docs/b, which is older. Requests for / on shop.example.org go to docs/c, which is older. There are more such routes.',
      'Choose another host for HTTPRoute shop/web, or ask the owners of docs/a to release shop.example.org.',
    ],
    [
      'a more specific listener for TLS',
      say('HostTakenByListener', {
        host,
        route,
        listener: 'tls',
        isSure: true,
        isTls: true,
      }),
      "Requests for shop.example.org don't reach this route: listener tls of the same port is more specific and takes them.",
      'Choose another host for HTTPRoute shop/web.',
    ],
    [
      'a more specific listener',
      say('HostTakenByListener', {
        host,
        route,
        listener: 'shop',
        isSure: false,
        isTls: false,
      }),
      "Requests for shop.example.org may be answered by listener shop alone, which is more specific, and not by this route: that is up to the gateway's controller.",
      'Attach HTTPRoute shop/web to listener shop.',
    ],
    [
      'paths by regular expression',
      say('PrecedenceUndetermined', {
        host,
        route,
        contests: [contest('undetermined', 'regularExpression')],
      }),
      "Which requests for shop.example.org go to a route of another team and which come here is up to the gateway's controller: paths by regular expression have no order of their own.",
      'Name the paths of both routes by prefix or exactly, or choose another host for HTTPRoute shop/web.',
    ],
    [
      'two kinds of routes',
      say('PrecedenceUndetermined', {
        host,
        route,
        contests: [
          contest('undetermined', 'routeKinds', {
            route: { ...other, kind: 'GRPCRoute' },
          }),
        ],
      }),
      "Which requests for shop.example.org go to GRPCRoute docs/home (owner: component:default/home) and which come here is up to the gateway's controller: it took a GRPCRoute and an HTTPRoute for one host, of which the Gateway API lets it take one.",
      'Choose another host for HTTPRoute shop/web if that is not meant.',
    ],
    [
      'a fall back',
      say('PrecedenceUndetermined', {
        host,
        route,
        contests: [contest('undetermined', 'fallback')],
      }),
      "Requests for shop.example.org go first to a route of another team, which names the host more exactly; whether those that it does not match come here or get 404 is up to the gateway's controller.",
      'Choose another host for HTTPRoute shop/web if that is not meant.',
    ],
    [
      'two listeners alike',
      say('PrecedenceUndetermined', {
        host,
        route,
        contests: [contest('undetermined', 'connection')],
      }),
      "Whether connections for shop.example.org go to a route of another team or come here is up to the gateway's controller: two listeners of one port have the same hostname.",
      'Choose another host for HTTPRoute shop/web if that is not meant.',
    ],
    [
      'a younger route',
      say('ShadowsAnotherRoute', {
        host,
        contests: [contest('wins', 'age', { route: other })],
      }),
      'Requests for / on shop.example.org come here, and not to docs/home (owner: component:default/home), which is younger.',
      undefined,
    ],
    [
      'a younger route of nobody knows whom',
      say('ShadowsAnotherRoute', { host, contests: [contest('wins', 'age')] }),
      'Requests for / on shop.example.org come here, and not to a younger route of another team.',
      undefined,
    ],
    [
      'a less specific listener',
      say('ShadowsAnotherRoute', {
        host,
        contests: [contest('wins', 'connection')],
      }),
      'Connections for shop.example.org come here, and not to a route of another team, whose listener is less specific.',
      undefined,
    ],
    [
      'an Ingress',
      say('HostClaimedElsewhere', {
        host,
        contests: [
          contest('elsewhere', 'addressNotKnown', {
            route: { ...other, kind: 'Ingress', entities: [] },
          }),
        ],
        address: '192.0.2.1',
      }),
      'Ingress docs/home claims shop.example.org too; at which address is not known, so which of the two answers is not known either.',
      'Check that shop.example.org leads to 192.0.2.1, or remove one of the routes.',
    ],
    [
      'another gateway elsewhere',
      say('HostClaimedElsewhere', {
        host,
        contests: [contest('elsewhere', 'otherAddress', { route: other })],
      }),
      'Another gateway serves shop.example.org too, for docs/home (owner: component:default/home), at another address; which of the two answers depends on where the name leads.',
      "Check that shop.example.org leads to the gateway's address, or remove one of the routes.",
    ],
    [
      'another gateway at the same address, of nobody knows whom',
      say('HostClaimedElsewhere', {
        host,
        contests: [contest('elsewhere', 'sameAddress')],
      }),
      'A route of another team claims shop.example.org too, elsewhere than at this gateway, at the same address; which of the two answers is up to what listens there.',
      "Check that shop.example.org leads to the gateway's address, or remove one of the routes.",
    ],
    [
      'a GRPCRoute',
      say('RouteKindNotJudged', { route: grpc, hosts: ['a.example', '*'] }),
      "GRPCRoute shop/api takes requests for a.example, every host of its gateway. Backstage checks only HTTPRoutes, so it can't tell what these requests get.",
      'Look at what the controller reports in the status of GRPCRoute shop/api.',
    ],
    [
      "an Ingress of one's own",
      say('RouteKindNotJudged', {
        route: { ...grpc, kind: 'Ingress' },
        hosts: ['a.example'],
      }),
      "Ingress shop/api takes requests for a.example. Backstage checks only HTTPRoutes, so it can't tell what these requests get.",
      'Ask for one of its hosts, or expose the component by an HTTPRoute in place of Ingress shop/api.',
    ],
    [
      'one more',
      say('MoreRoutesNotJudged', { count: 1, first: grpc }),
      "1 more route of another kind than HTTPRoute takes requests for this component too. Backstage can't tell what these requests get.",
      'Look at them in the cluster, beginning with GRPCRoute shop/api.',
    ],
    [
      'many more',
      say('MoreRoutesNotJudged', { count: 490, first: grpc }),
      "490 more routes of other kinds than HTTPRoute take requests for this component too. Backstage can't tell what these requests get.",
      'Look at them in the cluster, beginning with GRPCRoute shop/api.',
    ],
  ])('%s', (_, { message, remedy }, expectedMessage, expectedRemedy) => {
    expect(message).toBe(expectedMessage);
    expect(remedy).toBe(expectedRemedy);
  });
});

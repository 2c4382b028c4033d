import type { ParamsOf } from '../findings/declare';
import type { PROBE_REASONS } from '../verdicts/probeReasons';
import {
  controller,
  gateway,
  host,
  route,
  service,
} from './__testUtils__/names';
import { PROBE_SENTENCES } from './probe';

type Reasons = typeof PROBE_REASONS;

const say = <R extends keyof Reasons>(
  reason: R,
  params: ParamsOf<Reasons, R>,
) => PROBE_SENTENCES[reason](params);

const url = 'https://shop.example.org';
const place = '192.0.2.1:443';
const isAccepted = true;
const answer = (status: number) => ({
  path: '/',
  status,
  route,
  service,
  port: 8080,
});
const handshake = { listener: 'https', holder: gateway, host };
const notPossible = { host, url, isAccepted, isHttps: false, gateway };
const redirected = { path: '/', host };
const mine = { is: 'route', route } as const;

describe('sentences about what a host was asked and answered', () => {
  it.each([
    [
      'a route that only redirects',
      say('ProbeNotPossible', { ...notPossible, why: 'onlyRedirects' }),
      'Accepted, not yet proved: the route only redirects HTTP to HTTPS, where another route answers.',
      undefined,
    ],
    [
      'a host without HTTPS, where there is some',
      say('ProbeNotPossible', {
        ...notPossible,
        why: 'noHttps',
        attach: 'https',
      }),
      'Accepted, not yet proved: no https listener of Gateway kube-system/idp-gateway serves shop.example.org.',
      'Attach the route to listener https.',
    ],
    [
      'a host without HTTPS, where there is none',
      say('ProbeNotPossible', {
        ...notPossible,
        isAccepted: false,
        why: 'noHttps',
      }),
      'Not yet proved: no https listener of Gateway kube-system/idp-gateway serves shop.example.org.',
      'Open https://shop.example.org yourself: only hosts that are served over HTTPS are checked.',
    ],
    [
      'a host at an unknown port',
      say('ProbeNotPossible', {
        ...notPossible,
        isHttps: true,
        why: 'portUnknown',
        listener: 'web',
      }),
      "Accepted, not yet proved: Backstage doesn't know at which port people reach listener web, so it doesn't check its hosts.",
      'Try a URL of this route that you know.',
    ],
    [
      'a wildcard',
      say('ProbeNotPossible', {
        ...notPossible,
        isHttps: true,
        host: '*.example.org',
        why: 'wildcard',
      }),
      'Accepted, not yet proved: the wildcard *.example.org stands for no single host to check.',
      'Try a URL of this route that you know.',
    ],
    [
      'a route without a plain GET',
      say('ProbeNotPossible', { ...notPossible, isHttps: true, why: 'noGet' }),
      'Accepted, not yet proved: the route answers no GET without headers or query.',
      'Try a URL of this route that you know.',
    ],
    [
      'a cluster on which nobody asks',
      say('ProbeOff', { host, url, isAccepted }),
      "Accepted, not yet proved: Backstage doesn't check hosts on this cluster, so nobody asks for shop.example.org.",
      'Open https://shop.example.org from where the gateway can be reached.',
    ],
    [
      'a gateway of unknown address',
      say('ProbeAddressUnknown', { host, url }),
      "shop.example.org is not checked from here: Backstage doesn't know the gateway's address.",
      "Open https://shop.example.org yourself, and ask the platform's admins to set [probe] address.",
    ],
    [
      'a gateway that was not found',
      say('GatewayNotShown', { host }),
      "shop.example.org is not checked from here: Backstage hasn't found the gateway's address.",
      "Open shop.example.org yourself, and ask the platform's admins to set [probe] address.",
    ],
    [
      'a host that was not asked',
      say('NotProbed', { host, isAccepted }),
      "Accepted, not yet proved: shop.example.org hasn't been checked recently.",
      'Wait a minute or two, as hosts are checked in rotation, or open the Networking tab of its component, which checks shop.example.org at once.',
    ],
    [
      'a host that was not asked, of a route that is not accepted',
      say('NotProbed', { host, isAccepted: false }),
      "Not yet proved: shop.example.org hasn't been checked recently.",
      'Wait a minute or two, as hosts are checked in rotation, or open the Networking tab of its component, which checks shop.example.org at once.',
    ],
    [
      'an answer to an earlier version',
      say('ProbeOlder', { host }),
      "The last answer of shop.example.org was to an earlier version of this route; this one isn't proved yet.",
      'Wait a moment: it is checked again soon.',
    ],
    [
      'a public port that leads nowhere',
      say('PublicPortNotReached', {
        host,
        url,
        address: '192.0.2.1',
        publicPort: 443,
        port: 30443,
      }),
      "Requests to https://shop.example.org time out or are refused: port 443 of 192.0.2.1 doesn't answer, node port 30443 does.",
      "Ask the platform's admins to map port 443 of 192.0.2.1 to node port 30443, or to set public_https_port = 30443 in [network].",
    ],
    [
      'no answer of the gateway',
      say('ProbeTimedOut', { place }),
      'Requests time out: nothing answers at 192.0.2.1:443.',
      "Ask the platform's admins whether 192.0.2.1:443 is the gateway's address and no firewall is in between.",
    ],
    [
      'no answer behind the gateway',
      say('ProbeTimedOut', {}),
      'Requests time out: the gateway takes them, and no answer comes.',
      'Check that the Service answers on its port.',
    ],
    [
      'a refused connection',
      say('ProbeRefused', { place }),
      'Requests are refused: nothing listens at 192.0.2.1:443.',
      "Ask the platform's admins to start the gateway, or to correct [probe] address.",
    ],
    [
      'no way',
      say('ProbeUnreachable', { place }),
      "Requests don't arrive: 192.0.2.1:443 can't be reached from here.",
      "Ask the platform's admins whether 192.0.2.1:443 is the gateway's address.",
    ],
    [
      'a refused handshake',
      say('TlsHandshakeFailed', { host, place, isRefused: true }),
      'Connections to shop.example.org fail: 192.0.2.1:443 takes them and refuses the TLS handshake, whatever a client offers.',
      "Ask the platform's admins to check the certificate and the TLS settings of the https listener.",
    ],
    [
      'a connection that ends before TLS',
      say('TlsHandshakeFailed', { host, place, isRefused: false }),
      'Connections to shop.example.org fail: 192.0.2.1:443 takes them and ends them before TLS is set up.',
      "Ask the platform's admins to check the certificate of the https listener.",
    ],
    [
      'an old protocol',
      say('TlsHandshakeRefusedByBrowsers', {
        ...handshake,
        families: ['chromium', 'firefox'],
        isAll: true,
        settled: { part: 'protocol', value: 'TLSv1.1' },
      }),
      'Browsers get no connection to shop.example.org: the gateway speaks TLSv1.1 and nothing newer.',
      "Ask the platform's admins to let listener https speak TLS 1.2 and TLS 1.3.",
    ],
    [
      'a strange cipher',
      say('TlsHandshakeRefusedByBrowsers', {
        ...handshake,
        families: ['chromium'],
        isAll: false,
        settled: { part: 'cipher', value: 'X' },
      }),
      'Chromium (Chrome, Edge) gets no connection to shop.example.org: the gateway uses the cipher X and none that they offer.',
      "Ask the platform's admins to let listener https use ciphers with ECDHE and AES-GCM.",
    ],
    [
      'a strange group',
      say('TlsHandshakeRefusedByBrowsers', {
        ...handshake,
        families: ['chromium', 'firefox'],
        isAll: false,
        settled: { part: 'group', value: 'P-521' },
      }),
      'Chromium (Chrome, Edge) and Firefox get no connection to shop.example.org: the gateway exchanges keys by P-521 and by nothing that they offer.',
      "Ask the platform's admins to let listener https exchange keys by X25519 and P-256.",
    ],
    [
      'a handshake that nobody understands',
      say('TlsHandshakeRefusedByBrowsers', {
        ...handshake,
        families: ['chromium'],
        isAll: false,
      }),
      'Chromium (Chrome, Edge) gets no connection to shop.example.org: the gateway refuses the TLS handshake with what it offers, and takes another.',
      "Ask the platform's admins to compare the TLS settings of listener https with what browsers offer.",
    ],
    [
      'no HTTP',
      say('NoHttpAnswer', { host }),
      'Requests for shop.example.org get no answer: the connection ends before one.',
      'Check that the Service speaks HTTP on its port.',
    ],
    [
      'a proxy that ends connections',
      say('AcceptedNotServed', { controller, host, place }),
      "Connections to shop.example.org fail although the cluster says Accepted and Programmed: the proxy at 192.0.2.1:443 ends them before TLS is set up, as for a host that it doesn't know.",
      "Ask the platform's admins to read the log of example.com/gateway, and of the proxy, for changes that were not taken up.",
    ],
    [
      'a proxy without the route',
      say('AcceptedNotServed', { controller, path: '/', route }),
      "Requests get 404 at / from the gateway itself, although the cluster says Accepted and Programmed: its proxy doesn't serve HTTPRoute shop/web.",
      "Ask the platform's admins to read the log of example.com/gateway, and of the proxy, for changes that were not taken up, as where the gateway's routes have become too many for one object.",
    ],
    [
      'a good answer',
      say('Answered', { path: '/', status: 200 }),
      'Responding: GET / returned 200.',
      undefined,
    ],
    [
      'an answer in between',
      say('ChangeBeingTakenUp', { path: '/', status: 500 }),
      'The gateway is still applying a recent change (GET / returned 500).',
      'Wait a moment: it is checked again soon.',
    ],
    [
      'a policy',
      say('DeniedByPolicy', answer(403)),
      'Requests get 403 at / from the gateway itself: a network policy of the cluster denies them.',
      "Allow the gateway (fromEntities: ingress) to reach the pods of Service shop/web, port 8080 in a CiliumNetworkPolicy; where other hosts get 403 too, ask the platform's admins to let clients reach the gateway.",
    ],
    [
      'no route',
      say('AnswersNoRoute', { path: '/', host, route }),
      'Requests get 404 at / from the gateway: it knows no route for shop.example.org.',
      'Correct in HTTPRoute shop/web what its conditions name.',
    ],
    [
      'another host',
      say('AnswersMisdirected', { path: '/', host }),
      'Requests get 421 at / from the gateway: it takes their connection to be for another host, as where two listeners have certificates for the same names and browsers reuse a connection.',
      "Ask the platform's admins to leave one listener with a certificate for shop.example.org.",
    ],
    [
      '404 of either',
      say('AnswerAmbiguous', answer(404)),
      "GET / returned 404, which may be the gateway's answer or the service's.",
      'Check whether Service shop/web answers 404 at / itself.',
    ],
    [
      '404 of either, without a Service',
      say('AnswerAmbiguous', { path: '/', status: 404, route }),
      "GET / returned 404, which may be the gateway's answer or the service's.",
      'Check whether what answers for the route answers 404 at / itself.',
    ],
    [
      '400',
      say('AnswersClientError', answer(400)),
      'GET / returned 400: the service refuses a plain GET there.',
      'Open a path that Service shop/web serves.',
    ],
    [
      '500 for a backend',
      say('AnswersBadBackend', { path: '/', route }),
      "Requests get 500 at / from the gateway, as for a backend of HTTPRoute shop/web that it can't use.",
      'Correct the backends of HTTPRoute shop/web.',
    ],
    [
      '500 for a filter',
      say('AnswersBadFilter', {
        ...answer(500),
        what: 'Limit.example.com slow',
        isSure: true,
      }),
      "Requests get 500 at /: the gateway can't use Limit.example.com slow, which a filter of HTTPRoute shop/web names.",
      'Check that Limit.example.com slow exists and that the gateway knows it, or remove the filter.',
    ],
    [
      '500 that may be for a filter',
      say('AnswersBadFilter', {
        ...answer(500),
        what: 'Limit.example.com slow',
        isSure: false,
      }),
      "Requests get 500 at /, which may be the service's answer, or the gateway's where it can't use Limit.example.com slow.",
      'Check that the gateway knows Limit.example.com slow, which a filter of HTTPRoute shop/web names, and read the log of Service shop/web.',
    ],
    [
      '503 without a pod',
      say('AnswersNoReadyBackend', answer(503)),
      'Requests get 503 at /: the gateway has no ready pod of Service shop/web to send them to.',
      'Check that the pods of Service shop/web are ready.',
    ],
    [
      '502',
      say('AnswersBackendNotReached', answer(502)),
      "Requests get 502 at /: the gateway can't reach the pods of Service shop/web, or doesn't understand what they answer.",
      'Check that Service shop/web listens on the port that HTTPRoute shop/web names, port 8080, that it speaks HTTP there, and that no network policy keeps the gateway from it.',
    ],
    [
      '504',
      say('AnswersBackendTooSlow', answer(504)),
      'Requests get 504 at /: Service shop/web takes longer to answer than the gateway waits.',
      'Find out why Service shop/web is slow at /, or raise the timeouts of HTTPRoute shop/web.',
    ],
    [
      '500 of the service',
      say('AnswersError', { ...answer(500), isServices: true }),
      'Requests get 500 at /: Service shop/web itself answers so.',
      'Read the log of Service shop/web.',
    ],
    [
      '500',
      say('AnswersError', { ...answer(500), isServices: false }),
      'Requests get 500 at /.',
      'Read the log of Service shop/web.',
    ],
    [
      '503',
      say('AnswersError', { ...answer(503), isServices: false }),
      'Requests get 503 at /.',
      'Check that Service shop/web runs and listens on the port of HTTPRoute shop/web.',
    ],
    [
      'a loop of the whole route',
      say('RedirectsToItself', {
        ...redirected,
        viaClear: false,
        by: { ...mine, change: { what: 'attach', listener: 'http' } },
      }),
      'Browsers give up on /: it redirects to itself for ever.',
      'Attach HTTPRoute shop/web to listener http only, so that it redirects only plain HTTP.',
    ],
    [
      'a loop of a rule',
      say('RedirectsToItself', {
        ...redirected,
        viaClear: false,
        by: { ...mine, change: { what: 'remove', rule: 0, listener: 'http' } },
      }),
      'Browsers give up on /: it redirects to itself for ever.',
      'Remove rule 1 of HTTPRoute shop/web, which redirects what the next rule is to answer, or move it to a route of its own on listener http.',
    ],
    [
      'a loop of the service, by HTTP',
      say('RedirectsToItself', {
        ...redirected,
        viaClear: true,
        by: { is: 'service', service },
      }),
      'Browsers give up on /: it redirects to plain HTTP and back for ever.',
      'Have Service shop/web trust the header X-Forwarded-Proto, or turn off its own redirect to HTTPS: TLS ends at the gateway, so every request reaches it unencrypted.',
    ],
    [
      'a loop of nobody knows whom',
      say('RedirectsToItself', {
        ...redirected,
        viaClear: false,
        by: { is: 'unknown' },
      }),
      'Browsers give up on /: it redirects to itself for ever.',
      'Find out what redirects / of shop.example.org: a filter or another route of the host, or the service behind it.',
    ],
    [
      'a strange port of a rule',
      say('RedirectsToUnknownPort', {
        ...redirected,
        to: { scheme: 'https', host, port: 8443 },
        by: { ...mine, change: { what: 'port', rule: 0, port: 443 } },
      }),
      '/ redirects to https://shop.example.org:8443, where nothing of this gateway is known to answer.',
      'Set port 443 in the redirect of rule 1 of HTTPRoute shop/web.',
    ],
    [
      'a strange port of the service',
      say('RedirectsToUnknownPort', {
        ...redirected,
        to: { scheme: 'https', host, port: 8443 },
        by: { is: 'service', service },
      }),
      '/ redirects to https://shop.example.org:8443, where nothing of this gateway is known to answer.',
      'Have Service shop/web take the port of its redirects from the Host header, or redirect to a path alone.',
    ],
    [
      'a strange port of nobody knows whom',
      say('RedirectsToUnknownPort', {
        ...redirected,
        to: { scheme: 'ftp', host },
        by: { is: 'unknown' },
      }),
      '/ redirects to ftp://shop.example.org, where nothing of this gateway is known to answer.',
      'Correct the port of what redirects / of shop.example.org.',
    ],
    [
      'plain HTTP of a rule',
      say('RedirectsToClear', {
        ...redirected,
        to: { scheme: 'http', host, port: 80 },
        by: { ...mine, change: { what: 'scheme', rule: 1 } },
      }),
      '/ redirects to http://shop.example.org, so the next request is sent unencrypted, and comes back here where HTTP is redirected to HTTPS.',
      'Set scheme https in the redirect of rule 2 of HTTPRoute shop/web.',
    ],
    [
      'plain HTTP of the service',
      say('RedirectsToClear', {
        ...redirected,
        to: { scheme: 'http', host, port: 80 },
        by: { is: 'service', service },
      }),
      '/ redirects to http://shop.example.org, so the next request is sent unencrypted, and comes back here where HTTP is redirected to HTTPS.',
      'Have Service shop/web trust the header X-Forwarded-Proto, so that its redirects keep to https.',
    ],
    [
      'plain HTTP of nobody knows whom',
      say('RedirectsToClear', {
        ...redirected,
        to: { scheme: 'http', host, port: 80 },
        by: { is: 'unknown' },
      }),
      '/ redirects to http://shop.example.org, so the next request is sent unencrypted, and comes back here where HTTP is redirected to HTTPS.',
      'Correct the scheme of what redirects / of shop.example.org.',
    ],
    [
      'no TLS for a host',
      say('NoTls', { host, route, listener: 'https' }),
      'No request for shop.example.org is encrypted: no https listener serves it.',
      'Attach HTTPRoute shop/web to listener https.',
    ],
    [
      'no TLS at all, beside a redirect',
      say('NoTls', { route }),
      'No request of this route is encrypted: no https listener serves it.',
      undefined,
    ],
  ])('%s', (_, { message, remedy }, expectedMessage, expectedRemedy) => {
    expect(message).toBe(expectedMessage);
    expect(remedy).toBe(expectedRemedy);
  });
});

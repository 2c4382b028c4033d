import { familiesInWords } from '../certificates/clients/refusals';
import { CLIENT_FAMILIES } from '../certificates/clients';
import type { ParamsOf, SentencesOf } from '../findings/declare';
import { urlOf } from '../hostnames/url';
import type {
  PROBE_REASONS,
  RedirectChange,
  Redirector,
} from '../verdicts/probeReasons';
import { ADMINS, backendWords, objectWords, ownersWords } from './words';

type Reasons = typeof PROBE_REASONS;
type NotPossible = ParamsOf<Reasons, 'ProbeNotPossible'>;

/** `Accepted, not checked: why`; without the first word where the controller has not said so. */
const unproved = (isAccepted: boolean, why: string) =>
  isAccepted ? `Accepted, not yet proved: ${why}.` : `Not yet proved: ${why}.`;

const openYourself = ({ url, host }: { url?: string; host: string }) =>
  `Open ${url ?? host} yourself, and ask ${ADMINS} to set [probe] address.`;

function whyNotPossible({ why, host, gateway, listener }: NotPossible): string {
  switch (why) {
    case 'onlyRedirects':
      return 'the route only redirects HTTP to HTTPS, where another route answers';
    case 'noHttps':
      return `no https listener of ${objectWords(gateway)} serves ${host}`;
    case 'portUnknown':
      return `Backstage doesn't know at which port people reach listener ${listener}, so it doesn't check its hosts`;
    case 'wildcard':
      return `the wildcard ${host} stands for no single host to check`;
    default:
      return 'the route answers no GET without headers or query';
  }
}

/** In clear nothing shows that it is the Gateway which answers, so hosts that have no https listener to go to are never asked. */
function remedyOf(params: NotPossible): string | undefined {
  const { why, isHttps, attach, url, host } = params;
  if (why === 'onlyRedirects') return undefined;
  if (isHttps) return 'Try a URL of this route that you know.';
  return attach === undefined
    ? `Open ${
        url ?? host
      } yourself: only hosts that are served over HTTPS are checked.`
    : `Attach the route to listener ${attach}.`;
}

/** What is behind a route. */
const behind = (service: { service?: Parameters<typeof backendWords>[0] }) =>
  service.service
    ? backendWords(service.service)
    : 'what answers for the route';

const portWords = (port: number | undefined) =>
  port === undefined ? '' : `, port ${port}`;

const gets = ({ status, path }: { status: number; path: string }) =>
  `Requests get ${status} at ${path}`;

const titleOf = ({
  scheme,
  host,
  port,
}: ParamsOf<Reasons, 'RedirectsToClear'>['to']) =>
  scheme === 'https' || scheme === 'http'
    ? urlOf(host, { scheme, port: port ?? 0 })
    : `${scheme}://${host}`;

function changeWords(title: string, change: RedirectChange): string {
  switch (change.what) {
    case 'attach':
      return `Attach ${title} to listener ${change.listener} only, so that it redirects only plain HTTP.`;
    case 'remove':
      return `Remove rule ${
        change.rule + 1
      } of ${title}, which redirects what the next rule is to answer, or move it to a route of its own on listener ${
        change.listener
      }.`;
    case 'port':
      return `Set port ${change.port} in the redirect of rule ${
        change.rule + 1
      } of ${title}.`;
    default:
      return `Set scheme https in the redirect of rule ${
        change.rule + 1
      } of ${title}.`;
  }
}

function redirectRemedy(
  by: Redirector,
  otherwise: { service(title: string): string; unknown: string },
): string {
  switch (by.is) {
    case 'route':
      return changeWords(objectWords(by.route), by.change);
    case 'service':
      return otherwise.service(backendWords(by.service));
    default:
      return otherwise.unknown;
  }
}

const SETTLED: Record<
  'protocol' | 'cipher' | 'group',
  { says: (value: string) => string; mend: (listener: string) => string }
> = {
  protocol: {
    says: protocol => `speaks ${protocol} and nothing newer`,
    mend: listener => `let listener ${listener} speak TLS 1.2 and TLS 1.3`,
  },
  cipher: {
    says: cipher => `uses the cipher ${cipher} and none that they offer`,
    mend: listener =>
      `let listener ${listener} use ciphers with ECDHE and AES-GCM`,
  },
  group: {
    says: group => `exchanges keys by ${group} and by nothing that they offer`,
    mend: listener =>
      `let listener ${listener} exchange keys by X25519 and P-256`,
  },
};

function whoGets({
  families: ids,
  isAll,
}: ParamsOf<Reasons, 'TlsHandshakeRefusedByBrowsers'>): string {
  if (isAll) return 'Browsers get';
  const families = CLIENT_FAMILIES.filter(({ id }) => ids.includes(id));
  return `${familiesInWords(families)} ${families.length > 1 ? 'get' : 'gets'}`;
}

/** Of the findings about what a host was asked and answered. */
export const PROBE_SENTENCES: SentencesOf<Reasons> = {
  ProbeNotPossible: params => ({
    message: unproved(params.isAccepted, whyNotPossible(params)),
    remedy: remedyOf(params),
  }),
  ProbeOff: ({ host, url, isAccepted }) => ({
    message: unproved(
      isAccepted,
      `Backstage doesn't check hosts on this cluster, so nobody asks for ${host}`,
    ),
    remedy: `Open ${url ?? host} from where the gateway can be reached.`,
  }),
  ProbeAddressUnknown: params => ({
    message: `${params.host} is not checked from here: Backstage doesn't know the gateway's address.`,
    remedy: openYourself(params),
  }),
  GatewayNotShown: params => ({
    message: `${params.host} is not checked from here: Backstage hasn't found the gateway's address.`,
    remedy: openYourself(params),
  }),
  NotProbed: ({ host, isAccepted }) => ({
    message: unproved(isAccepted, `${host} hasn't been checked recently`),
    remedy: `Wait a minute or two, as hosts are checked in rotation, or open the Networking tab of its component, which checks ${host} at once.`,
  }),
  ProbeOlder: ({ host }) => ({
    message: `The last answer of ${host} was to an earlier version of this route; this one isn't proved yet.`,
    remedy: 'Wait a moment: it is checked again soon.',
  }),
  PublicPortNotReached: ({ host, url, address, publicPort, port }) => ({
    message: `Requests to ${
      url ?? host
    } time out or are refused: port ${publicPort} of ${address} doesn't answer, node port ${port} does.`,
    remedy: `Ask ${ADMINS} to map port ${publicPort} of ${address} to node port ${port}, or to set public_https_port = ${port} in [network].`,
  }),

  ProbeTimedOut: ({ place }) =>
    place === undefined
      ? {
          message:
            'Requests time out: the gateway takes them, and no answer comes.',
          remedy: 'Check that the Service answers on its port.',
        }
      : {
          message: `Requests time out: nothing answers at ${place}.`,
          remedy: `Ask ${ADMINS} whether ${place} is the gateway's address and no firewall is in between.`,
        },
  ProbeRefused: ({ place }) => ({
    message: `Requests are refused: nothing listens at ${place}.`,
    remedy: `Ask ${ADMINS} to start the gateway, or to correct [probe] address.`,
  }),
  ProbeUnreachable: ({ place }) => ({
    message: `Requests don't arrive: ${place} can't be reached from here.`,
    remedy: `Ask ${ADMINS} whether ${place} is the gateway's address.`,
  }),
  TlsHandshakeFailed: ({ host, place, isRefused }) =>
    isRefused
      ? {
          message: `Connections to ${host} fail: ${place} takes them and refuses the TLS handshake, whatever a client offers.`,
          remedy: `Ask ${ADMINS} to check the certificate and the TLS settings of the https listener.`,
        }
      : {
          message: `Connections to ${host} fail: ${place} takes them and ends them before TLS is set up.`,
          remedy: `Ask ${ADMINS} to check the certificate of the https listener.`,
        },
  TlsHandshakeRefusedByBrowsers: params => {
    const { host, listener, holder, settled } = params;
    const ask = (what: string) => `Ask ${ownersWords(holder)} to ${what}.`;
    return settled
      ? {
          message: `${whoGets(
            params,
          )} no connection to ${host}: the gateway ${SETTLED[settled.part].says(
            settled.value,
          )}.`,
          remedy: ask(SETTLED[settled.part].mend(listener)),
        }
      : {
          message: `${whoGets(
            params,
          )} no connection to ${host}: the gateway refuses the TLS handshake with what it offers, and takes another.`,
          remedy: ask(
            `compare the TLS settings of listener ${listener} with what browsers offer`,
          ),
        };
  },
  NoHttpAnswer: ({ host }) => ({
    message: `Requests for ${host} get no answer: the connection ends before one.`,
    remedy: 'Check that the Service speaks HTTP on its port.',
  }),
  AcceptedNotServed: params =>
    'place' in params
      ? {
          message: `Connections to ${params.host} fail although the cluster says Accepted and Programmed: the proxy at ${params.place} ends them before TLS is set up, as for a host that it doesn't know.`,
          remedy: `Ask ${ADMINS} to read the log of ${params.controller}, and of the proxy, for changes that were not taken up.`,
        }
      : {
          message: `Requests get 404 at ${
            params.path
          } from the gateway itself, although the cluster says Accepted and Programmed: its proxy doesn't serve ${objectWords(
            params.route,
          )}.`,
          remedy: `Ask ${ADMINS} to read the log of ${params.controller}, and of the proxy, for changes that were not taken up, as where the gateway's routes have become too many for one object.`,
        },

  Answered: ({ path, status }) => ({
    message: `Responding: GET ${path} returned ${status}.`,
  }),
  ChangeBeingTakenUp: ({ path, status }) => ({
    message: `The gateway is still applying a recent change (GET ${path} returned ${status}).`,
    remedy: 'Wait a moment: it is checked again soon.',
  }),
  DeniedByPolicy: ({ path, port, ...of }) => ({
    message: `Requests get 403 at ${path} from the gateway itself: a network policy of the cluster denies them.`,
    remedy: `Allow the gateway (fromEntities: ingress) to reach the pods of ${behind(
      of,
    )}${portWords(
      port,
    )} in a CiliumNetworkPolicy; where other hosts get 403 too, ask ${ADMINS} to let clients reach the gateway.`,
  }),
  AnswersNoRoute: ({ path, host, route }) => ({
    message: `Requests get 404 at ${path} from the gateway: it knows no route for ${host}.`,
    remedy: `Correct in ${objectWords(route)} what its conditions name.`,
  }),
  AnswersMisdirected: ({ path, host }) => ({
    message: `Requests get 421 at ${path} from the gateway: it takes their connection to be for another host, as where two listeners have certificates for the same names and browsers reuse a connection.`,
    remedy: `Ask ${ADMINS} to leave one listener with a certificate for ${host}.`,
  }),
  AnswerAmbiguous: ({ path, status, ...of }) => ({
    message: `GET ${path} returned ${status}, which may be the gateway's answer or the service's.`,
    remedy: `Check whether ${behind(of)} answers ${status} at ${path} itself.`,
  }),
  AnswersClientError: ({ path, status, ...of }) => ({
    message: `GET ${path} returned ${status}: the service refuses a plain GET there.`,
    remedy: `Open a path that ${behind(of)} serves.`,
  }),
  AnswersBadBackend: ({ path, route }) => ({
    message: `Requests get 500 at ${path} from the gateway, as for a backend of ${objectWords(
      route,
    )} that it can't use.`,
    remedy: `Correct the backends of ${objectWords(route)}.`,
  }),
  AnswersBadFilter: ({ path, what, isSure, route, ...of }) =>
    isSure
      ? {
          message: `Requests get 500 at ${path}: the gateway can't use ${what}, which a filter of ${objectWords(
            route,
          )} names.`,
          remedy: `Check that ${what} exists and that the gateway knows it, or remove the filter.`,
        }
      : {
          message: `Requests get 500 at ${path}, which may be the service's answer, or the gateway's where it can't use ${what}.`,
          remedy: `Check that the gateway knows ${what}, which a filter of ${objectWords(
            route,
          )} names, and read the log of ${behind(of)}.`,
        },
  AnswersNoReadyBackend: params => ({
    message: `${gets(params)}: the gateway has no ready pod of ${behind(
      params,
    )} to send them to.`,
    remedy: `Check that the pods of ${behind(params)} are ready.`,
  }),
  AnswersBackendNotReached: params => ({
    message: `${gets(params)}: the gateway can't reach the pods of ${behind(
      params,
    )}, or doesn't understand what they answer.`,
    remedy: `Check that ${behind(
      params,
    )} listens on the port that ${objectWords(params.route)} names${portWords(
      params.port,
    )}, that it speaks HTTP there, and that no network policy keeps the gateway from it.`,
  }),
  AnswersBackendTooSlow: params => ({
    message: `${gets(params)}: ${behind(
      params,
    )} takes longer to answer than the gateway waits.`,
    remedy: `Find out why ${behind(params)} is slow at ${
      params.path
    }, or raise the timeouts of ${objectWords(params.route)}.`,
  }),
  AnswersError: params => ({
    message: params.isServices
      ? `${gets(params)}: ${behind(params)} itself answers so.`
      : `${gets(params)}.`,
    remedy:
      params.status === 503 && !params.isServices
        ? `Check that ${behind(
            params,
          )} runs and listens on the port of ${objectWords(params.route)}.`
        : `Read the log of ${behind(params)}.`,
  }),

  RedirectsToItself: ({ path, host, by, viaClear }) => ({
    message: `Browsers give up on ${path}: it redirects ${
      viaClear ? 'to plain HTTP and back' : 'to itself'
    } for ever.`,
    remedy: redirectRemedy(by, {
      service: title =>
        `Have ${title} trust the header X-Forwarded-Proto, or turn off its own redirect to HTTPS: TLS ends at the gateway, so every request reaches it unencrypted.`,
      unknown: `Find out what redirects ${path} of ${host}: a filter or another route of the host, or the service behind it.`,
    }),
  }),
  RedirectsToUnknownPort: ({ path, host, by, to }) => ({
    message: `${path} redirects to ${titleOf(
      to,
    )}, where nothing of this gateway is known to answer.`,
    remedy: redirectRemedy(by, {
      service: title =>
        `Have ${title} take the port of its redirects from the Host header, or redirect to a path alone.`,
      unknown: `Correct the port of what redirects ${path} of ${host}.`,
    }),
  }),
  RedirectsToClear: ({ path, host, by, to }) => ({
    message: `${path} redirects to ${titleOf(
      to,
    )}, so the next request is sent unencrypted, and comes back here where HTTP is redirected to HTTPS.`,
    remedy: redirectRemedy(by, {
      service: title =>
        `Have ${title} trust the header X-Forwarded-Proto, so that its redirects keep to https.`,
      unknown: `Correct the scheme of what redirects ${path} of ${host}.`,
    }),
  }),

  NoTls: ({ host, route, listener }) => ({
    message:
      host === undefined
        ? 'No request of this route is encrypted: no https listener serves it.'
        : `No request for ${host} is encrypted: no https listener serves it.`,
    ...(listener !== undefined && {
      remedy: `Attach ${objectWords(route)} to listener ${listener}.`,
    }),
  }),
};

import type { Sentence, SentencesOf } from '../findings/declare';
import type {
  NotFound,
  ROUTE_REASONS,
  Unresolved,
} from '../verdicts/routeReasons';
import { seenWords } from './backend';
import { unlessAnswered } from './despite';
import {
  ADMINS,
  afterWords,
  capitalized,
  forWords,
  listenerWords,
  objectWords,
  orAsk,
  orReadLog,
  saidWords,
} from './words';

/** What becomes of requests for want of what the route refers to, and why. */
const unresolved = <P extends Unresolved>(
  status: string,
  say: (params: P) => { why: string; remedy: string },
) =>
  unlessAnswered<P>((params: P): Sentence => {
    const { on, copiesTo, route } = params;
    if (on === 'copies') {
      return {
        message: `Copies of requests go nowhere: the gateway can't send them to ${
          copiesTo ? objectWords(copiesTo) : 'where the route says'
        }. The requests themselves aren't concerned.`,
        remedy: `Correct the filter of ${objectWords(
          route,
        )} that mirrors requests, or remove it.`,
      };
    }
    const { why, remedy } = say(params);
    return {
      message: `${
        on === 'all' ? 'Requests' : 'Some requests'
      } get ${status}: ${why}.${saidWords(params.said)}`,
      remedy,
    };
  });

function notFound(
  found: NotFound,
  route: string,
): { why: string; remedy: string } {
  switch (found.what) {
    case 'missing': {
      const service = objectWords(found.service);
      return {
        why: `${service} does not exist`,
        remedy: `Create ${service}, or choose another Service for ${route}.`,
      };
    }
    case 'external':
      return {
        why: `${objectWords(
          found.service,
        )} is an ExternalName Service; the gateway can't route to it`,
        remedy: `Choose a Service with pods for ${route}.`,
      };
    case 'port': {
      const { service, port, ports } = found;
      return {
        why: `${objectWords(service)} has no port ${
          port ?? 'named by the route'
        }`,
        remedy: `Choose one of its ports for ${route}: ${ports.join(', ')}.`,
      };
    }
    case 'noSlices': {
      const service = objectWords(found.service);
      return {
        why: `${service} has no EndpointSlices, so the gateway finds nothing behind it`,
        remedy: `Give ${service} a selector that matches its pods, or choose another Service for ${route}.`,
      };
    }
    case 'protocol': {
      const { service, port, protocol } = found;
      return {
        why: `port ${port} of ${objectWords(
          service,
        )} is a ${protocol} port, which doesn't carry HTTP`,
        remedy: `Choose a TCP port of ${objectWords(service)} for ${route}.`,
      };
    }
    case 'headless':
      return {
        why: `the gateway doesn't find ${objectWords(
          found.service,
        )}, most likely because it's headless (no cluster IP)`,
        remedy: `Choose a Service with a cluster IP for ${route}.`,
      };
    case 'otherKind': {
      const backend = objectWords(found.backend);
      return {
        why: `the gateway doesn't find ${backend}, which Backstage doesn't judge`,
        remedy: `Check that ${backend} exists, or choose a Service for ${route}.`,
      };
    }
    default:
      return {
        why: "the gateway doesn't find a Service of the route, though all of them exist, with their ports",
        remedy: `Ask ${ADMINS} to read the log of ${found.controller}.`,
      };
  }
}

const withoutPort = (service: string, route: string) => ({
  why: `the route names no port of ${service}`,
  remedy: `Choose a port of ${service} for ${route}.`,
});

/** Of the findings about what the gateway's controller says of a route, and about where it is served. */
export const ROUTE_SENTENCES: SentencesOf<typeof ROUTE_REASONS> = {
  NoStatusYet: ({ of, isUsual, seen, forMs, controller }) => {
    if (seen) {
      return {
        message: `${seenWords(
          seen,
        )}, although the gateway's controller hasn't reported on this route.`,
      };
    }
    if (of === 'refs') {
      return {
        message:
          "The gateway hasn't said yet whether it found everything that the route refers to.",
        remedy: orAsk(controller),
      };
    }
    return isUsual
      ? {
          message:
            'This route was just submitted to the gateway; until it is taken up, requests get 404.',
          remedy: 'Wait a few seconds.',
        }
      : {
          message: `The gateway hasn't picked up this route${afterWords(
            forMs,
          )}; until it does, requests get 404.`,
          remedy: orAsk(controller),
        };
  },
  StatusStale: ({ forMs, controller }) => ({
    message: `The gateway hasn't applied the last change${afterWords(
      forMs,
    )}; requests are answered as before it.`,
    remedy: orAsk(controller),
  }),
  GenerationNotTold: ({ route }) => ({
    message: `The gateway's controller doesn't say which version of ${objectWords(
      route,
    )} it means; only an answer shows that the last change is in force.`,
  }),
  AcceptancePending: unlessAnswered(({ forMs, controller }) => ({
    message: `The gateway has been deciding about this route${forWords(
      forMs,
    )}; until it has, requests may get 404.`,
    remedy: orReadLog(controller),
  })),
  NotAllowedByListeners: unlessAnswered(
    ({ isKind, gateway, route, namespace }) =>
      isKind
        ? {
            message: `Requests get 404: the gateway takes no ${route.kind}s there.`,
            remedy: `Attach ${objectWords(route)} to a listener that takes ${
              route.kind
            }s, or ask the owners of ${objectWords(gateway)} to allow them.`,
          }
        : {
            message: `Requests get 404: the gateway doesn't take routes from namespace ${namespace}.`,
            remedy: `Ask the owners of ${objectWords(
              gateway,
            )} to allow namespace ${namespace}, or move ${objectWords(
              route,
            )} to a namespace that it allows.`,
          },
  ),
  NoMatchingListenerHostname: unlessAnswered(({ host, route }) => ({
    message: `Requests for ${host} get 404: no listener of the gateway serves this host.`,
    remedy: `Choose a host of the gateway's DNS suffix for ${objectWords(
      route,
    )}.`,
  })),
  NoMatchingParent: unlessAnswered(
    ({ route, controller, wanted, listener, holder }) =>
      listener === undefined || !holder
        ? {
            message:
              'Requests get 404: the gateway has no listener of the name or port that the route asks for.',
            remedy: `Attach ${objectWords(route)} to listener ${wanted}.`,
          }
        : {
            message: `Requests get 404 for now: the gateway hasn't attached this route to listener ${listener} of ${objectWords(
              holder,
            )}.`,
            remedy: orReadLog(controller),
          },
  ),
  UnsupportedValue: unlessAnswered(({ route, said }) => ({
    message: `Requests get 404: the route asks for something that this gateway can't do.${saidWords(
      said,
    )}`,
    remedy: `Remove from ${objectWords(
      route,
    )} what the controller's message names.`,
  })),
  IncompatibleFilters: unlessAnswered(({ route, said }) => ({
    message: `Requests get 404: two filters of the route can't work together.${saidWords(
      said,
    )}`,
    remedy: `Remove one of the two filters from ${objectWords(route)}.`,
  })),
  RuleMatchConflict: unlessAnswered(({ route }) => ({
    message:
      'Requests go to another route: it has the same matches as this one, so the gateway refuses this one.',
    remedy: `Change the matches of ${objectWords(
      route,
    )}, or remove the other route of the same host.`,
  })),
  ParentNotFound: unlessAnswered(({ said, controller, gateway }) => ({
    message: `Requests get 404: the gateway couldn't use something that the route attaches to.${saidWords(
      said,
    )}`,
    remedy: `Ask ${ADMINS} whether ${controller} sees ${objectWords(gateway)}.`,
  })),
  ListenerNotReady: unlessAnswered(({ said, gateway }) => ({
    message: `Requests are refused: the gateway has no listener that is ready for this route.${saidWords(
      said,
    )}`,
    remedy: `Ask ${ADMINS} to check the listeners of ${objectWords(gateway)}.`,
  })),
  NotAccepted: unlessAnswered(({ said, route }) => ({
    message: `Requests get 404: the gateway doesn't accept this route.${saidWords(
      said,
    )}`,
    remedy: `Change in ${objectWords(
      route,
    )} what the controller's message names.`,
  })),

  BackendNotFound: unresolved('500', ({ found, route }) =>
    notFound(found, objectWords(route)),
  ),
  RefNotPermitted: unresolved('500', ({ backend, fromNamespace, route }) => {
    if (!backend) {
      return {
        why: "the route sends to another namespace, which doesn't let it",
        remedy: `Move ${objectWords(
          route,
        )} to the namespace of its backend, or ask that namespace's owners for a ReferenceGrant.`,
      };
    }
    const { namespace, kind, name } = backend;
    return {
      why: `namespace ${namespace} doesn't let routes of namespace ${fromNamespace} send to its ${kind} ${name}`,
      remedy: `Ask the owners of namespace ${namespace} for a ReferenceGrant from HTTPRoute in namespace ${fromNamespace} to ${kind} ${name}, or move ${objectWords(
        route,
      )} to namespace ${namespace}.`,
    };
  }),
  InvalidKind: unresolved('500', ({ portless, backend, route }) =>
    portless
      ? withoutPort(objectWords(portless), objectWords(route))
      : {
          why: `the route sends them to ${
            backend ? objectWords(backend) : 'something'
          }, and this gateway can't send there`,
          remedy: `Choose a Service for ${objectWords(
            route,
          )}, or ask ${ADMINS} whether the gateway can be made to.`,
        },
  ),
  UnsupportedProtocol: unresolved('500', ({ portless, route }) =>
    portless
      ? withoutPort(objectWords(portless), objectWords(route))
      : {
          why: "the gateway doesn't speak the protocol that the Service's port asks for",
          remedy: `Change the appProtocol of the Service's port, or choose another port for ${objectWords(
            route,
          )}.`,
        },
  ),
  BackendUnusable: unresolved('500', ({ route }) => ({
    why: "a backend of the route isn't valid",
    remedy: `Choose another backend for ${objectWords(route)}.`,
  })),
  BackendTlsUnusable: unresolved('500', () => ({
    why: "the gateway can't set up TLS to the backend",
    remedy: "Correct the TLS settings of the route's backend.",
  })),
  BackendFiltersUnusable: unresolved('500', ({ route }) => ({
    why: "the filters of a backend aren't valid",
    remedy: `Correct the filters of the backends of ${objectWords(route)}.`,
  })),
  RefUnsupported: unresolved('500', ({ route }) => ({
    why: "the route refers to something with a setting that this gateway can't use",
    remedy: `Change what ${objectWords(
      route,
    )} refers to as the controller's message names.`,
  })),
  BackendPortMissing: unresolved('500', ({ route }) => ({
    why: 'a Service of the route has no port of the number that it names',
    remedy: `Choose a port of the Service for ${objectWords(route)}.`,
  })),
  BackendPortUnnamed: unresolved('500', ({ route }) => ({
    why: 'a backend of the route names no port',
    remedy: `Choose a port for each backend of ${objectWords(route)}.`,
  })),
  BackendAddressUnusable: unresolved('500', () => ({
    why: "the gateway can't use the addresses of the backend",
    remedy: "Correct the addresses of the route's backend.",
  })),
  BackendsUnavailable: unresolved('503', ({ route }) => ({
    why: 'the gateway finds no endpoints behind the route',
    remedy: `Check why the pods behind ${objectWords(route)} aren't ready.`,
  })),
  RefsNotResolved: unresolved('500', ({ route }) => ({
    why: "something that the route refers to can't be used",
    remedy: `Change in ${objectWords(
      route,
    )} what the controller's message names.`,
  })),

  PartiallyInvalid: ({ fellBack, route }) => ({
    message: fellBack
      ? 'Requests are answered by an earlier version of this route: the gateway refuses the current one.'
      : 'Requests for some rules of this route fail: the gateway left these rules out.',
    remedy: `Change in ${objectWords(
      route,
    )} what the controller's message names.`,
  }),
  RouteRulesOverlap: ({ route }) => ({
    message:
      'Some requests for this route go to another route of the same host, or to another rule.',
    remedy: `Change the matches of ${objectWords(
      route,
    )}, so that they overlap with no other.`,
  }),
  MatchesInvalid: ({ route, said }) => ({
    message: `Requests for some paths of this route fail: the gateway left their matches out.${saidWords(
      said,
    )}`,
    remedy: `Change in the matches of ${objectWords(
      route,
    )} what the controller's message names.`,
  }),
  ConditionNotJudged: ({ types, of }) => ({
    message: `The controller also reports ${types.join(', ')}${
      of ? ` of ${listenerWords(of)}` : ''
    }, which Backstage shows without judging it.`,
  }),
  ParentLeftOver: ({ route }) => ({
    message: `The status of ${objectWords(
      route,
    )} still tells of a parent that the route no longer names. It changes nothing for requests.`,
  }),
  OtherParentRefuses: ({ route, parents }) => ({
    message: `The route also names ${parents
      .map(({ listener, ...parent }) =>
        listener === undefined
          ? objectWords(parent)
          : `${objectWords(parent)}, ${listener}`,
      )
      .join(' and ')}, and gets no requests from there.`,
    remedy: `Detach ${objectWords(
      route,
    )} from what refuses it, or correct the reference.`,
  }),
  DnsSuffixChanged: ({ route, host, wanted }) => ({
    message: `This route still answers at ${host}, and people are told to use ${wanted}: the DNS suffix has changed.`,
    remedy: `Expose ${objectWords(
      route,
    )} again, so that it answers at ${wanted}.`,
  }),
  AlsoReachableInClear: ({ route, url, listener, instead }) => ({
    message: `Requests to ${url} are answered unencrypted instead of being sent to HTTPS: the route is also attached to listener ${listener}.`,
    remedy: `Attach ${objectWords(route)} to ${
      'listener' in instead
        ? `listener ${instead.listener}`
        : `an HTTPS listener of ${objectWords(instead.holder)}`
    } only.`,
  }),
  AnyHost: params => {
    const { route, listener, holder } = params;
    const unnamed = `neither this route nor ${listenerWords({
      listener,
      holder,
    })} names a host`;
    const title = objectWords(route);
    if (!('why' in params)) {
      return {
        message: `${capitalized(
          unnamed,
        )}, so the URL is the gateway's address. Requests for any name that leads there are answered too, ${
          params.isEncrypted
            ? 'with HTTPS as far as the certificate covers the name'
            : 'none of them encrypted'
        }.`,
        remedy: `Add a host to ${title} to give it an HTTPS URL.`,
      };
    }
    switch (params.why) {
      case 'needsName':
        return {
          message: `${capitalized(
            unnamed,
          )}, so there's no URL: HTTPS needs a name, by which the gateway chooses a certificate. Requests for any name that leads to the gateway are answered as far as its certificate covers the name.`,
          remedy: `Add a host to ${title}.`,
        };
      case 'portUnknown':
        return {
          message: `${capitalized(
            unnamed,
          )}, so there's no URL, and Backstage doesn't know at which port people reach listener ${
            params.clear
          }.`,
          remedy: `Attach ${title} to listener ${params.instead}, and add a host to it.`,
        };
      default:
        return {
          message: `${capitalized(
            unnamed,
          )}, so there's no URL, and Backstage doesn't know the gateway's address.`,
          remedy: `Ask ${ADMINS} to set lan_ip in [network], or choose a host for ${title}.`,
        };
    }
  },
};

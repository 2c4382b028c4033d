import type { SentencesOf } from '../findings/declare';
import type { ROUTE_REASONS } from '../verdicts/routeReasons';
import { seenWords } from './backend';
import { unlessAnswered } from './despite';
import { REFERENCE_SENTENCES } from './references';
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

  ...REFERENCE_SENTENCES,

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

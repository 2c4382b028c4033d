import type { SentencesOf } from '../findings/declare';
import type { PARENT_REASONS } from '../verdicts/parentReasons';
import { unlessAnswered } from './despite';
import {
  ADMINS,
  afterWords,
  choiceWords,
  forWords,
  objectWords,
  orReadLog,
  saidWords,
} from './words';

const notKnown = (why: string) =>
  `${why}, so Backstage can't tell what requests get.`;

const notOurs: SentencesOf<typeof PARENT_REASONS>['ParentNotOurs'] = ({
  parent,
  own,
  host,
}) => ({
  message: `${objectWords(parent)} serves this ${
    host === undefined ? 'route' : 'host'
  }, and Backstage checks only what ${objectWords(own)} serves.`,
  remedy: `Ask the owners of ${objectWords(parent)}${
    host === undefined ? `, or attach the route to ${objectWords(own)}` : ''
  }.`,
});

/** `named https on port 443`. */
function selectionWords(listener?: string, port?: number): string {
  const parts = [
    ...(listener === undefined ? [] : [` ${listener}`]),
    ...(port === undefined ? [] : [` on port ${port}`]),
  ];
  return `no listener${parts.join('')}`;
}

/** Of the findings about what a route attaches to. */
export const PARENT_SENTENCES: SentencesOf<typeof PARENT_REASONS> = {
  ClusterUnreachable: ({ cluster, forMs }) => ({
    message: notKnown(`Cluster ${cluster} hasn't answered${forWords(forMs)}`),
    remedy: `Ask ${ADMINS} to check the connection to cluster ${cluster}.`,
  }),
  BeingDeleted: ({ route, forMs }) => ({
    message: `${objectWords(route)} is being deleted${
      forMs === undefined ? '' : `,${forWords(forMs)} now`
    }. It stops answering when it's gone.`,
  }),
  ParentMissing: ({ route }) => ({
    message: `No request reaches this route: ${objectWords(
      route,
    )} names no Gateway.`,
    remedy: `Attach ${objectWords(route)} to a Gateway.`,
  }),
  GatewayMissing: ({ gateway, route, instead }) =>
    instead
      ? {
          message: `No request reaches this route: ${objectWords(
            gateway,
          )} does not exist.`,
          remedy: `Attach ${objectWords(route)} to ${objectWords(instead)}.`,
        }
      : {
          message: `Requests get no answer: ${objectWords(
            gateway,
          )} does not exist.`,
          remedy: `Ask ${ADMINS} to create ${objectWords(gateway)}.`,
        },
  ListenerSetMissing: ({ listenerSet, route, instead }) => ({
    message: `No request reaches this route: ${objectWords(
      listenerSet,
    )} does not exist.`,
    remedy: `Create ${objectWords(listenerSet)}, or attach ${objectWords(
      route,
    )} to ${objectWords(instead)}.`,
  }),
  ListenerSetNotKnown: ({ listenerSet, cluster }) => ({
    message: notKnown(`${objectWords(listenerSet)} can't be read`),
    remedy: `Ask ${ADMINS} to let this plugin read ListenerSets on cluster ${cluster}.`,
  }),
  ParentUnsupported: notOurs,
  ParentNotOurs: notOurs,
  GatewayNotKnown: ({ gateway }) =>
    gateway
      ? {
          message: notKnown(`${objectWords(gateway)} can't be read`),
          remedy: `Ask ${ADMINS} to let this plugin read ${objectWords(
            gateway,
          )}.`,
        }
      : {
          message: notKnown("Which routes the gateway takes can't be read"),
          remedy: `Ask ${ADMINS} to let this plugin read Gateways, ListenerSets and Namespaces.`,
        },
  ListenerMissing: ({ route, holder, listener, port, others }) => ({
    message: `No request reaches this route: ${objectWords(
      holder,
    )} has ${selectionWords(listener, port)}.`,
    remedy:
      others.length > 0
        ? `Attach ${objectWords(
            route,
          )} to a listener that is there: ${choiceWords(others)}.`
        : `Attach ${objectWords(route)} to a Gateway that has listeners.`,
  }),
  ListenerRefusesRoute: ({ host, route, listener, isKind, namespace }) =>
    isKind
      ? {
          message: `Requests for ${host} get 404: listener ${listener} takes no ${route.kind}s.`,
          remedy: `Attach ${objectWords(route)} to a listener that takes ${
            route.kind
          }s.`,
        }
      : {
          message: `Requests for ${host} get 404: the gateway doesn't take routes from namespace ${namespace}.`,
          remedy: `Ask ${ADMINS} to allow namespace ${namespace}, or move ${objectWords(
            route,
          )} to a namespace that the gateway takes routes from.`,
        },
  HostNotServed: ({ host, served, route }) => ({
    message: `Requests for ${host} get 404: no listener of the gateway serves this host.`,
    remedy:
      served.length > 0
        ? `Choose a host of ${choiceWords(served)} for ${objectWords(route)}.`
        : `Remove ${host} from ${objectWords(route)}.`,
  }),

  ListenerSetPending: unlessAnswered(
    ({ listenerSet, controller, forMs, isSeen }) =>
      isSeen
        ? {
            message: `The gateway is still setting up ${objectWords(
              listenerSet,
            )}.`,
            remedy: orReadLog(controller),
          }
        : {
            message: `The gateway hasn't picked up ${objectWords(
              listenerSet,
            )}${afterWords(forMs)}; until it does, requests get no answer.`,
            remedy: `Wait; if it stays so, ask ${ADMINS} whether ${controller} runs and takes ListenerSets.`,
          },
  ),
  ListenerSetStatusStale: unlessAnswered(({ listenerSet, controller }) => ({
    message: `The gateway hasn't applied the last change of ${objectWords(
      listenerSet,
    )} yet; requests are answered as before it.`,
    remedy: `Wait; if it stays so, ask ${ADMINS} whether ${controller} runs and takes ListenerSets.`,
  })),
  ListenerSetNotAllowed: unlessAnswered(
    ({ listenerSet, gateway, route, host }) => ({
      message: `Requests ${
        host === undefined ? 'are refused' : `for ${host} get 404`
      }: ${objectWords(gateway)} doesn't take the listeners of ${objectWords(
        listenerSet,
      )}.`,
      remedy: `Ask ${ADMINS} to let ${objectWords(
        gateway,
      )} take listeners from namespace ${
        listenerSet.namespace
      }, or attach ${objectWords(route)} to a listener of that Gateway.`,
    }),
  ),
  ListenerSetInvalid: unlessAnswered(({ listenerSet, said }) => ({
    message: `Requests are refused: the listeners of ${objectWords(
      listenerSet,
    )} aren't valid.${saidWords(said)}`,
    remedy: `Correct the listeners of ${objectWords(listenerSet)}.`,
  })),
  ListenerSetNotAccepted: unlessAnswered(({ listenerSet, said }) => ({
    message: `Requests are refused: the gateway doesn't accept ${objectWords(
      listenerSet,
    )}.${saidWords(said)}`,
    remedy: `Change in ${objectWords(
      listenerSet,
    )} what the controller's message names.`,
  })),
  ListenerSetNotProgrammed: unlessAnswered(({ listenerSet, said }) => ({
    message: `Requests are refused: the gateway doesn't run ${objectWords(
      listenerSet,
    )}.${saidWords(said)}`,
    remedy: `Change in ${objectWords(
      listenerSet,
    )} what the controller's message names.`,
  })),
};

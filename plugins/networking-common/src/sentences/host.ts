import type {
  Destination,
  HOST_REASONS,
  RouteName,
  ServedAt,
} from '../exposures/hostReasons';
import type { ParamsOf, SentencesOf } from '../findings/declare';
import { listInWords } from '../findings/sort';
import type { Finding } from '../findings/types';
import { objectWords } from './words';

const pathOf = ({ namespace, name }: RouteName) => `${namespace}/${name}`;

/** `route shop/shop (owner: component:default/shop)`. */
function routeWords(route: RouteName | undefined): string {
  if (!route) return 'a route of another team';
  const { kind, owner } = route;
  const title = `${kind === 'HTTPRoute' ? 'route' : kind} ${pathOf(route)}`;
  return owner === undefined ? title : `${title} (owner: ${owner})`;
}

const liveWords = (route: RouteName | undefined) =>
  route ? `Route ${pathOf(route)}` : 'The route for this host';

function destinationWords(destination: Destination): string {
  if (destination.to === 'redirect') {
    const { host } = destination;
    return host === undefined ? 'a redirect' : `a redirect to ${host}`;
  }
  const { kind, name = 'without a name', namespace, port } = destination;
  return `${objectWords({ kind, name, namespace })}${
    port === undefined ? '' : ` port ${port}`
  }`;
}

const destinationsInWords = (destinations: readonly Destination[]) =>
  listInWords(destinations.map(destinationWords));

const placesInWords = (places: readonly ServedAt[]) =>
  listInWords(
    places.map(
      ({ host, listener, parent }) =>
        `${host} at listener ${listener} of ${objectWords(parent)}`,
    ),
  );

/** Of the findings about who has a host now. */
export const HOST_SENTENCES: SentencesOf<typeof HOST_REASONS> = {
  HostTaken: ({ host, route, isOwn }) => ({
    message: `Requests for ${host} already go to ${routeWords(route)}.`,
    remedy:
      isOwn && route
        ? `Edit or remove route ${pathOf(route)}, or choose another subdomain.`
        : 'Choose another subdomain, or ask the owner of that route to release it.',
  }),
  HostShadowsWildcard: ({ host, route, isCatchAll }) => ({
    message: `Requests for ${host} now go to ${routeWords(
      route,
    )}, which takes a whole range of hosts. After this change they go to this exposure.`,
    ...(!isCatchAll && {
      remedy: 'Confirm that they may, or choose another subdomain.',
    }),
  }),
  RouteOfAnotherEntity: ({ route, entity }) => ({
    message: `${liveWords(route)} ${
      route ? `belongs to ${route.owner}` : 'is a route of another team'
    }; its requests would go to ${entity} instead.`,
    remedy: 'Choose another subdomain.',
  }),
  RouteBeingDeleted: ({ route }) => ({
    message: `${liveWords(
      route,
    )} is being deleted, and whatever is written to it goes with it.`,
    remedy: "Apply again when it's gone.",
  }),
  RouteManagedElsewhere: ({ route, tool }) =>
    tool === undefined
      ? {
          message: `${liveWords(
            route,
          )} exists already, made outside Backstage.`,
          remedy:
            "Choose another subdomain, or ask the platform's admins to take the route over.",
        }
      : {
          message: `${liveWords(
            route,
          )} is delivered by ${tool}, which would undo any change made here.`,
          remedy: `Change it in the source that ${tool} delivers, or choose another subdomain.`,
        },
  AlreadyExposed: ({ entity, url }) => ({
    message: `${entity} already has ${url}, and adding a URL doesn't change it.`,
    remedy: `Edit ${url}, or choose another subdomain.`,
  }),
  ExposureMissing: ({ entity, url, route }) => ({
    message: `${entity} has no ${url} to change: route ${pathOf(
      route,
    )} does not exist.`,
    remedy: `Expose ${url} again.`,
  }),
  RouteReplaced: ({ url, route }) => ({
    message: `Route ${pathOf(
      route,
    )} isn't the one that was shown: it may have been removed and made again.`,
    remedy: `Look at ${url} again before changing it.`,
  }),
  LiveTrafficMoves: ({ url, from, to }) => {
    const target = destinationsInWords(to);
    return {
      message: `Requests to ${url} now go to ${destinationsInWords(
        from,
      )}. After this change they go to ${target}.`,
      remedy: `Confirm that they may go to ${target}, or choose the Service and port that get them now.`,
    };
  },
  LiveTrafficStops: ({ route, from }) => {
    const places = placesInWords(from);
    return {
      message: `Route ${pathOf(
        route,
      )} now takes requests to ${places}. After this change it doesn't.`,
      remedy: `Confirm that nobody needs ${places} any more, or expose it again first.`,
    };
  },
};

type Reasons = typeof HOST_REASONS;

const ONCE_APPLIED = {
  HostShadowsWildcard: ({
    host,
    route,
  }: ParamsOf<Reasons, 'HostShadowsWildcard'>) =>
    `Requests to ${host} went to ${routeWords(
      route,
    )}. Now they go to this exposure.`,
  LiveTrafficMoves: ({
    host,
    from,
    to,
  }: ParamsOf<Reasons, 'LiveTrafficMoves'>) =>
    `Requests to ${host} went to ${destinationsInWords(
      from,
    )}. Now they go to ${destinationsInWords(to)}.`,
  LiveTrafficStops: ({ route, from }: ParamsOf<Reasons, 'LiveTrafficStops'>) =>
    `Route ${pathOf(route)} took requests to ${placesInWords(
      from,
    )}. Now it doesn't.`,
};

/**
 * What a finding of severity `confirm` comes to once its plan is applied, as a sentence.
 * @public
 */
export function onceApplied({ reason, params, message }: Finding): string {
  if (!params || !Object.hasOwn(ONCE_APPLIED, reason)) return message;
  // The shape of the parameters goes with the reason.
  const say = ONCE_APPLIED[reason as keyof typeof ONCE_APPLIED] as (
    params: object,
  ) => string;
  return say(params);
}

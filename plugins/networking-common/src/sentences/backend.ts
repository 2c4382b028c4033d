import type { Sentence, SentencesOf } from '../findings/declare';
import type { BACKEND_REASONS, Effect, Seen } from '../verdicts/backendReasons';
import { backendWords, countWords, objectWords } from './words';

export const seenWords = ({ path, status }: Seen): string =>
  `GET ${path} returned ${status}`;

/** What becomes of requests, and why. There is nothing to do where they are answered. */
const effectOf = (effect: Effect, why: string, remedy: string): Sentence =>
  effect.on === 'none'
    ? { message: `${seenWords(effect.seen)}, although ${why}.` }
    : {
        message: `${effect.on === 'all' ? 'Requests' : 'Some requests'} get ${
          effect.status
        }: ${why}.`,
        remedy,
      };

/** Of the findings about what is behind a route. */
export const BACKEND_SENTENCES: SentencesOf<typeof BACKEND_REASONS> = {
  NoBackend: ({ isFor, route, seen }) => {
    const title = objectWords(route);
    if (isFor === 'weights') {
      return seen
        ? {
            message: `${seenWords(
              seen,
            )}, although every backend of the route has weight 0.`,
          }
        : {
            message: 'Requests fail: every backend of the route has weight 0.',
            remedy: `Give a backend of ${title} a weight above 0.`,
          };
    }
    return seen
      ? {
          message: `${seenWords(
            seen,
          )}, although the route has no Service: something else of the gateway answers for it.`,
        }
      : {
          message: 'Requests fail: the route has no Service.',
          remedy: `Add a Service to ${title}.`,
        };
  },
  AnsweredByExtension: ({ isProved }) => ({
    message: isProved
      ? 'A gateway extension answers requests, without a Service behind it.'
      : "A gateway extension answers requests, without a Service behind it. Its answers aren't judged here.",
  }),
  ServicesNotKnown: ({ cluster }) => ({
    message:
      "Backstage can't read Services, so it can't tell whether there is one behind this route.",
    remedy: `Ask the platform's admins to let this plugin read Services on cluster ${cluster}.`,
  }),
  BackendNotJudged: ({ backend }) => ({
    message: `Requests go to ${backendWords(
      backend,
    )}, which is not a Service and is not judged here.`,
  }),
  BackendNearMiss: ({ effect, route, service, group, kind, isThere }) =>
    effectOf(
      effect,
      `${
        group === ''
          ? `the route refers to kind ${kind}, which does not exist`
          : `the route looks for ${kind} in the API group ${group}, and Services are in the core group`
      }; it means ${objectWords(service)}${
        isThere ? '' : ', which does not exist'
      }`,
      `Correct the reference to ${objectWords(service)} in ${objectWords(
        route,
      )}.`,
    ),
  ReferenceGrantMissing: ({
    on,
    isUsed,
    status,
    isJudged,
    route,
    backend,
    fromNamespace,
  }) => {
    const { namespace, kind, name } = backend;
    const ask = `Ask the owners of namespace ${namespace} for a ReferenceGrant from HTTPRoute in namespace ${fromNamespace} to ${kind} ${name}`;
    return isJudged
      ? {
          message: `${on === 'all' ? 'Requests' : 'Some requests'} ${
            isUsed ? 'may get' : 'get'
          } ${status}: namespace ${namespace} doesn't let routes of namespace ${fromNamespace} send to its ${kind} ${name}.`,
          remedy: `${ask}, or move ${objectWords(
            route,
          )} to namespace ${namespace}.`,
        }
      : {
          message: `No ReferenceGrant of namespace ${namespace} lets routes of namespace ${fromNamespace} send to its ${kind} ${name}.`,
          remedy: `${ask}.`,
        };
  },
  ReferenceGrantNotKnown: ({ backend, cluster }) => ({
    message: `Backstage can't read ReferenceGrants, so it can't tell whether namespace ${backend.namespace} lets this route send to its ${backend.kind} ${backend.name}.`,
    remedy: `Ask the platform's admins to let this plugin read ReferenceGrants on cluster ${cluster}.`,
  }),
  ServiceMissing: ({ effect, route, service }) =>
    effectOf(
      effect,
      `${objectWords(service)} does not exist`,
      `Create ${objectWords(
        service,
      )}, or choose another Service for ${objectWords(route)}.`,
    ),
  ServiceExternalName: ({ status, service, target }) => ({
    message: `Requests may get ${status}: ${objectWords(
      service,
    )} is an ExternalName Service${
      target === undefined ? '' : ` for ${target}`
    }; most gateways can't route to it.`,
    remedy: 'Choose a Service with pods.',
  }),
  ServicePortMissing: ({ effect, route, service, port, ports }) =>
    effectOf(
      effect,
      `${objectWords(service)} has no port ${port ?? 'named by the route'}`,
      ports.length > 0
        ? `Choose one of its ports for ${objectWords(route)}: ${ports.join(
            ', ',
          )}.`
        : `Add a port to ${objectWords(service)}.`,
    ),
  EndpointsLackPort: ({ effect, service, ready, port, protocol, targetPort }) =>
    effectOf(
      effect,
      `${objectWords(service)} has ${countWords(
        ready,
        'ready pod',
      )}, none with port ${port} (${protocol})`,
      targetPort === undefined
        ? `Check that the EndpointSlices of ${objectWords(
            service,
          )} have port ${port} (${protocol}), in an address family of the Service.`
        : `Correct the target port of ${objectWords(
            service,
          )}, or name the port of its containers ${targetPort}.`,
    ),
  NoReadyEndpoints: ({ effect, service, arePods, selector }) =>
    effectOf(
      effect,
      `${objectWords(service)} has no ready endpoints${
        selector === undefined ? '' : `. Its selector is ${selector}`
      }`,
      arePods
        ? `Check why the pods of ${objectWords(
            service,
          )} aren't ready, or choose another Service.`
        : `Check that the labels of the pods match the selector of ${objectWords(
            service,
          )}, or choose another Service.`,
    ),
  BackendProtocolHttps: ({ service, port, spoken }) => {
    const place = `port ${port} of ${objectWords(service)}`;
    return {
      message: `${
        spoken === 'https'
          ? `The gateway uses HTTPS to reach ${place}; requests get 500 if it doesn't trust the certificate there.`
          : `The gateway uses plain HTTP to reach ${place}, which looks like an HTTPS port.`
      } Backstage doesn't read BackendTLSPolicies, which may change that.`,
      remedy: `Choose an HTTP port of ${objectWords(
        service,
      )}, or add a BackendTLSPolicy for it.`,
    };
  },
  BackendProtocolNotSpoken: ({ service, port }) => ({
    message: `Port ${port} of ${objectWords(
      service,
    )} asks for HTTP/2. Cilium uses it only where gatewayAPI.enableAppProtocol is set.`,
    remedy:
      "Ask the platform's admins whether gatewayAPI.enableAppProtocol is set.",
  }),
};

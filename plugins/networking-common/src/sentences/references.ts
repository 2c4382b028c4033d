import type { Sentence, SentencesOf } from '../findings/declare';
import type {
  NotFound,
  ROUTE_REASONS,
  Unresolved,
} from '../verdicts/routeReasons';
import { unlessAnswered } from './despite';
import { ADMINS, objectWords, saidWords } from './words';

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

type Table = SentencesOf<typeof ROUTE_REASONS>;

/** Of the findings about what a route refers to. */
export const REFERENCE_SENTENCES: Pick<
  Table,
  | 'BackendNotFound'
  | 'RefNotPermitted'
  | 'InvalidKind'
  | 'UnsupportedProtocol'
  | 'BackendUnusable'
  | 'BackendTlsUnusable'
  | 'BackendFiltersUnusable'
  | 'RefUnsupported'
  | 'BackendPortMissing'
  | 'BackendPortUnnamed'
  | 'BackendAddressUnusable'
  | 'BackendsUnavailable'
  | 'RefsNotResolved'
> = {
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
};

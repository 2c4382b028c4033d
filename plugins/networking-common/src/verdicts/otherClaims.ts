import { hostClaims } from '../exposures/hostClaims';
import { intersectHostname, normalizeHostname } from '../gateway-api/hostname';
import { objectsOf, textOf } from '../gateway-api/lenient';
import { parentRefWithDefaults } from '../gateway-api/parents';
import { compareHostnames } from '../gateway-api/precedence';
import type {
  Gateway,
  GatewayRoute,
  Ingress,
  Listener,
} from '../gateway-api/types';
import type { ContestBasis } from '../exposures/types';
import {
  isGatewayRoute,
  isSameRoute,
  isServedBeside,
  servingAttachments,
  type Contest,
  type ContestInput,
} from './contest';

const isSecure = ({ protocol }: Listener) =>
  protocol === 'HTTPS' || protocol === 'TLS';

const hostnameOf = (listener: Listener) => normalizeHostname(listener.hostname);

/**
 * The listeners of the same Gateway and port that could get connections or requests for the host instead of the one that
 * serves it, the most specific first. Source: `listeners` of GatewaySpec.
 */
export function listenersBeside({
  host,
  through: { gateway, listener },
}: Pick<ContestInput, 'host' | 'through'>): Listener[] {
  return objectsOf(gateway.spec?.listeners)
    .filter(
      other =>
        other !== listener &&
        other.port === listener.port &&
        isSecure(other) === isSecure(listener) &&
        intersectHostname(other.hostname, host) === host,
    )
    .sort((a, b) => compareHostnames(hostnameOf(a), hostnameOf(b)));
}

/** Negative where `other` is the more specific of two listeners for a host that both serve. */
export const compareListeners = (other: Listener, listener: Listener) =>
  compareHostnames(hostnameOf(other), hostnameOf(listener));

const addressesOf = (values: readonly (string | undefined)[]) =>
  new Set(values.flatMap(value => (value ? [normalizeHostname(value)] : [])));

const gatewayAddresses = (gateway: Gateway) =>
  objectsOf(gateway.status?.addresses).map(({ value }) => textOf(value));

const ingressAddresses = ({ status }: Ingress) =>
  objectsOf(status?.loadBalancer?.ingress).flatMap(({ ip, hostname }) => [
    textOf(ip),
    textOf(hostname),
  ]);

function basisOfAddresses(
  theirs: readonly (string | undefined)[],
  { through, settings }: ContestInput,
): ContestBasis {
  const [other, own] = [
    addressesOf(theirs),
    addressesOf([...gatewayAddresses(through.gateway), settings.network.lanIp]),
  ];
  if (other.size === 0 || own.size === 0) return 'addressNotKnown';
  return [...other].some(address => own.has(address))
    ? 'sameAddress'
    : 'otherAddress';
}

/** "Precise matches or wildcard … the '*' must be the first label and match a single label" (IngressRule.host). */
function ingressNames(hostname: string, host: string): boolean {
  return (
    hostname === host ||
    (hostname.startsWith('*.') &&
      hostname.slice(1) === host.slice(Math.max(0, host.indexOf('.'))))
  );
}

/** Does a route name this Gateway and no other parent? */
function namesOnly(route: GatewayRoute, { metadata }: Gateway): boolean {
  const { namespace = '' } = route.metadata;
  return objectsOf(route.spec?.parentRefs)
    .map(ref => parentRefWithDefaults(ref, namespace))
    .every(
      ref =>
        ref.kind === 'Gateway' &&
        ref.name === metadata.name &&
        ref.namespace === metadata.namespace,
    );
}

/** SNI chooses among the listeners of a port before HTTP is spoken; two of one hostname conflict. */
function connectionContest(
  other: GatewayRoute,
  theirs: Listener,
  { through }: ContestInput,
): Contest {
  const order = compareListeners(theirs, through.listener);
  const settled = order < 0 ? 'loses' : 'wins';
  const outcome = order === 0 ? 'undetermined' : settled;
  return { outcome, basis: 'connection', other, requests: [] };
}

/**
 * The claims to a host that precedence among HTTPRoutes does not settle: by GRPCRoutes of the same listener, by TLSRoutes of
 * the same port, and by Ingresses and other Gateways.
 */
export function otherClaims(input: ContestInput): Contest[] {
  const { host, route, snapshot, through } = input;
  return hostClaims(host, snapshot).flatMap(
    ({ route: other, hostname, kind }): Contest[] => {
      if (other.kind === 'Ingress') {
        return ingressNames(hostname, host)
          ? [
              {
                outcome: 'elsewhere',
                basis: basisOfAddresses(
                  ingressAddresses(other as Ingress),
                  input,
                ),
                other,
                requests: [],
              },
            ]
          : [];
      }
      if (!isGatewayRoute(other) || isSameRoute(other, route)) return [];
      if (other.kind === 'GRPCRoute' && isServedBeside(other, input)) {
        return [
          { outcome: 'undetermined', basis: 'routeKinds', other, requests: [] },
        ];
      }
      // Most routes of a shared host are of this Gateway alone: nothing further is asked of them.
      if (other.kind !== 'TLSRoute' && namesOnly(other, through.gateway)) {
        return [];
      }
      const serving = servingAttachments(other, host, snapshot);
      const here = serving.filter(({ gateway }) => gateway === through.gateway);
      if (here.length > 0) {
        const beside = new Set(listenersBeside(input));
        const [tls] = here
          .map(({ listener }) => listener)
          .filter(
            listener => listener.protocol === 'TLS' && beside.has(listener),
          )
          .sort(compareListeners);
        return tls ? [connectionContest(other, tls, input)] : [];
      }
      const [there] = serving;
      return there && kind === 'exact'
        ? [
            {
              outcome: 'elsewhere',
              basis: basisOfAddresses(gatewayAddresses(there.gateway), input),
              other,
              requests: [],
            },
          ]
        : [];
    },
  );
}

import {
  objectKey,
  SNAPSHOT_INDEXES,
  type CertificateFacts,
  type EndpointSlice,
  type Gateway,
  type HttpRoute,
} from 'backstage-plugin-networking-common';
import type { ReadCluster } from '../services';

type Objects = readonly (Record<string, unknown> | undefined)[];

/** The API server checks what it stores; a value that is no list is none. */
const listOf = (value: unknown): Objects =>
  Array.isArray(value) ? (value as Objects) : [];

const conditionsOf = (value: unknown) =>
  listOf(value).map(condition => [
    condition?.type,
    condition?.status,
    condition?.reason,
    condition?.observedGeneration,
  ]);

const gateways = new WeakMap<Gateway, unknown>();

/** Without the number of attached routes, which changes with every other route. */
function gatewayOf(gateway: Gateway): unknown {
  const known = gateways.get(gateway);
  if (known) return known;
  const { metadata, status } = gateway;
  const state = [
    metadata.uid,
    metadata.generation,
    conditionsOf(status?.conditions),
    listOf(status?.listeners).map(listener => [
      listener?.name,
      conditionsOf(listener?.conditions),
    ]),
  ];
  gateways.set(gateway, state);
  return state;
}

/** How many endpoints each port has, whichever slices they stand in. */
function endpointsOf(slices: readonly EndpointSlice[]) {
  const isReady = (endpoint: Objects[number]) =>
    (endpoint?.conditions as { ready?: boolean } | undefined)?.ready !== false;
  return slices
    .map(({ addressType, ports, endpoints }) => {
      const all = listOf(endpoints);
      const ofPorts = listOf(ports).map(port => [port?.name, port?.protocol]);
      return JSON.stringify([
        addressType,
        ofPorts,
        all.filter(isReady).length,
        all.length,
      ]);
    })
    .sort();
}

/**
 * What the cluster says of all that the answer of a route's host hangs on: the route's own status, the Gateway, the Services
 * behind it with their ready endpoints, and the certificate. Another text means that the answer may be another one; the
 * route's version, the address and the CA are told apart by the probe itself.
 */
export function hangsOn(
  route: HttpRoute,
  { snapshot, settings }: Pick<ReadCluster, 'snapshot' | 'settings'>,
  certificate: CertificateFacts | undefined,
): string {
  const { namespace, name } = settings.gateway;
  const gateway = snapshot.get('Gateway', namespace, name);
  const services = [...SNAPSHOT_INDEXES.routesByService.keysOf(route)]
    .sort()
    .map(key => {
      const [ofNamespace, ofName] = key.split('/');
      const service = snapshot.get('Service', ofNamespace, ofName);
      const slices = snapshot.find(
        'slicesByService',
        objectKey(ofNamespace, ofName),
      );
      const { uid } = service?.metadata ?? {};
      const { type, ports, selector } = (service?.spec ?? {}) as Record<
        string,
        unknown
      >;
      return [key, uid, type, ports, selector, endpointsOf(slices)];
    });
  return JSON.stringify([
    listOf(route.status?.parents).map(parent => [
      parent?.controllerName,
      parent?.parentRef,
      conditionsOf(parent?.conditions),
    ]),
    gateway && gatewayOf(gateway),
    services,
    certificate?.certificate?.uid,
    certificate?.certificate?.revision,
    certificate?.leaf?.fingerprintSha256,
  ]);
}

import { objectsOf, stringsOf, textOf } from '../gateway-api/lenient';
import type { EndpointSlice, Service } from '../gateway-api/types';

/** A port of a Service, with the API server's defaults filled in. */
export interface ServicePort {
  port: number;
  /** Empty where the Service has one port only, without a name. */
  name: string;
  /** `TCP`, `UDP` or `SCTP`. */
  protocol: string;
  appProtocol?: string;
  targetPort?: number | string;
}

/** The pods behind one port of a Service, each counted once. */
export interface PortEndpoints {
  /** Those that take requests for the port. */
  ready: number;
  /** Those that have the port. */
  total: number;
  /** Ready pods that do not serve the port, for want of it or of an address of the Service's family. */
  readyElsewhere: number;
}

const portName = (name: unknown) => textOf(name) ?? '';

const protocolOf = (protocol: unknown) => textOf(protocol) ?? 'TCP';

/** HTTP runs over TCP: of two ports of one number that is the one which a gateway sends to. */
export function servicePortOf(
  service: Service | undefined,
  port: number | undefined,
): ServicePort | undefined {
  const ports = objectsOf(service?.spec?.ports)
    .filter(candidate => port !== undefined && candidate.port === port)
    .map(({ name, protocol, appProtocol, targetPort }) => ({
      port: port!,
      name: portName(name),
      protocol: protocolOf(protocol),
      ...(appProtocol !== undefined && { appProtocol }),
      ...(targetPort !== undefined && { targetPort }),
    }));
  return ports.find(({ protocol }) => protocol === 'TCP') ?? ports[0];
}

/**
 * What people know the port by: the name that the pods have it by where the Service asks for one, else its name, else its
 * number.
 */
export const portTitle = ({ targetPort, name, port }: ServicePort): string =>
  textOf(targetPort) ?? (name || String(port));

/** "ports … null port value" of discovery.k8s.io/v1 stands for every port; kube-proxy and Cilium pass such a port over. */
const hasPort = (slice: EndpointSlice, wanted: ServicePort) =>
  objectsOf(slice.ports ?? undefined).some(
    ({ name, port, protocol }) =>
      typeof port === 'number' &&
      portName(name) === wanted.name &&
      protocolOf(protocol) === wanted.protocol,
  );

const familyOf = ({ addressType }: EndpointSlice) =>
  textOf(addressType) ?? 'IPv4';

/** A pod of a dual-stack Service stands in a slice of each family: those of the first that has any are counted. */
function ofOneFamily(
  slices: readonly EndpointSlice[],
  service: Service | undefined,
): EndpointSlice[] {
  const families = stringsOf(service?.spec?.ipFamilies);
  const wanted = families.length > 0 ? families : ['IPv4', 'IPv6'];
  const family = wanted.find(one =>
    slices.some(slice => familyOf(slice) === one),
  );
  return slices.filter(slice => familyOf(slice) === family);
}

const endpointsIn = (slices: readonly EndpointSlice[]) =>
  slices.flatMap(slice => [...objectsOf(slice.endpoints)]);

/** "A nil value should be interpreted as true" (EndpointConditions.ready of discovery.k8s.io/v1). */
const readyIn = (slices: readonly EndpointSlice[]) =>
  endpointsIn(slices).filter(({ conditions }) => conditions?.ready !== false)
    .length;

/**
 * The endpoints that serve a port of a Service: those of slices that have the port by its name and protocol, in one of the
 * Service's address families. Undefined where no slice is known.
 *
 * Source: EndpointSlice of discovery.k8s.io/v1; `endpointslicecache.go` of kube-proxy.
 */
export function endpointsOf(
  slices: readonly EndpointSlice[],
  service: Service | undefined,
  port: ServicePort,
): PortEndpoints | undefined {
  if (slices.length === 0) return undefined;
  const reachable = ofOneFamily(slices, service);
  const serving = reachable.filter(slice => hasPort(slice, port));
  // The pods of another family are those of this one, unless this one has none.
  const others = (reachable.length > 0 ? reachable : slices).filter(
    slice => !serving.includes(slice),
  );
  return {
    ready: readyIn(serving),
    total: endpointsIn(serving).length,
    readyElsewhere: readyIn(others),
  };
}

import { numberOf, objectsOf, textOf } from './lenient';
import type { GatewayRoute, ParentReference, RouteParentStatus } from './types';

/** API group of Gateway, HTTPRoute and their kin. @public */
export const GATEWAY_GROUP = 'gateway.networking.k8s.io';

/** A parent reference with the API's defaults filled in. @public */
export interface NormalizedParentReference {
  group: string;
  kind: string;
  namespace: string;
  name: string;
  sectionName?: string;
  port?: number;
}

/**
 * A parent reference with the defaults of the Gateway API: group `gateway.networking.k8s.io`, kind `Gateway`, the
 * route's own namespace. An empty group is the core group (a Service), as the specification says.
 * @public
 */
export function parentRefWithDefaults(
  ref: ParentReference,
  routeNamespace: string,
): NormalizedParentReference {
  const sectionName = textOf(ref.sectionName);
  const port = numberOf(ref.port);
  return {
    group: typeof ref.group === 'string' ? ref.group : GATEWAY_GROUP,
    kind: textOf(ref.kind) ?? 'Gateway',
    namespace: textOf(ref.namespace) ?? routeNamespace,
    name: textOf(ref.name) ?? '',
    ...(sectionName !== undefined && { sectionName }),
    ...(port !== undefined && { port }),
  };
}

/**
 * What a controller said of one of a route's parents: the entry of `status.parents` whose reference is the same after
 * defaulting, of the given controller where one is given. Entries of references that the route no longer has stay in
 * the status for as long as their controller leaves them there; they never match.
 * @public
 */
export function parentStatusFor(
  route: GatewayRoute,
  ref: ParentReference,
  controllerName?: string,
): RouteParentStatus | undefined {
  return objectsOf(route.status?.parents).find(
    parent =>
      (controllerName === undefined ||
        parent.controllerName === controllerName) &&
      isStatusOf(parent, ref, route),
  );
}

/** Is an entry of a route's status about this parent reference? */
export function isStatusOf(
  { parentRef }: RouteParentStatus,
  ref: ParentReference,
  route: GatewayRoute,
): boolean {
  return objectsOf([parentRef ?? { name: '' }]).some(candidate =>
    isSameParent(candidate, ref, route),
  );
}

/** Are two parent references of a route the same after defaulting? */
export function isSameParent(
  a: ParentReference,
  b: ParentReference,
  route: GatewayRoute,
): boolean {
  const namespace = textOf(route.metadata?.namespace) ?? '';
  return (
    keyOf(parentRefWithDefaults(a, namespace)) ===
    keyOf(parentRefWithDefaults(b, namespace))
  );
}

function keyOf(ref: NormalizedParentReference): string {
  return JSON.stringify([
    ref.group,
    ref.kind,
    ref.namespace,
    ref.name,
    ref.sectionName,
    ref.port,
  ]);
}

import type { ClusterSettings } from '../settings/types';
import { GATEWAY_GROUP } from '../gateway-api/parents';
import { toYaml } from '../exposures/yaml';
import type { BackendState } from './backends';
import { isTraefik } from '../settings/implementations';

/** Groups that people write for the core one, whose name is empty. None of them has a kind Service. */
const MEANT_AS_CORE: ReadonlySet<string> = new Set([
  'core',
  'v1',
  'api',
  'apps',
  'k8s.io',
  'kubernetes.io',
  'networking.k8s.io',
  GATEWAY_GROUP,
]);

const MEANT_AS_SERVICE: ReadonlySet<string> = new Set([
  'service',
  'services',
  'svc',
]);

export const isService = ({ kind }: BackendState): boolean =>
  kind === 'Service';

/** A Service that the route may send to. */
export const isJudged = (backend: BackendState): boolean =>
  isService(backend) && backend.isGranted !== false;

/** Does it only stand for a name outside the cluster? */
export const isExternal = ({ service }: BackendState): boolean =>
  service?.spec?.type === 'ExternalName';

/**
 * Does a reference mean a Service and miss it by its group or its kind? The group of a Service is the empty one, and kinds tell
 * upper from lower case (BackendObjectReference of the Gateway API).
 */
export function isNearMiss({ kind: title, reference }: BackendState): boolean {
  const { group, kind } = reference.to;
  return (
    title !== 'Service' &&
    (group === '' || MEANT_AS_CORE.has(group.toLowerCase())) &&
    MEANT_AS_SERVICE.has(kind.toLowerCase())
  );
}

/** The field that misses, below the reference. */
export const missedField = ({
  field,
  reference,
}: BackendState): `${string}.${'group' | 'kind'}` =>
  `${field}.${reference.to.group === '' ? 'kind' : 'group'}`;

/** Traefik takes the name `core` for the core group. */
export const isTolerated = (
  { reference }: BackendState,
  settings: ClusterSettings,
): boolean =>
  isTraefik(settings) &&
  reference.to.group === 'core' &&
  reference.to.kind === 'Service';

/** Another kind: a ServiceImport, a Backend of Envoy Gateway, a route that is delegated to. What it does is not judged. */
export const isOtherKind = (backend: BackendState): boolean =>
  !isService(backend) && !isNearMiss(backend);

/**
 * Does a ReferenceGrant decide whether the route may send there? Controllers that let one HTTPRoute delegate to another ask
 * for none, and one for what is no Service at all would not help.
 */
export const needsGrant = (backend: BackendState): boolean =>
  !isNearMiss(backend) && backend.reference.to.kind !== 'HTTPRoute';

/** `Service shop/web`, `Backend infra/partner`, `every HTTPRoute of namespace shop`. */
export function backendTitle({
  reference,
  namespace,
  name,
}: BackendState): string {
  const { kind } = reference.to;
  return name === '*'
    ? `every ${kind} of namespace ${namespace}`
    : `${kind} ${namespace}/${name}`;
}

/** What to write in place of such a reference, as YAML. */
export const nearMissManifest = ({
  namespace,
  name,
  port,
}: BackendState): string =>
  toYaml({
    backendRefs: [
      { kind: 'Service', namespace, name, ...(port !== undefined && { port }) },
    ],
  });

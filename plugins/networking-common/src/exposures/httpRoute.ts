import {
  ANNOTATION_ENTITY_REF,
  ANNOTATION_HOST_LABEL,
  KUBERNETES_ID,
  MANAGED_BY_LABEL,
  MANAGED_BY_VALUE,
} from '../annotations';
import {
  entryOf,
  numberOf,
  objectsOf,
  stringsOf,
  textOf,
} from '../gateway-api/lenient';
import { GATEWAY_GROUP } from '../gateway-api/parents';
import type { HttpRoute } from '../gateway-api/types';
import { hostOf } from '../hostnames/dns';
import { shortHash } from '../hostnames/hash';
import type { ClusterSettings } from '../settings/types';
import type { EntityFacts } from './entityFacts';
import { claimedEntityRef } from './matching';
import type { ResolvedRequest } from './types';

const MAX_NAME_LENGTH = 63;
const HASH_LENGTH = 8;
const LABEL_VALUE = /^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$/;

/**
 * The name of the route for a host label and an entity: `<hostLabel>-<hash of the entity ref>`, a DNS label. A host
 * label that leaves no room is shortened, and is then part of what is hashed.
 * @public
 */
export function routeName(hostLabel: string, entityRef: string): string {
  const ref = entityRef.toLowerCase();
  const room = MAX_NAME_LENGTH - HASH_LENGTH - 1;
  if (hostLabel.length <= room) {
    return `${hostLabel}-${shortHash(ref, HASH_LENGTH)}`;
  }
  const kept = hostLabel.slice(0, room).replace(/-+$/, '');
  return `${kept}-${shortHash(`${ref} ${hostLabel}`, HASH_LENGTH)}`;
}

/**
 * The exact object that is applied for a request: one host, one rule for every path, one Service. What the API server
 * would fill in (group, kind, weight, matches) is written out, so that a later diff shows only what really changes.
 * The route is bound to the HTTPS listener by name: without that it would answer in clear text on the other one too.
 *
 * `entity` adds its `backstage.io/kubernetes-id` as a label, where that is a valid label value. The settings must
 * have a DNS suffix; without one the host is the bare label, and no plan with a finding like that is applied.
 * @public
 */
export function toHttpRoute(
  request: ResolvedRequest,
  settings: ClusterSettings,
  entity?: Pick<EntityFacts, 'kubernetesId'>,
): HttpRoute {
  const { entityRef, namespace, service, hostLabel } = request;
  const { gateway, network } = settings;
  const id = entity?.kubernetesId;
  return {
    apiVersion: `${GATEWAY_GROUP}/v1`,
    kind: 'HTTPRoute',
    metadata: {
      name: routeName(hostLabel, entityRef),
      namespace,
      labels: {
        [MANAGED_BY_LABEL]: MANAGED_BY_VALUE,
        ...(id !== undefined &&
          LABEL_VALUE.test(id) && { [KUBERNETES_ID]: id }),
      },
      annotations: {
        [ANNOTATION_ENTITY_REF]: entityRef,
        [ANNOTATION_HOST_LABEL]: hostLabel,
      },
    },
    spec: {
      parentRefs: [
        {
          group: GATEWAY_GROUP,
          kind: 'Gateway',
          namespace: gateway.namespace,
          name: gateway.name,
          sectionName: gateway.httpsSection,
        },
      ],
      hostnames: [hostOf(hostLabel, network.dnsSuffix ?? '')],
      rules: [
        {
          matches: [{ path: { type: 'PathPrefix', value: '/' } }],
          backendRefs: [
            {
              group: '',
              kind: 'Service',
              name: service.name,
              port: service.port,
              weight: 1,
            },
          ],
        },
      ],
    },
  };
}

/**
 * What was asked for, read back from a route: the inverse of {@link toHttpRoute}, except for what no route holds (the
 * cluster and whether fields were taken over). A part that the route does not say, or says twice, is left out.
 * @public
 */
export function fromHttpRoute(route: HttpRoute): Partial<ResolvedRequest> {
  const entityRef = claimedEntityRef(route);
  const namespace = textOf(route.metadata.namespace);
  const hostLabel =
    textOf(entryOf(route.metadata.annotations, ANNOTATION_HOST_LABEL)) ??
    textOf(stringsOf(route.spec?.hostnames)[0]?.split('.')[0]);
  const backends = objectsOf(route.spec?.rules).flatMap(rule =>
    objectsOf(rule.backendRefs),
  );
  const name = textOf(backends[0]?.name);
  const port = numberOf(backends[0]?.port);
  const isOne = backends.length === 1 && name !== undefined;
  return {
    ...(entityRef !== undefined && { entityRef }),
    ...(namespace !== undefined && { namespace }),
    ...(isOne && port !== undefined && { service: { name, port } }),
    ...(hostLabel !== undefined && hostLabel !== '*' && { hostLabel }),
  };
}

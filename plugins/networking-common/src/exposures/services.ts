import { blocking } from '../findings/blocking';
import { findingsOf } from '../findings/declare';
import type { Finding } from '../findings/types';
import { numberOf, objectsOf, textOf } from '../gateway-api/lenient';
import type { Snapshot } from '../gateway-api/snapshot';
import type { Service } from '../gateway-api/types';
import type { ClusterSettings } from '../settings/types';
import { REQUEST_SENTENCES } from '../sentences/request';
import type { EntityFacts } from './entityFacts';
import { isReservedNamespace, namespaceGrants } from './grants';
import { gatewayWithHeadless, isHeadless } from './headless';
import { matchLabels, matchServiceToEntity } from './matching';
import { unreadableFinding } from './readability';
import type { REQUEST_REASONS } from './requestReasons';
import type { ExposablePort, ExposableService } from './types';

const found = findingsOf<typeof REQUEST_REASONS>(REQUEST_SENTENCES);

/**
 * Why an entity may not be exposed from a namespace at all, or undefined where it may. Nothing about what lies in
 * the namespace is said to one whom it does not grant.
 */
export function namespaceRefusal(
  namespace: string,
  entity: EntityFacts,
  snapshot: Snapshot,
  settings: ClusterSettings,
): Finding | undefined {
  const { cluster } = snapshot;
  const { ref, owners } = entity;
  const of = { entity: ref, namespace, cluster };
  const reader = { is: 'reader' } as const;
  const subject = {
    kind: 'Namespace',
    name: namespace,
    cluster,
    field: 'namespace',
  };
  if (isReservedNamespace(namespace, settings)) {
    return blocking(
      found('NamespaceReserved', { params: of, actor: reader, subject }),
    );
  }
  const unreadable = unreadableFinding(snapshot, ['Namespace']);
  if (unreadable) return unreadable;
  const object = snapshot.get('Namespace', undefined, namespace);
  const missing = (isBeingDeleted: boolean) =>
    blocking(
      found('NamespaceMissing', {
        params: { ...of, isBeingDeleted },
        actor: reader,
        subject,
      }),
    );
  if (!object) return missing(false);
  const grants = namespaceGrants(object, settings);
  if (!owners.some(owner => grants.includes(owner))) {
    return blocking(
      found('NamespaceNotGranted', {
        params: { ...of, owners: [...owners] },
        actor: { is: 'owner', of: { kind: 'Namespace', name: namespace } },
        subject,
      }),
    );
  }
  if (
    object.status?.phase === 'Terminating' ||
    object.metadata.deletionTimestamp !== undefined
  ) {
    return missing(true);
  }
  const own = entity.kubernetesNamespace;
  if (own !== undefined && own !== namespace) {
    return blocking(
      found('ServiceNotOfEntity', {
        params: { entity: ref, namespace, own },
        actor: reader,
        subject,
      }),
    );
  }
  return undefined;
}

/**
 * Why an entity may not expose a Service, as a blocking finding, or undefined where it may. Judged in this order, so
 * that the answer tells nothing of Services that are none of the entity's: the namespace (reserved, missing, not
 * granted to an owner, not the entity's), the match with the entity, the kind of Service.
 * @public
 */
export function serviceRefusal(
  service: Service,
  entity: EntityFacts,
  snapshot: Snapshot,
  settings: ClusterSettings,
): Finding | undefined {
  const { name, namespace = '' } = service.metadata;
  const refusal = namespaceRefusal(namespace, entity, snapshot, settings);
  if (refusal) return refusal;
  const of = { namespace, service: name };
  const shared = {
    actor: { is: 'reader' },
    subject: {
      kind: 'Service',
      name,
      namespace,
      cluster: snapshot.cluster,
      field: 'service.name',
    },
  } as const;
  if (matchLabels(service, entity) === undefined) {
    const { ref, kubernetesId } = entity;
    return blocking(
      found('ServiceNotOfEntity', {
        params: {
          ...of,
          entity: ref,
          ...(kubernetesId !== undefined && { id: kubernetesId }),
        },
        ...shared,
      }),
    );
  }
  if (service.spec?.type === 'ExternalName') {
    return blocking(found('ServiceExternalName', { params: of, ...shared }));
  }
  if (isHeadless(service)) {
    return blocking(
      found('ServiceHeadless', {
        params: { ...of, by: gatewayWithHeadless(service, settings) },
        ...shared,
      }),
    );
  }
  return undefined;
}

/** The ports of a Service that HTTP can go to: TCP, which is what a port without protocol is. */
export function tcpPorts(service: Service): ExposablePort[] {
  return objectsOf(service.spec?.ports)
    .filter(port => (port.protocol ?? 'TCP') === 'TCP')
    .flatMap(port => {
      const number = numberOf(port.port);
      if (number === undefined) return [];
      const name = textOf(port.name);
      const appProtocol = textOf(port.appProtocol);
      return [
        {
          port: number,
          ...(name !== undefined && { name }),
          ...(appProtocol !== undefined && { appProtocol }),
        },
      ];
    });
}

/**
 * The Services of one cluster that an entity may expose, and those that are its own but cannot be, with the reason;
 * by namespace and name. Nothing of a namespace that is granted to others is named; of one that is granted to nobody
 * only what carries the entity's id, since a selector selects whatever its writer likes.
 * @public
 */
export function exposableServices(
  entity: EntityFacts,
  snapshot: Snapshot,
  settings: ClusterSettings,
): ExposableService[] {
  return snapshot
    .list('Service')
    .flatMap(service => {
      if (matchLabels(service, entity) === undefined) return [];
      const refusal = serviceRefusal(service, entity, snapshot, settings);
      const isDisclosed =
        refusal === undefined ||
        refusal.subject.kind === 'Service' ||
        matchServiceToEntity(service, entity, snapshot, settings) ===
          'kubernetes-id';
      if (!isDisclosed) return [];
      const { name, namespace = '' } = service.metadata;
      const ports = refusal === undefined ? tcpPorts(service) : [];
      return [
        {
          cluster: snapshot.cluster,
          namespace,
          name,
          ports,
          ...(refusal && { refusal }),
        },
      ];
    })
    .sort(
      (a, b) =>
        compareText(a.namespace, b.namespace) || compareText(a.name, b.name),
    );
}

function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

import { ANNOTATION_OWNERS, KUBERNETES_ID } from '../annotations';
import { numberOf, objectsOf, textOf } from '../gateway-api/lenient';
import type { Snapshot } from '../gateway-api/snapshot';
import type { Service } from '../gateway-api/types';
import type { ClusterSettings } from '../settings/types';
import type { Finding } from '../verdicts/types';
import type { EntityFacts } from './entityFacts';
import { listInWords } from '../findings/sort';
import { isReservedNamespace, namespaceGrants } from './grants';
import { gatewayWithHeadless, isHeadless } from './headless';
import { matchLabels, matchServiceToEntity } from './matching';
import { unreadableFinding } from './readability';
import type { ExposablePort, ExposableService } from './types';

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
  const refuse = (
    reason: string,
    message: string,
    remedy: string,
  ): Finding => ({
    reason,
    severity: 'blocking',
    message,
    remedy,
    subject: {
      kind: 'Namespace',
      name: namespace,
      cluster: snapshot.cluster,
      field: 'namespace',
    },
  });
  if (isReservedNamespace(namespace, settings)) {
    return refuse(
      'NamespaceReserved',
      `Nothing can be exposed from namespace ${namespace}: it belongs to the platform.`,
      `Run the Service of ${entity.ref} in a namespace of its team, and name that as namespace.`,
    );
  }
  const unreadable = unreadableFinding(snapshot, ['Namespace']);
  if (unreadable) return unreadable;
  const object = snapshot.get('Namespace', undefined, namespace);
  if (!object) {
    return refuse(
      'NamespaceMissing',
      `Namespace ${namespace} does not exist on cluster ${snapshot.cluster}.`,
      `Name an existing namespace, or correct annotation backstage.io/kubernetes-namespace of ${entity.ref}.`,
    );
  }
  const grants = namespaceGrants(object, settings);
  if (!entity.owners.some(owner => grants.includes(owner))) {
    const owners = entity.owners.length > 0 ? entity.owners : ['its group'];
    return refuse(
      'NamespaceNotGranted',
      `Namespace ${namespace} does not let ${listInWords(
        owners,
      )} expose anything from it.`,
      `Ask the owners of namespace ${namespace}, or a platform admin, to add ${
        entity.owners[0] ?? `the group that owns ${entity.ref}`
      } to its annotation ${ANNOTATION_OWNERS}.`,
    );
  }
  if (
    object.status?.phase === 'Terminating' ||
    object.metadata.deletionTimestamp !== undefined
  ) {
    return refuse(
      'NamespaceMissing',
      `Namespace ${namespace} is being deleted, and everything in it with it.`,
      'Name another namespace.',
    );
  }
  const own = entity.kubernetesNamespace;
  if (own !== undefined && own !== namespace) {
    return refuse(
      'ServiceNotOfEntity',
      `${entity.ref} says that it runs in namespace ${own}, so nothing in namespace ${namespace} is exposed for it.`,
      `Name namespace ${own}, or correct annotation backstage.io/kubernetes-namespace of ${entity.ref}.`,
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
  const refuse = (
    reason: string,
    message: string,
    remedy: string,
  ): Finding => ({
    reason,
    severity: 'blocking',
    message,
    remedy,
    subject: {
      kind: 'Service',
      name,
      namespace,
      cluster: snapshot.cluster,
      field: 'service.name',
    },
  });
  const refusal = namespaceRefusal(namespace, entity, snapshot, settings);
  if (refusal) return refusal;
  if (matchLabels(service, entity) === undefined) {
    return refuse(
      'ServiceNotOfEntity',
      `Service ${namespace}/${name} does not belong to ${entity.ref}: neither its label ${KUBERNETES_ID} nor the entity's label selector ties them together.`,
      entity.kubernetesId !== undefined
        ? `Label Service ${name} with ${KUBERNETES_ID}=${entity.kubernetesId}, or choose another Service.`
        : `Choose another Service, or correct the label selector of ${entity.ref}.`,
    );
  }
  if (service.spec?.type === 'ExternalName') {
    return refuse(
      'ServiceExternalName',
      `Service ${namespace}/${name} is only a name for another host (ExternalName); the gateway sends no requests through it.`,
      'Choose a Service that selects pods.',
    );
  }
  if (isHeadless(service)) {
    return refuse(
      'ServiceHeadless',
      `Service ${namespace}/${name} is headless (without a cluster IP), and this platform gives no URLs to such Services. ${gatewayWithHeadless(
        service,
        settings,
      )}`,
      `Choose a Service with a cluster IP, or add one beside ${name}.`,
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

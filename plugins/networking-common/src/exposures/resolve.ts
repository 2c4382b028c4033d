import { textOf, isRecord, numberOf } from '../gateway-api/lenient';
import type { Snapshot } from '../gateway-api/snapshot';
import type { Service } from '../gateway-api/types';
import type { ClusterSettings } from '../settings/types';
import type { Finding, Subject } from '../verdicts/types';
import type { EntityFacts } from './entityFacts';
import { listInWords } from '../findings/sort';
import { isReservedNamespace, namespaceGrants } from './grants';
import {
  KINDS_NEEDED_TO_WRITE,
  unreachableFinding,
  unreadableFinding,
} from './readability';
import { resolvePort } from './resolvePort';
import {
  exposableServices,
  namespaceRefusal,
  serviceRefusal,
} from './services';
import type { ExposableService, ExposureRequest } from './types';

/** A readable cluster with the settings in force for it. */
export interface Target {
  cluster: string;
  snapshot: Snapshot;
  settings: ClusterSettings;
}

/** A request with its defaults filled in as far as they are unambiguous. */
export interface Resolution {
  target?: Target;
  namespace?: string;
  service?: Service;
  port?: number;
  findings: Finding[];
}

/** What was asked for; an empty text is the same as none. */
interface Wish {
  cluster?: string;
  namespace?: string;
  serviceName?: string;
  servicePort?: number;
}

/**
 * Finds the cluster, namespace, Service and port that a request means. Each step that cannot be decided is one
 * blocking finding, and what depends on it is left open.
 */
export function resolveRequest(input: {
  request: ExposureRequest;
  entity: EntityFacts;
  snapshots: readonly Snapshot[];
  settings: Readonly<Record<string, ClusterSettings>>;
}): Resolution {
  const { request, entity } = input;
  const service = isRecord(request.service) ? request.service : undefined;
  const wish: Wish = {
    cluster: textOf(request.cluster),
    namespace: textOf(request.namespace),
    serviceName: textOf(service?.name),
    servicePort: numberOf(service?.port),
  };
  const target = resolveCluster(wish, input);
  if ('reason' in target) return { findings: [target] };
  const namespace = resolveNamespace(wish, entity, target);
  if (Array.isArray(namespace)) return { target, findings: namespace };
  const found = resolveService(wish, entity, target, namespace);
  if (Array.isArray(found)) return { target, namespace, findings: found };
  const { port, findings } = resolvePort(
    found,
    wish.servicePort,
    target.cluster,
  );
  return { target, namespace, service: found, port, findings };
}

function resolveCluster(
  wish: Wish,
  input: Parameters<typeof resolveRequest>[0],
): Target | Finding {
  const { entity, snapshots, settings } = input;
  const configured = Object.keys(settings);
  const refuse = (reason: string, message: string, remedy: string): Finding =>
    blocking(
      reason,
      { kind: 'Cluster', name: wish.cluster ?? '', field: 'cluster' },
      message,
      remedy,
    );
  if (configured.length === 0) {
    return refuse(
      'ClusterUnknown',
      'Nothing can be exposed: no cluster is configured.',
      'Ask a platform admin to add a cluster under kubernetes.clusterLocatorMethods.',
    );
  }
  if (wish.cluster !== undefined && !configured.includes(wish.cluster)) {
    return refuse(
      'ClusterUnknown',
      `Cluster '${wish.cluster}' is not configured.`,
      `Name cluster ${inChoice(configured)}.`,
    );
  }
  const open = (cluster: string): Target | Finding => {
    const snapshot = snapshots.find(candidate => candidate.cluster === cluster);
    if (!snapshot) return unreachableFinding(cluster);
    return (
      unreadableFinding(snapshot, KINDS_NEEDED_TO_WRITE) ?? {
        cluster,
        snapshot,
        settings: settings[cluster],
      }
    );
  };
  if (wish.cluster !== undefined) return open(wish.cluster);
  if (configured.length === 1) return open(configured[0]);

  const opened = configured.map(open);
  const targets = opened.filter((one): one is Target => !('reason' in one));
  const withService = targets.filter(
    target => candidates(wish, entity, target).allowed.length > 0,
  );
  if (withService.length === 1) return withService[0];
  if (withService.length > 1) {
    const names = withService.map(target => target.cluster);
    return refuse(
      'ClusterAmbiguous',
      `${entity.ref} has Services on clusters ${listInWords(names)}.`,
      `Name cluster ${inChoice(names)}.`,
    );
  }
  const unreadable = opened.find((one): one is Finding => 'reason' in one);
  return (
    unreadable ??
    refuse(
      'ServiceMissing',
      `${entity.ref} has no Service that it may expose on any cluster.`,
      `Name cluster ${inChoice(configured)} to see why not.`,
    )
  );
}

/** The Services that a wish leaves to choose from, and those of the entity that it may not have. */
function candidates(
  wish: Wish,
  entity: EntityFacts,
  target: Target,
): { allowed: ExposableService[]; refused: Finding[] } {
  const services = exposableServices(
    entity,
    target.snapshot,
    target.settings,
  ).filter(
    service =>
      (wish.namespace === undefined || service.namespace === wish.namespace) &&
      (wish.serviceName === undefined || service.name === wish.serviceName),
  );
  return {
    allowed: services.filter(service => service.refusal === undefined),
    refused: services.flatMap(service => service.refusal ?? []),
  };
}

function resolveNamespace(
  wish: Wish,
  entity: EntityFacts,
  target: Target,
): string | Finding[] {
  const { cluster, snapshot, settings } = target;
  const named = wish.namespace ?? entity.kubernetesNamespace;
  if (named !== undefined) {
    const refusal = namespaceRefusal(named, entity, snapshot, settings);
    return refusal ? [refusal] : named;
  }
  const { allowed, refused } = candidates(wish, entity, target);
  const namespaces = [...new Set(allowed.map(service => service.namespace))];
  if (namespaces.length === 1) return namespaces[0];
  const subject = { kind: 'Namespace', name: '', cluster, field: 'namespace' };
  if (namespaces.length > 1) {
    return [
      blocking(
        'NamespaceAmbiguous',
        subject,
        `${entity.ref} has Services in namespaces ${listInWords(namespaces)}.`,
        `Name namespace ${inChoice(namespaces)}.`,
      ),
    ];
  }
  if (refused.length > 0) return refused.slice(0, 1);
  const granted = snapshot
    .list('Namespace')
    .filter(
      object =>
        !isReservedNamespace(object.metadata.name, settings) &&
        namespaceGrants(object, settings).some(group =>
          entity.owners.includes(group),
        ),
    )
    .map(object => object.metadata.name);
  if (granted.length === 0) {
    return [
      blocking(
        'NamespaceNotGranted',
        subject,
        `No namespace of cluster ${cluster} lets ${listInWords(
          entity.owners,
        )} expose anything from it.`,
        `Ask the owners of the namespace that ${entity.ref} runs in, or a platform admin, to add ${entity.owners[0]} to its annotation idp.networking/owners.`,
      ),
    ];
  }
  return [serviceMissing(wish, entity, target, granted)];
}

function resolveService(
  wish: Wish,
  entity: EntityFacts,
  target: Target,
  namespace: string,
): Service | Finding[] {
  const { cluster, snapshot, settings } = target;
  if (wish.serviceName !== undefined) {
    const service = snapshot.get('Service', namespace, wish.serviceName);
    if (!service) return [serviceMissing(wish, entity, target, [namespace])];
    const refusal = serviceRefusal(service, entity, snapshot, settings);
    return refusal ? [refusal] : service;
  }
  const { allowed, refused } = candidates(
    { ...wish, namespace },
    entity,
    target,
  );
  const names = allowed.map(service => service.name);
  if (names.length > 1) {
    return [
      blocking(
        'ServiceAmbiguous',
        {
          kind: 'Service',
          name: '',
          namespace,
          cluster,
          field: 'service.name',
        },
        `${
          entity.ref
        } has several Services in namespace ${namespace}: ${listInWords(
          names,
        )}.`,
        `Name Service ${inChoice(names)}.`,
      ),
    ];
  }
  const service =
    names.length === 1
      ? snapshot.get('Service', namespace, names[0])
      : undefined;
  if (service) return service;
  return refused.length > 0
    ? refused.slice(0, 1)
    : [serviceMissing(wish, entity, target, [namespace])];
}

function serviceMissing(
  wish: Wish,
  entity: EntityFacts,
  target: Target,
  namespaces: readonly string[],
): Finding {
  const { cluster } = target;
  const where = `in namespace ${namespaces.join(' or ')} of cluster ${cluster}`;
  const others = candidates(
    { namespace: wish.namespace },
    entity,
    target,
  ).allowed.filter(service => namespaces.includes(service.namespace));
  const subject = {
    kind: 'Service',
    name: wish.serviceName ?? '',
    ...(namespaces.length === 1 && { namespace: namespaces[0] }),
    cluster,
    field: 'service.name',
  };
  return blocking(
    'ServiceMissing',
    subject,
    wish.serviceName === undefined
      ? `${entity.ref} has no Service ${where}.`
      : `Service ${wish.serviceName} does not exist ${where}.`,
    others.length > 0
      ? `Name Service ${inChoice(others.map(service => service.name))}.`
      : `Label the Service of ${entity.ref} with backstage.io/kubernetes-id=${
          entity.kubernetesId ?? entity.name
        }, as the entity's annotation says.`,
  );
}

function blocking(
  reason: string,
  subject: Subject,
  message: string,
  remedy: string,
): Finding {
  return { reason, severity: 'blocking', message, remedy, subject };
}

/** `a`, or `a, b or c`. */
function inChoice(items: readonly string[]): string {
  return items.length < 2
    ? items.join('')
    : `${items.slice(0, -1).join(', ')} or ${items[items.length - 1]}`;
}

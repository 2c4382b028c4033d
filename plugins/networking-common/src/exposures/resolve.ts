import { blocking } from '../findings/blocking';
import { findingsOf } from '../findings/declare';
import type { Finding } from '../findings/types';
import { textOf, isRecord, numberOf } from '../gateway-api/lenient';
import type { Snapshot } from '../gateway-api/snapshot';
import type { Service } from '../gateway-api/types';
import type { ClusterSettings } from '../settings/types';
import { REQUEST_SENTENCES } from '../sentences/request';
import type { EntityFacts } from './entityFacts';
import { isReservedNamespace, namespaceGrants } from './grants';
import {
  KINDS_NEEDED_TO_WRITE,
  unreachableFinding,
  unreadableFinding,
} from './readability';
import type { REQUEST_REASONS } from './requestReasons';
import { resolvePort } from './resolvePort';
import {
  exposableServices,
  namespaceRefusal,
  serviceRefusal,
} from './services';
import type { ExposableService, ExposureRequest } from './types';

const found = findingsOf<typeof REQUEST_REASONS>(REQUEST_SENTENCES);

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
  const wanted = isRecord(request.service) ? request.service : undefined;
  const wish: Wish = {
    cluster: textOf(request.cluster),
    namespace: textOf(request.namespace),
    serviceName: textOf(wanted?.name),
    servicePort: numberOf(wanted?.port),
  };
  const target = resolveCluster(wish, input);
  if ('reason' in target) return { findings: [target] };
  const namespace = resolveNamespace(wish, entity, target);
  if (Array.isArray(namespace)) return { target, findings: namespace };
  const service = resolveService(wish, entity, target, namespace);
  if (Array.isArray(service)) return { target, namespace, findings: service };
  const { port, findings } = resolvePort(
    service,
    wish.servicePort,
    target.cluster,
  );
  return { target, namespace, service, port, findings };
}

function resolveCluster(
  wish: Wish,
  input: Parameters<typeof resolveRequest>[0],
): Target | Finding {
  const { entity, snapshots, settings } = input;
  const configured = Object.keys(settings);
  const shared = {
    actor: { is: 'reader' },
    subject: { kind: 'Cluster', name: wish.cluster ?? '', field: 'cluster' },
  } as const;
  const isUnknown =
    wish.cluster !== undefined && !configured.includes(wish.cluster);
  if (configured.length === 0 || isUnknown) {
    return blocking(
      found('ClusterUnknown', {
        params: {
          ...(wish.cluster !== undefined && { cluster: wish.cluster }),
          configured,
        },
        ...shared,
        ...(configured.length === 0 && { actor: { is: 'platform' } }),
      }),
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
    return blocking(
      found('ClusterAmbiguous', {
        params: {
          entity: entity.ref,
          clusters: withService.map(target => target.cluster),
        },
        ...shared,
      }),
    );
  }
  const unreadable = opened.find((one): one is Finding => 'reason' in one);
  return (
    unreadable ??
    blocking(
      found('ServiceMissing', {
        params: { entity: entity.ref, clusters: configured },
        ...shared,
      }),
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
        found('NamespaceAmbiguous', {
          params: { entity: entity.ref, namespaces },
          actor: { is: 'reader' },
          subject,
        }),
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
        found('NamespaceNotGranted', {
          params: { entity: entity.ref, cluster, owners: [...entity.owners] },
          actor: { is: 'platform' },
          subject,
        }),
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
        found('ServiceAmbiguous', {
          params: { entity: entity.ref, namespace, services: names },
          actor: { is: 'reader' },
          subject: {
            kind: 'Service',
            name: '',
            namespace,
            cluster,
            field: 'service.name',
          },
        }),
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
  const others = candidates(
    { namespace: wish.namespace },
    entity,
    target,
  ).allowed.filter(service => namespaces.includes(service.namespace));
  return blocking(
    found('ServiceMissing', {
      params: {
        entity: entity.ref,
        ...(wish.serviceName !== undefined && { service: wish.serviceName }),
        cluster,
        namespaces: [...namespaces],
        others: others.map(service => service.name),
        id: entity.kubernetesId ?? entity.name,
      },
      actor: { is: 'reader' },
      subject: {
        kind: 'Service',
        name: wish.serviceName ?? '',
        ...(namespaces.length === 1 && { namespace: namespaces[0] }),
        cluster,
        field: 'service.name',
      },
    }),
  );
}

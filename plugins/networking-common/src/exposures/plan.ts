import { parseLabelSelector } from '../gateway-api/labelSelector';
import { textOf } from '../gateway-api/lenient';
import type { Snapshot } from '../gateway-api/snapshot';
import type { HttpRoute, Route } from '../gateway-api/types';
import { hostOf, isDnsLabel } from '../hostnames/dns';
import { checkHostLabel, hostLabelFromName } from '../hostnames/hostLabel';
import { urlOf } from '../hostnames/url';
import type { ClusterSettings } from '../settings/types';
import type { Finding } from '../verdicts/types';
import { blocking } from '../findings/blocking';
import { findingsOf, type ParamsOf } from '../findings/declare';
import { REQUEST_SENTENCES } from '../sentences/request';
import { hostFindings, liveRouteFindings } from './conflicts';
import type { EntityFacts } from './entityFacts';
import { blockingFindings, sortFindings } from '../findings/sort';
import { freeHostLabel } from './freeHostLabel';
import { attachmentFindings, gatewayFindings } from './gatewayFindings';
import { routeName, toHttpRoute } from './httpRoute';
import { changesOnly, intentFindings } from './intent';
import { liveTrafficFindings } from './liveTraffic';
import { claimedEntityRef } from './matching';
import type { REQUEST_REASONS } from './requestReasons';
import { resolveRequest, type Resolution } from './resolve';
import type { ExposurePlan, ExposureRequest, ResolvedRequest } from './types';
import { toYaml } from './yaml';

const found = findingsOf<typeof REQUEST_REASONS>(REQUEST_SENTENCES);

/**
 * What a plan is before the cluster was asked for a dry run; {@link completePlan} makes an {@link ExposurePlan} of it.
 * @public
 */
export interface PlanDraft {
  /** The request with its defaults filled in as far as they could be. */
  request: ExposurePlan['request'];
  /** Set where every part of the request is known. */
  resolved?: ResolvedRequest;
  host?: string;
  url?: string;
  /** Name of the route in its namespace. */
  name?: string;
  /** The object to apply; also there when a finding forbids to. */
  desired?: HttpRoute;
  /** The route that already has this name, whoever it belongs to. */
  live?: HttpRoute;
  /** The entity that the live route names: an update is authorized against it too. */
  liveEntityRef?: string;
  /** Blocking ones first. */
  findings: Finding[];
  /** See {@link ExposurePlan}. */
  freeHostLabel?: string;
  /** The exact YAML of `desired`; empty where there is none. */
  yaml: string;
}

/**
 * Plans an exposure: fills in the request's defaults, checks it to the end against what is known of the clusters, and
 * renders the object to apply. Never throws, whatever the snapshots hold: everything that forbids the write is a
 * blocking finding naming field, object and remedy, and all of them are found at once.
 *
 * `mayRead` says whether the caller may see a route of the cluster; routes that it may not are "a route of another
 * team" in findings. Without it, no route may be seen.
 * @public
 */
export function planExposure(input: {
  request: ExposureRequest;
  entity: EntityFacts;
  snapshots: readonly Snapshot[];
  settings: Readonly<Record<string, ClusterSettings>>;
  mayRead?: (route: Route) => boolean;
}): PlanDraft {
  const { request, entity, mayRead = () => false } = input;
  const takeOwnership = request.takeOwnership === true;
  const hostLabel = textOf(request.hostLabel) ?? hostLabelFromName(entity.name);

  const notExposable = entityFindings(entity);
  const resolution: Resolution =
    notExposable.length > 0
      ? { findings: notExposable }
      : resolveRequest(input);
  const { target, namespace, service, port } = resolution;
  const findings = [
    ...resolution.findings,
    ...checkHostLabel(hostLabel, {
      dnsSuffix: target?.settings.network.dnsSuffix ?? '',
      reservedHosts: target?.settings.gateway.reservedHosts ?? [],
      allowLookalikes: target?.settings.gateway.allowLookalikes ?? false,
      cluster: target?.cluster ?? textOf(request.cluster) ?? '',
    }),
  ];
  const filled = {
    entityRef: entity.ref,
    hostLabel,
    takeOwnership,
    ...(request.intent !== undefined && { intent: request.intent }),
    ...(request.uid !== undefined && { uid: request.uid }),
    ...(request.replace !== undefined && { replace: request.replace }),
    ...(target && { cluster: target.cluster }),
    ...(namespace !== undefined && { namespace }),
    ...(service &&
      port !== undefined && { service: { name: service.metadata.name, port } }),
  };
  const isLabel = isDnsLabel(hostLabel);
  const name = isLabel ? routeName(hostLabel, entity.ref) : undefined;
  if (!target) {
    return draft({ request: filled, name, findings });
  }

  const { cluster, snapshot, settings } = target;
  findings.push(...gatewayFindings(snapshot, settings));
  const dnsSuffix = textOf(settings.network.dnsSuffix);
  const host =
    isLabel && dnsSuffix !== undefined
      ? hostOf(hostLabel, dnsSuffix).toLowerCase()
      : undefined;
  const url =
    host &&
    urlOf(host, { scheme: 'https', port: settings.network.publicHttpsPort });
  const live =
    name !== undefined && namespace !== undefined
      ? snapshot.get('HTTPRoute', namespace, name)
      : undefined;
  const inTheWay = live
    ? liveRouteFindings({ live, entity, cluster, takeOwnership, mayRead })
    : [];
  findings.push(...inTheWay);
  if (
    inTheWay.length === 0 &&
    url !== undefined &&
    name !== undefined &&
    namespace !== undefined
  ) {
    findings.push(
      ...intentFindings({
        request,
        live,
        entityRef: entity.ref,
        url,
        route: { name, namespace, cluster },
      }),
    );
  }
  if (host !== undefined) {
    findings.push(
      ...hostFindings({
        host,
        entity,
        // Without a namespace the route could be any that the entity has under this name.
        isLive: route =>
          route.metadata.name === name &&
          (namespace === undefined
            ? claimedEntityRef(route) === entity.ref
            : route.metadata.namespace === namespace),
        snapshot,
        settings,
        mayRead,
      }),
    );
  }
  const resolved =
    isLabel && namespace !== undefined && filled.service
      ? { ...filled, cluster, namespace, service: filled.service }
      : undefined;
  const desired =
    resolved && host !== undefined
      ? toHttpRoute(resolved, settings, entity)
      : undefined;
  if (
    live &&
    desired &&
    host !== undefined &&
    url !== undefined &&
    blockingFindings(findings).length === 0
  ) {
    findings.push(
      ...liveTrafficFindings({ live, desired, host, url, snapshot }),
    );
  }
  if (
    desired &&
    !findings.some(finding => finding.subject.kind === 'Gateway')
  ) {
    findings.push(...attachmentFindings(desired, snapshot));
  }
  const isAnotherHostBetter = findings.some(
    ({ severity, subject }) =>
      severity === 'confirm' ||
      (severity === 'blocking' && subject.field === 'hostLabel'),
  );
  const free =
    isAnotherHostBetter &&
    !changesOnly(request) &&
    namespace !== undefined &&
    service !== undefined
      ? freeHostLabel({
          entity,
          service: { name: service.metadata.name, namespace },
          settings,
          snapshots: input.snapshots,
        })
      : undefined;
  return draft({
    request: filled,
    resolved,
    host,
    url,
    name,
    desired,
    live,
    findings,
    ...(free !== undefined && { freeHostLabel: free }),
  });
}

function draft(parts: Omit<PlanDraft, 'yaml' | 'liveEntityRef'>): PlanDraft {
  const { findings, desired, live } = parts;
  const liveEntityRef = live && claimedEntityRef(live);
  return {
    ...parts,
    ...(liveEntityRef !== undefined && { liveEntityRef }),
    findings: sortFindings(findings),
    yaml: desired ? toYaml(desired) : '',
  };
}

/** Why an entity cannot be exposed anywhere: nobody could be granted, or no Service could match it. */
function entityFindings(entity: EntityFacts): Finding[] {
  const { ref, owners, kubernetesId, kubernetesNamespace, labelSelector } =
    entity;
  const refuse = (
    why: ParamsOf<typeof REQUEST_REASONS, 'EntityNotExposable'>['why'],
  ): Finding[] => [
    blocking(
      found('EntityNotExposable', {
        params: {
          entity: ref,
          name: entity.name,
          why,
          ...(labelSelector !== undefined && { selector: labelSelector }),
        },
        actor: { is: 'reader' },
        subject: { kind: entity.kind, name: ref, field: 'entityRef' },
      }),
    ),
  ];
  if (owners.length === 0) return refuse('noOwner');
  if (kubernetesId !== undefined) return [];
  if (labelSelector === undefined) return refuse('noTie');
  if (parseLabelSelector(labelSelector) === undefined) {
    return refuse('badSelector');
  }
  return kubernetesNamespace === undefined ? refuse('noNamespace') : [];
}

import {
  ANNOTATION_ENTITY_REF,
  ANNOTATION_HOST_LABEL,
  KUBERNETES_ID,
  MANAGED_BY_LABEL,
} from '../annotations';
import { entryOf, isRecord } from '../gateway-api/lenient';
import type { HttpRoute } from '../gateway-api/types';
import { sha256Hex } from '../hostnames/hash';
import type { Finding } from '../verdicts/types';
import { diffObjects } from './diff';
import { blockingFindings, sortFindings } from '../findings/sort';
import type { PlanDraft } from './plan';
import type { ExposurePlan, FieldChange, PlanAction } from './types';

/** Set by the API server at its own time; a change of these is no change of the object. */
const SERVER_METADATA = [
  'creationTimestamp',
  'deletionGracePeriodSeconds',
  'deletionTimestamp',
  'generation',
  'managedFields',
  'resourceVersion',
  'selfLink',
  'uid',
];

/**
 * Makes a plan of a draft and of what the API server said: `dryRun` is the object as a server-side dry run returned
 * it, `findings` what else came to light (fields that someone else owns). Without a dry run, the change is what the
 * desired object says differently from the live one.
 * @public
 */
export function completePlan(
  draft: PlanDraft,
  outcome: { dryRun?: HttpRoute; findings?: Finding[] },
): ExposurePlan {
  const { request, host, url, name, desired, live, freeHostLabel, yaml } =
    draft;
  const findings = sortFindings([
    ...draft.findings,
    ...(outcome.findings ?? []),
  ]);
  const after = outcome.dryRun ?? (desired && overlay(live, desired));
  const diff =
    after === undefined
      ? []
      : diffObjects(live ? lasting(live) : {}, lasting(after));
  return {
    action: actionOf({ findings, desired, live, diff }),
    request,
    ...(host !== undefined && { host }),
    ...(url !== undefined && { url }),
    ...(name !== undefined && { name }),
    objects: desired ? [desired] : [],
    yaml,
    diff,
    findings,
    ...(freeHostLabel !== undefined && { freeHostLabel }),
    digest: digestOf(draft, findings),
  };
}

function actionOf(input: {
  findings: readonly Finding[];
  desired?: HttpRoute;
  live?: HttpRoute;
  diff: readonly FieldChange[];
}): PlanAction {
  const { findings, desired, live, diff } = input;
  if (!desired || blockingFindings(findings).length > 0) return 'refused';
  if (!live) return 'create';
  return diff.length === 0 ? 'unchanged' : 'update';
}

/** SHA-256 of everything that a person agreed to by agreeing to a plan; no status, time or age is part of it. */
function digestOf(draft: PlanDraft, findings: readonly Finding[]): string {
  const { request, desired, live } = draft;
  const { labels, annotations } = live?.metadata ?? {};
  return sha256Hex(
    canonicalJson({
      cluster: request.cluster,
      takeOwnership: request.takeOwnership,
      desired,
      live: live && {
        uid: live.metadata.uid,
        spec: live.spec,
        labels: [
          entryOf(labels, MANAGED_BY_LABEL),
          entryOf(labels, KUBERNETES_ID),
        ],
        annotations: [
          entryOf(annotations, ANNOTATION_ENTITY_REF),
          entryOf(annotations, ANNOTATION_HOST_LABEL),
        ],
      },
      reasons: findings.map(finding => finding.reason).sort(),
      confirm: findings
        .filter(({ severity }) => severity === 'confirm')
        .map(({ reason, params }) => ({ reason, params })),
    }),
  );
}

/** JSON with the keys of every object in order. */
function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    isRecord(part)
      ? Object.fromEntries(
          Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)),
        )
      : part,
  );
}

/** The live object with the desired fields over it, as an apply by the only owner of these fields leaves it. */
function overlay(live: HttpRoute | undefined, desired: HttpRoute): HttpRoute {
  if (!live) return desired;
  const { labels, annotations } = live.metadata;
  return {
    ...live,
    ...desired,
    metadata: {
      ...live.metadata,
      ...desired.metadata,
      labels: { ...labels, ...desired.metadata.labels },
      annotations: { ...annotations, ...desired.metadata.annotations },
    },
  };
}

/** An object without its status and what the API server keeps for itself. */
function lasting(object: HttpRoute): Record<string, unknown> {
  const { status: _status, metadata, ...rest } = object;
  return {
    ...rest,
    metadata: Object.fromEntries(
      Object.entries(metadata).filter(
        ([key]) => !SERVER_METADATA.includes(key),
      ),
    ),
  };
}

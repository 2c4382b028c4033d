import { findCondition } from '../gateway-api/conditions';
import type { Snapshot, SnapshotKind } from '../gateway-api/snapshot';
import type { Condition } from '../gateway-api/types';
import { NO_PROBE } from '../settings/checks';
import type { ClusterSettings } from '../settings/types';
import type { Finding, Severity, Subject } from '../verdicts/types';
import { meaningOf, type JudgedObject } from '../verdicts/conditionReasons';
import { VERDICT_REASONS } from '../findings/reasons';
import { conditionDetails } from '../findings/words';
import { PLATFORM_REASONS as REASON } from './reasons';
import type { PlatformPart } from './types';

/** What the parts are judged from. */
export interface PlatformInput {
  snapshot: Snapshot;
  settings: ClusterSettings;
  /** Milliseconds since the epoch. */
  now: number;
}

export const finding = (
  severity: Severity,
  reason: string,
  subject: Subject,
  message: string,
  remedy?: string,
  details?: Record<string, string>,
): Finding => ({
  reason,
  severity,
  message,
  subject,
  ...(remedy !== undefined && { remedy }),
  ...(details && { details }),
});

const STATE: Record<Severity, PlatformPart['state']> = {
  blocking: 'bad',
  error: 'bad',
  confirm: 'attention',
  warning: 'attention',
  info: 'good',
};

const RANK: Record<PlatformPart['state'], number> = {
  good: 0,
  unknown: 1,
  attention: 2,
  bad: 3,
};

/** That something cannot be seen is no trouble of the platform. */
const NOT_KNOWN: ReadonlySet<string> = new Set([
  REASON.notKnown,
  VERDICT_REASONS.certificateNotKnown,
  VERDICT_REASONS.certificateTrustNotKnown,
]);

function stateOf({ reason, severity }: Finding): PlatformPart['state'] {
  if (NOT_KNOWN.has(reason)) return 'unknown';
  // What is waited for is no fault yet, and nothing works until it is there.
  if (reason === VERDICT_REASONS.certificateNotIssued) return 'attention';
  return STATE[severity];
}

/** One line of the health page: its state and sentence come from its worst finding. */
export function part(options: {
  part: PlatformPart['part'];
  name: string;
  namespace?: string;
  findings: Finding[];
  /** Said where nothing is wrong. */
  good: string;
  facts?: Record<string, string | number | undefined>;
}): PlatformPart {
  const findings = [...options.findings].sort(
    (a, b) => RANK[stateOf(b)] - RANK[stateOf(a)],
  );
  const [worst] = findings;
  const state = worst ? stateOf(worst) : 'good';
  return {
    part: options.part,
    name: options.name,
    ...(options.namespace !== undefined && { namespace: options.namespace }),
    state,
    summary: worst && state !== 'good' ? worst.message : options.good,
    findings,
    facts: Object.fromEntries(
      Object.entries(options.facts ?? {}).flatMap(([key, value]) =>
        value === undefined || value === '' ? [] : [[key, String(value)]],
      ),
    ),
  };
}

/** `Gateway kube-system/idp-gateway`. */
export const titleOf = ({ kind, namespace, name }: Subject): string =>
  `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`;

/** An object that is not in the snapshot: not there, or not to be seen. */
export function missing(
  input: PlatformInput,
  subject: Subject & { kind: string },
  consequence: string,
  severity: Severity = 'error',
): Finding {
  const title = titleOf(subject);
  const gap = input.snapshot.gaps.find(
    ({ kind }) => kind === (subject.kind as SnapshotKind),
  );
  return gap
    ? finding(
        'info',
        REASON.notKnown,
        subject,
        `${title} cannot be read, so its state is not known.`,
        gap.reason === 'NotServed'
          ? `Install the CustomResourceDefinition of ${subject.kind} on cluster ${input.settings.cluster}.`
          : `Let this plugin read ${subject.kind} objects on cluster ${input.settings.cluster}.`,
        { reason: gap.reason, message: String(gap.message) },
      )
    : finding(
        severity,
        REASON.missing,
        subject,
        `${title} does not exist: ${consequence}.`,
        `Create ${title}.`,
      );
}

/** Does anybody ask hosts through the gateway? Where not, what its controller says is all that is known. */
export const isProbed = ({ settings }: Pick<PlatformInput, 'settings'>) =>
  settings.probe.address !== NO_PROBE;

/** A condition that has to be True, with what its absence of truth means. */
export interface Requirement {
  type: string;
  reason: string;
  /** What happens while it is False, completing "<title> …: ". */
  consequence: string;
  remedy: string;
}

/** No status, an outdated one, or a required condition that is not True. The first of these is enough. */
export function conditionFindings(options: {
  object?: JudgedObject;
  subject: Subject;
  title: string;
  generation: number;
  conditions: readonly Condition[] | undefined;
  controller: string;
  requirements: readonly Requirement[];
  /** True where Pending means no more than that the Gateway has no address, as Cilium says of a listener. */
  waitsForAddress?: boolean;
  /** False where nobody asks hosts through the gateway. Default: true. */
  isProbed?: boolean;
}): Finding[] {
  const { subject, title, generation, conditions, controller } = options;
  const wait = `Check that ${controller} runs.`;
  const found = options.requirements.map(requirement => ({
    requirement,
    condition: findCondition(conditions, requirement.type),
  }));
  if (found.every(({ condition }) => !condition)) {
    return [
      finding(
        'warning',
        REASON.noStatus,
        subject,
        `${controller} has not said anything about ${title} yet.`,
        wait,
      ),
    ];
  }
  for (const { requirement, condition } of found) {
    if (!condition) continue;
    const details = conditionDetails(condition);
    const { observedGeneration } = condition;
    if (
      typeof observedGeneration === 'number' &&
      observedGeneration < generation
    ) {
      return [
        finding(
          'warning',
          REASON.stale,
          subject,
          `${controller} has not taken in the last change of ${title}; what it says is about an earlier one.`,
          wait,
          details,
        ),
      ];
    }
    if (condition.status === 'True') continue;
    if (
      condition.reason === 'AddressNotAssigned' ||
      (options.waitsForAddress && condition.reason === 'Pending')
    ) {
      return [
        finding(
          'info',
          REASON.addressNotAssigned,
          subject,
          `${controller} reports no address for ${title}; whether requests arrive is ${
            options.isProbed === false
              ? 'not known, as nobody asks on this cluster'
              : 'what probes tell'
          }.`,
          undefined,
          details,
        ),
      ];
    }
    const { object } = options;
    const waits =
      condition.status !== 'False' ||
      condition.reason === 'Pending' ||
      (object && meaningOf(object, condition)?.word === 'Pending');
    return [
      waits
        ? finding(
            'warning',
            REASON.pending,
            subject,
            `${title} is still being set up.`,
            wait,
            details,
          )
        : finding(
            'error',
            requirement.reason,
            subject,
            `${title} ${requirement.consequence}.`,
            requirement.remedy,
            details,
          ),
    ];
  }
  return [];
}

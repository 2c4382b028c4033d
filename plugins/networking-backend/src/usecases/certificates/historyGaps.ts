import type { ClusterError, EventSubject } from '../../io/cluster';

/** What a history is read from. */
export type HistoryPart =
  | { kind: 'Event'; about: EventSubject }
  | { kind: 'Order' | 'Challenge'; namespace: string };

/** Something of a history that is not known. */
export interface HistoryGap {
  part: HistoryPart;
  /** Undefined: it was read in part, as there is more of it than is read. */
  error?: ClusterError;
}

const titleOf = ({ kind, namespace, name }: EventSubject) =>
  `${kind} ${namespace === undefined ? name : `${namespace}/${name}`}`;

/** `Events of Certificate a/b`, `ACME Orders in namespace a`: the begin of a sentence. */
const whatOf = (part: HistoryPart): string =>
  part.kind === 'Event'
    ? `Events of ${titleOf(part.about)}`
    : `ACME ${part.kind}s in namespace ${part.namespace}`;

/** What was not read and what to do, by the reason: alike for all that failed alike. */
function reasonOf(
  cluster: string,
  { part, error }: HistoryGap,
): { because: string; remedy: string } {
  if (!error) {
    const [resource, namespace] =
      part.kind === 'Event'
        ? ['events', part.about.namespace ?? 'default']
        : [`${part.kind.toLowerCase()}s.acme.cert-manager.io`, part.namespace];
    return {
      because: 'there are more of them than are read at once',
      remedy: `Read the rest with kubectl get ${resource} --namespace ${namespace}.`,
    };
  }
  const { resource, namespace } = error.operation;
  const admins = `Ask the owners of cluster ${cluster} to`;
  if (error.httpStatus === 401) {
    return {
      because: `cluster ${cluster} refuses the token of the Backstage backend`,
      remedy: `Ask an admin of Backstage to renew the token of cluster ${cluster}.`,
    };
  }
  if (error.httpStatus === 403) {
    return {
      because: `the backend's service account may not list ${resource} in namespace ${namespace} of cluster ${cluster}`,
      remedy: `${admins} apply rbac/clusterrole.yaml of the backend plugin again: it grants that.`,
    };
  }
  if (error.httpStatus === 404 && part.kind !== 'Event') {
    return {
      because: `the CRDs of acme.cert-manager.io/v1 are not installed on cluster ${cluster}`,
      remedy: `${admins} install the CRDs of cert-manager.`,
    };
  }
  if (error.httpStatus === 429) {
    return {
      because: `cluster ${cluster} has too many requests to answer now`,
      remedy: 'Try again in a minute.',
    };
  }
  if (error.unreachable) {
    return {
      because: `cluster ${cluster} does not answer`,
      remedy: `Try again when cluster ${cluster} answers.`,
    };
  }
  return {
    because: `cluster ${cluster} does not accept the question (${error.httpStatus})`,
    remedy: `Compare the versions of Kubernetes and cert-manager on cluster ${cluster} with those that the plugin was tested with.`,
  };
}

function listOf(things: readonly string[]): string {
  const last = things[things.length - 1];
  return things.length < 2
    ? last
    : `${things.slice(0, -1).join(', ')} and ${last}`;
}

/** A sentence and its remedy for each reason why something is not known. */
export function historyGaps(
  cluster: string,
  gaps: readonly HistoryGap[],
): string[] {
  const byReason = new Map<string, Set<string>>();
  for (const gap of gaps) {
    const { because, remedy } = reasonOf(cluster, gap);
    const known = gap.error ? 'are not known' : 'are known in part';
    const rest = `${known}: ${because}. ${remedy}`;
    byReason.set(rest, (byReason.get(rest) ?? new Set()).add(whatOf(gap.part)));
  }
  return [...byReason].map(([rest, whats]) => `${listOf([...whats])} ${rest}`);
}

import { blocking } from '../findings/blocking';
import { findingsOf } from '../findings/declare';
import type { Finding } from '../findings/types';
import type { Snapshot, SnapshotKind } from '../gateway-api/snapshot';
import { REQUEST_SENTENCES } from '../sentences/request';
import type { REQUEST_REASONS } from './requestReasons';

const found = findingsOf<typeof REQUEST_REASONS>(REQUEST_SENTENCES);

const subjectOf = (cluster: string) => ({
  kind: 'Cluster',
  name: cluster,
  cluster,
  field: 'cluster',
});

/** Kinds without which no write can be judged. */
export const KINDS_NEEDED_TO_WRITE: readonly SnapshotKind[] = [
  'HTTPRoute',
  'Gateway',
  'Service',
  'Namespace',
];

/** The blocking finding that a cluster does not answer, or refuses the backend's token. */
export function unreachableFinding(
  cluster: string,
  {
    error,
    isTokenRefused = false,
  }: { error?: string; isTokenRefused?: boolean } = {},
): Finding {
  return blocking(
    found('ClusterUnreachable', {
      params: { cluster, isTokenRefused },
      actor: { is: 'platform' },
      subject: subjectOf(cluster),
      ...(error !== undefined && { details: { error } }),
    }),
  );
}

/** The first of the kinds that a snapshot could not read, as a blocking finding. */
export function unreadableFinding(
  snapshot: Snapshot,
  kinds: readonly SnapshotKind[],
): Finding | undefined {
  const gap = snapshot.gaps.find(candidate => kinds.includes(candidate.kind));
  if (!gap) return undefined;
  const { cluster } = snapshot;
  const { kind, reason, message, unauthorized = false } = gap;
  if (reason === 'Unreachable') {
    return unreachableFinding(cluster, {
      error: message,
      isTokenRefused: unauthorized,
    });
  }
  return blocking(
    found(reason === 'Forbidden' ? 'ClusterForbidden' : 'KindNotServed', {
      params: { cluster, kind },
      actor: { is: 'platform' },
      subject: subjectOf(cluster),
      details: { error: message },
    }),
  );
}

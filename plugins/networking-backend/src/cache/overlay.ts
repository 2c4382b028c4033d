import type {
  Indexed,
  Snapshot,
  SnapshotIndexName,
  SnapshotKind,
  SnapshotKinds,
} from 'backstage-plugin-networking-common';

/**
 * One snapshot with some kinds of a newer one in place of its own. Both are of one cluster. Of a kind that could not be
 * reached any more, the objects stay and the gap is new.
 */
export function overlay(
  base: Snapshot,
  over: Snapshot,
  kinds: readonly SnapshotKind[],
): Snapshot {
  const isAsked = (kind: string) => (kinds as readonly string[]).includes(kind);
  const lost = new Set<string>(
    over.gaps
      .filter(({ reason }) => reason === 'Unreachable')
      .map(({ kind }) => kind),
  );
  const isOver = (kind: string) => isAsked(kind) && !lost.has(kind);
  const of = (kind: SnapshotKind) => (isOver(kind) ? over : base);
  return {
    cluster: base.cluster,
    observedAt:
      base.observedAt < over.observedAt ? base.observedAt : over.observedAt,
    gaps: [
      ...base.gaps.filter(({ kind }) => !isAsked(kind)),
      ...over.gaps.filter(({ kind }) => isAsked(kind)),
    ],
    list: <K extends SnapshotKind>(kind: K, namespace?: string) =>
      of(kind).list(kind, namespace),
    get: <K extends SnapshotKind>(
      kind: K,
      namespace: string | undefined,
      name: string,
    ): SnapshotKinds[K] | undefined => of(kind).get(kind, namespace, name),
    stateOf: kind => of(kind).stateOf?.(kind),
    find: <I extends SnapshotIndexName>(index: I, key: string) =>
      [
        ...base.find(index, key).filter(({ kind }) => !isOver(kind)),
        ...over.find(index, key).filter(({ kind }) => isOver(kind)),
      ] as readonly Indexed<I>[],
  };
}

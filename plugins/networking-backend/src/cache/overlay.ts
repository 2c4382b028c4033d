import type {
  Indexed,
  Snapshot,
  SnapshotIndexName,
  SnapshotKind,
  SnapshotKinds,
} from 'backstage-plugin-networking-common';

/** One snapshot with some kinds of another in place of its own. Both are of one cluster. */
export function overlay(
  base: Snapshot,
  over: Snapshot,
  kinds: readonly SnapshotKind[],
): Snapshot {
  const isOver = (kind: string) => (kinds as readonly string[]).includes(kind);
  const of = (kind: SnapshotKind) => (isOver(kind) ? over : base);
  return {
    cluster: base.cluster,
    observedAt:
      base.observedAt < over.observedAt ? base.observedAt : over.observedAt,
    gaps: [
      ...base.gaps.filter(({ kind }) => !isOver(kind)),
      ...over.gaps.filter(({ kind }) => isOver(kind)),
    ],
    list: <K extends SnapshotKind>(kind: K, namespace?: string) =>
      of(kind).list(kind, namespace),
    get: <K extends SnapshotKind>(
      kind: K,
      namespace: string | undefined,
      name: string,
    ): SnapshotKinds[K] | undefined => of(kind).get(kind, namespace, name),
    find: <I extends SnapshotIndexName>(index: I, key: string) =>
      [
        ...base.find(index, key).filter(({ kind }) => !isOver(kind)),
        ...over.find(index, key).filter(({ kind }) => isOver(kind)),
      ] as readonly Indexed<I>[],
  };
}

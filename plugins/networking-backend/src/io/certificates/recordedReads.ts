import type {
  Indexed,
  Snapshot,
  SnapshotIndexName,
  SnapshotKind,
  SnapshotKinds,
} from 'backstage-plugin-networking-common';

/** A snapshot that notes what is read from it. */
export interface RecordedReads {
  snapshot: Snapshot;
  /** Would the same reads find the same objects in another snapshot? Then whatever followed from them still holds. */
  holdsFor(other: Snapshot): boolean;
}

const isSameList = (a: readonly unknown[], b: readonly unknown[]) =>
  a === b ||
  (a.length === b.length && a.every((item, index) => item === b[index]));

const gapsOf = ({ gaps }: Snapshot) => gaps.map(({ kind }) => kind);

/** Objects of a snapshot never change, so one that is the same object is the same in all. */
export function recordReads(base: Snapshot): RecordedReads {
  const checks: ((other: Snapshot) => boolean)[] = [];
  const gaps = gapsOf(base);
  return {
    snapshot: {
      cluster: base.cluster,
      observedAt: base.observedAt,
      gaps: base.gaps,
      list<K extends SnapshotKind>(kind: K, namespace?: string) {
        const found = base.list(kind, namespace);
        checks.push(other => isSameList(other.list(kind, namespace), found));
        return found;
      },
      get<K extends SnapshotKind>(
        kind: K,
        namespace: string | undefined,
        name: string,
      ): SnapshotKinds[K] | undefined {
        const found = base.get(kind, namespace, name);
        checks.push(other => other.get(kind, namespace, name) === found);
        return found;
      },
      find<I extends SnapshotIndexName>(
        index: I,
        key: string,
      ): readonly Indexed<I>[] {
        const found = base.find(index, key);
        checks.push(other => isSameList(other.find(index, key), found));
        return found;
      },
    },
    holdsFor: other =>
      base.cluster === other.cluster &&
      isSameList(gapsOf(other), gaps) &&
      checks.every(check => check(other)),
  };
}

import type {
  Indexed,
  Snapshot,
  SnapshotIndexName,
  SnapshotKind,
  SnapshotKinds,
} from 'backstage-plugin-networking-common';

type Check = (other: Snapshot) => boolean;

/** The same objects in the same order. */
export const isSameList = (a: readonly unknown[], b: readonly unknown[]) =>
  a === b ||
  (a.length === b.length && a.every((item, index) => item === b[index]));

/** The kinds of which a snapshot knows nothing. */
export const gapsOf = ({ gaps }: Snapshot) => gaps.map(({ kind }) => kind);

// Made out here, where no snapshot is in scope: what is remembered must not keep a whole old snapshot in memory.
const listCheck =
  (
    kind: SnapshotKind,
    namespace: string | undefined,
    found: readonly unknown[],
  ): Check =>
  other =>
    isSameList(other.list(kind, namespace), found);

const getCheck =
  (
    kind: SnapshotKind,
    namespace: string | undefined,
    name: string,
    found: unknown,
  ): Check =>
  other =>
    other.get(kind, namespace, name) === found;

const findCheck =
  (index: SnapshotIndexName, key: string, found: readonly unknown[]): Check =>
  other =>
    isSameList(other.find(index, key), found);

const allOf =
  (
    checks: readonly Check[],
    cluster: string,
    gaps: readonly SnapshotKind[],
  ): Check =>
  other =>
    cluster === other.cluster &&
    isSameList(gapsOf(other), gaps) &&
    checks.every(check => check(other));

/**
 * A snapshot that notes what is read from it, and whether the same reads find the same objects in another snapshot:
 * whatever followed from them still holds then, since objects never change.
 */
export function recordReads(base: Snapshot): {
  snapshot: Snapshot;
  holdsFor: Check;
} {
  const checks: Check[] = [];
  return {
    snapshot: {
      cluster: base.cluster,
      observedAt: base.observedAt,
      gaps: base.gaps,
      list<K extends SnapshotKind>(kind: K, namespace?: string) {
        const found = base.list(kind, namespace);
        checks.push(listCheck(kind, namespace, found));
        return found;
      },
      get<K extends SnapshotKind>(
        kind: K,
        namespace: string | undefined,
        name: string,
      ): SnapshotKinds[K] | undefined {
        const found = base.get(kind, namespace, name);
        checks.push(getCheck(kind, namespace, name, found));
        return found;
      },
      find<I extends SnapshotIndexName>(
        index: I,
        key: string,
      ): readonly Indexed<I>[] {
        const found = base.find(index, key);
        checks.push(findCheck(index, key, found));
        return found;
      },
    },
    holdsFor: allOf(checks, base.cluster, gapsOf(base)),
  };
}

import type {
  KubernetesObject,
  SnapshotKind,
} from 'backstage-plugin-networking-common';

/** Something of a cluster changed in the cache. */
export type ClusterChange =
  | {
      type: 'objects';
      cluster: string;
      kind: SnapshotKind;
      /** As they were and as they are. */
      objects: readonly KubernetesObject[];
    }
  /** A kind or the whole cluster came within reach or went out of it. */
  | { type: 'health'; cluster: string };

/** Time and chance, so that tests own them. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** From 0 to below 1. */
  random(): number;
  /** Resolves after so many milliseconds, or at once when the signal is aborted. */
  sleep(milliseconds: number, signal: AbortSignal): Promise<void>;
}

import type { ProbeFacts } from 'backstage-plugin-networking-common';
import { LRUCache } from 'lru-cache';
import {
  PROBE_PERIOD_MS,
  type ProbeAnswer,
  type ProbeClaim,
  type ProbeKey,
  type ProbeStore,
} from '../database';
import { outcomeOf } from './outcome';

/** Readers that come within this time share one look at the database. */
const REFRESH_MS = 2_000;
/** A replica that nobody asked for so long has to wait for its look. */
const STALE_MS = 10_000;
/** How long anyone waits for it. */
const PATIENCE_MS = 1_000;
/** Clocks of replicas may differ by this, and a commit may be late by it. */
const OVERLAP_MS = 15_000;
/** Everything is compared again so often: clocks may differ by more. */
const COMPARE_MS = 60_000;
/** What is further ahead comes from a clock that was wrong, and holds nothing up: the database judges so, too. */
const AHEAD_MS = PROBE_PERIOD_MS;
/** Some kB each. */
const MAX_ENTRIES = 20_000;

/** What this replica knows of a host. */
export interface Known {
  claim?: ProbeClaim;
  answer?: ProbeAnswer;
  /** When this replica asked in vain for the right to ask. */
  refusedAt?: number;
}

interface ClusterState {
  lookedAt: number;
  comparedAt: number;
  look?: Promise<void>;
}

/** What probes of all replicas found, in memory. */
export interface ProbeMirror {
  get(key: ProbeKey): Known | undefined;
  claimed(key: ProbeKey, claim: ProbeClaim): void;
  refused(key: ProbeKey, at: number): void;
  /** Tells `onOutcome` where it is another one than before. */
  answered(key: ProbeKey, answer: ProbeAnswer): void;
  /** Reads of the database what is known of hosts, whoever asked them. */
  read(cluster: string, keys: readonly ProbeKey[]): Promise<void>;
  /**
   * Sees to it that what others found is known here, as far as it is some seconds old. Waits only where nothing was looked
   * at for long, and never long.
   *
   * @param keptMs - how old an answer may be to be of use
   */
  refresh(cluster: string, keptMs: number): Promise<void>;
  /** Answers of a cluster since a time. Milliseconds since the epoch. */
  answersOf(cluster: string, since: number): ProbeFacts[];
  forget(before: number): void;
}

export function createProbeMirror(options: {
  store: Pick<ProbeStore, 'answersSince' | 'read'>;
  now: () => number;
  onOutcome(key: ProbeKey, facts: ProbeFacts): void;
  onError(error: unknown): void;
}): ProbeMirror {
  const { store, now, onOutcome, onError } = options;
  const entries = new LRUCache<string, { key: ProbeKey; known: Known }>({
    max: MAX_ENTRIES,
  });
  const clusters = new Map<string, ClusterState>();

  const idOf = ({ cluster, host, route }: ProbeKey) =>
    `${cluster} ${host} ${route}`;

  const update = (key: ProbeKey, change: Known) => {
    const id = idOf(key);
    entries.set(id, { key, known: { ...entries.get(id)?.known, ...change } });
  };

  const isNewer = (before: number, after: number) =>
    before > after && before <= now() + AHEAD_MS;

  const mirror: ProbeMirror = {
    get: key => entries.get(idOf(key))?.known,

    claimed(key, claim) {
      const before = mirror.get(key)?.claim;
      if (before && isNewer(before.claimedAt, claim.claimedAt)) return;
      update(key, { claim });
    },

    refused: (key, at) => update(key, { refusedAt: at }),

    answered(key, answer) {
      const before = mirror.get(key)?.answer;
      if (before && isNewer(before.answeredAt, answer.answeredAt)) return;
      update(key, { answer });
      const isNew =
        before === undefined ||
        outcomeOf(before.facts) !== outcomeOf(answer.facts);
      if (isNew) onOutcome(key, answer.facts);
    },

    async read(cluster, keys) {
      for (const { key, claim, answer } of await store.read(cluster, keys)) {
        mirror.claimed(key, claim);
        if (answer) mirror.answered(key, answer);
      }
    },

    async refresh(cluster, keptMs) {
      const time = now();
      let state = clusters.get(cluster);
      if (!state) {
        state = { lookedAt: -Infinity, comparedAt: -Infinity };
        clusters.set(cluster, state);
      }
      const age = Math.abs(time - state.lookedAt);
      const isStale = age > STALE_MS;
      if (!state.look && age >= REFRESH_MS) {
        state.look = look(cluster, state, keptMs);
      }
      if (!isStale || !state.look) return;
      let timer: NodeJS.Timeout | undefined;
      const patience = new Promise<void>(resolve => {
        timer = setTimeout(resolve, PATIENCE_MS);
      });
      await Promise.race([state.look, patience]);
      clearTimeout(timer);
    },

    answersOf: (cluster, since) =>
      [...entries.values()].flatMap(({ key, known: { answer } }) =>
        key.cluster === cluster && answer && answer.answeredAt >= since
          ? [answer.facts]
          : [],
      ),

    forget(before) {
      for (const [id, { known }] of entries) {
        if ((known.claim?.claimedAt ?? 0) < before) entries.delete(id);
      }
    },
  };

  async function look(
    cluster: string,
    state: ClusterState,
    keptMs: number,
  ): Promise<void> {
    const time = now();
    try {
      await compare(cluster, state, { time, keptMs });
    } catch (error) {
      // What is known stays; the next look compares everything.
      state.comparedAt = -Infinity;
      onError(error);
    } finally {
      state.lookedAt = time;
      state.look = undefined;
    }
  }

  async function compare(
    cluster: string,
    state: ClusterState,
    { time, keptMs }: { time: number; keptMs: number },
  ): Promise<void> {
    const comparesAll = Math.abs(time - state.comparedAt) >= COMPARE_MS;
    const since = comparesAll ? time - keptMs : state.lookedAt - OVERLAP_MS;
    const marks = await store.answersSince(cluster, since);
    const unknown = marks.filter(
      ({ answeredAt, ...key }) =>
        mirror.get(key)?.answer?.answeredAt !== answeredAt,
    );
    if (unknown.length > 0) await mirror.read(cluster, unknown);
    if (comparesAll) state.comparedAt = time;
  }

  return mirror;
}

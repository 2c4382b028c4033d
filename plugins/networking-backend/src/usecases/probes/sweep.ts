import { setImmediate as nextTurn } from 'node:timers/promises';
import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  parseGoDuration,
  TAKE_UP_MS,
  type ProbeFacts,
} from 'backstage-plugin-networking-common';
import type { Clock } from '../../cache';
import { isGood, probeAddresses, type SeenAddress } from '../../io/probe';
import { probeTargetsOf, type TargetWithCa } from '../exposures/probeTargets';
import { readClusters, type ReadCluster, type Services } from '../services';

/** A sweep begins so often, and what is due by then is asked in it. Also the shortest interval of the settings. */
export const SWEEP_PERIOD_MS = 60_000;
/** Over how much of it the hosts are spread: the rest is for those that answer late. */
const SPREAD_MS = 45_000;
/** Between two hosts at most. */
const MAX_STEP_MS = 500;
/** A sweep ends by then, done or not, before the next begins. */
const END_MS = 55_000;
/** Hosts that are prepared in one turn: some milliseconds of work, as many as one route may have. */
const SLICE = 16;
/** So many hosts in a row to whose address no connection was made mean that the gateway is away. */
const AWAY_AFTER = 5;
/** Of a gateway that is away one host in so many is still dialled: it may come back. */
const TRY_EVERY = 20;
/** A bad answer that came sooner after a change is asked for once more, after as long: by then it counts. */
const ASK_AGAIN_MS = TAKE_UP_MS + 1_000;
/** Hosts of routes that are gone are kept for so many intervals, and for a day at least. */
const FORGOTTEN_INTERVALS = 10;
const DAY_MS = 24 * 60 * 60_000;

/** What one sweep of a cluster did. Hosts. */
export interface Swept {
  cluster: string;
  known: number;
  /** That had to be asked in this sweep. */
  due: number;
  dialled: number;
  /** Told by what others found at the same address, since no connection is made. */
  inferred: number;
  /** Asked by somebody else meanwhile. */
  skipped: number;
  /** Not reached before the sweep had to end. */
  left: number;
}

type SweepServices = Pick<
  Services,
  'clusters' | 'snapshots' | 'settings' | 'certificates' | 'prober'
> & { logger: Pick<LoggerService, 'debug' | 'warn'> };

const intervalOf = ({ settings }: ReadCluster) =>
  Math.max(
    parseGoDuration(settings.probe.interval) ?? SWEEP_PERIOD_MS,
    SWEEP_PERIOD_MS,
  );

/**
 * Asks every host of every cluster that can be reached, if it has not been asked for `[probe] interval`: the one that was
 * asked longest ago first, spread over the minute. Ends within the minute, and when the signal says so. Never throws for
 * what one cluster does.
 */
export async function sweepHosts(
  services: SweepServices,
  options: { clock: Clock; signal: AbortSignal },
): Promise<Swept[]> {
  const { clock, signal } = options;
  const began = clock.now();
  const ending = new AbortController();
  const ended = AbortSignal.any([signal, ending.signal]);
  void clock.sleep(END_MS, ended).then(() => ending.abort());
  try {
    const clusters = await readClusters(services);
    const swept = await Promise.all(
      clusters.map(cluster =>
        sweepCluster(services, cluster, { clock, began, signal: ended }).catch(
          error => {
            services.logger.warn(
              `Hosts of cluster ${cluster.settings.cluster} could not be swept`,
              error,
            );
            return [];
          },
        ),
      ),
    );
    const longest = Math.max(...clusters.map(intervalOf), 0);
    await services.prober.prune(
      began - Math.max(DAY_MS, FORGOTTEN_INTERVALS * longest),
    );
    return swept.flat();
  } finally {
    ending.abort();
  }
}

/** Every host of a cluster. Other requests come between. */
async function targetsOf(
  services: SweepServices,
  cluster: ReadCluster,
): Promise<TargetWithCa[]> {
  const targets: TargetWithCa[] = [];
  let turn = 0;
  for (const route of cluster.snapshot.list('HTTPRoute')) {
    targets.push(...probeTargetsOf(services, cluster, route));
    if (targets.length - turn < SLICE) continue;
    turn = targets.length;
    await nextTurn();
  }
  return targets;
}

async function sweepCluster(
  services: SweepServices,
  cluster: ReadCluster,
  options: { clock: Clock; began: number; signal: AbortSignal },
): Promise<Swept[]> {
  const { settings, state } = cluster;
  const { prober, logger } = services;
  if (!state.reachable || probeAddresses(settings).length === 0) return [];
  await prober.refresh({ settings });
  const targets = await targetsOf(services, cluster);
  const due = dueOf(services, cluster, targets, options.began);
  const run = createRun(services, cluster, options.signal);
  const workers = Math.min(settings.probe.concurrency, due.length);
  const turns = due.map(({ target, mayAskAt }, index) => ({
    target,
    at: Math.max(slotOf(index, due.length, options), mayAskAt),
  }));
  let next = 0;
  await Promise.all(
    Array.from({ length: workers }, async () => {
      for (let index = next++; index < turns.length; index = next++) {
        const { target, at } = turns[index];
        await sleepUntil(at, options);
        if (options.signal.aborted) return;
        const facts = await run.ask(target);
        if (facts && isEarly(facts)) {
          turns.push({ target, at: options.clock.now() + ASK_AGAIN_MS });
        }
      }
    }),
  );
  const swept = {
    cluster: settings.cluster,
    known: targets.length,
    due: due.length,
    ...run.counts,
    left: Math.max(due.length - run.done(), 0),
  };
  logger.debug(
    `Swept the hosts of cluster ${swept.cluster}: ${swept.dialled} of ${swept.due} due and ${swept.known} known were dialled`,
    { ...swept },
  );
  return [swept];
}

/**
 * A timer counts from when the event loop last looked at the clock, and so ends early by what was worked since: a host that is
 * asked too soon is not asked at all, until the next sweep.
 */
async function sleepUntil(
  at: number,
  { clock, signal }: { clock: Clock; signal: AbortSignal },
): Promise<void> {
  for (
    let wait = at - clock.now();
    wait > 0 && !signal.aborted;
    wait = at - clock.now()
  ) {
    await clock.sleep(wait, signal);
  }
}

/** An answer that is not good and came right after a change: the gateway may not have heard of it yet. */
function isEarly(facts: ProbeFacts): boolean {
  const since = Date.parse(facts.unchangedSince ?? '');
  return (
    facts.http !== undefined &&
    !isGood(facts) &&
    Date.parse(facts.at) - since < ASK_AGAIN_MS
  );
}

/** When a place in the order has its turn: evenly spread, and never quite at the same moment. Few hosts do not wait for long. */
function slotOf(
  index: number,
  count: number,
  { began, clock }: { began: number; clock: Clock },
): number {
  const step = Math.min(SPREAD_MS / count, MAX_STEP_MS);
  return began + (index + clock.random()) * step;
}

/**
 * The targets of this sweep, longest ago first. Of an interval that is longer than a sweep each takes its share, so that
 * hosts which were all found at once are spread over it.
 */
function dueOf(
  { prober }: SweepServices,
  cluster: ReadCluster,
  targets: readonly TargetWithCa[],
  began: number,
): { target: TargetWithCa; mayAskAt: number }[] {
  const { settings } = cluster;
  const interval = intervalOf(cluster);
  const share = Math.ceil((targets.length * SWEEP_PERIOD_MS) / interval);
  return targets
    .map(target => ({
      target,
      mayAskAt: prober.askedAt(target, { settings }) + interval,
    }))
    .filter(({ mayAskAt }) => mayAskAt <= began + END_MS)
    .sort((a, b) => a.mayAskAt - b.mayAskAt)
    .slice(0, share);
}

/** Asks one host after the other, until no connection to the gateway's address is made any more. */
function createRun(
  { prober, logger }: SweepServices,
  { settings }: ReadCluster,
  signal: AbortSignal,
) {
  const counts = { dialled: 0, inferred: 0, skipped: 0 };
  let inRow = 0;
  let sinceTry = 0;
  let seen: SeenAddress | undefined;

  const learn = (facts: ProbeFacts) => {
    const { failure, address, port } = facts;
    if (failure?.stage !== 'connect') {
      inRow = 0;
      seen = undefined;
      return;
    }
    inRow += 1;
    if (inRow < AWAY_AFTER || seen) return;
    seen = {
      address: { address, port },
      facts: {
        failure: {
          ...failure,
          message: `${failure.message}; found for ${inRow} other hosts just before, not tried for this one`,
        },
      },
    };
    logger.debug(
      `The gateway of cluster ${settings.cluster} takes no connection (${failure.message}): of its other hosts one in ${TRY_EVERY} is tried`,
    );
  };

  return {
    counts,
    done: () => counts.dialled + counts.inferred + counts.skipped,
    async ask(target: TargetWithCa): Promise<ProbeFacts | undefined> {
      if (signal.aborted) return undefined;
      sinceTry += 1;
      const isTried = seen === undefined || sinceTry >= TRY_EVERY;
      if (isTried) sinceTry = 0;
      const facts = await prober.sweep(
        target,
        { settings, caPem: target.caPem },
        isTried ? undefined : seen,
      );
      if (!facts) counts.skipped += 1;
      else if (!isTried) counts.inferred += 1;
      else {
        counts.dialled += 1;
        learn(facts);
      }
      return facts;
    },
  };
}

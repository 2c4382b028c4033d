import { ClusterError, isClusterError } from '../io/cluster/errors';
import { Absence, absenceOf } from './absence';
import { Backoff } from './backoff';
import type { ObjectChange, ObjectEvent } from './objectStore';
import type { ListPage, ListWatch } from '../io/cluster/listWatch';
import type { KindStatus } from '../io/cluster';
import { Silence } from './silence';
import type { Clock } from './types';

/** Of the first page, which tells how large the objects are. */
const FIRST_PAGE = 100;
/** Parsing so many characters takes some milliseconds, in which nobody else is served. */
const PAGE_CHARACTERS = 500_000;
const MAX_PAGE = 500;
const MIN_PAGE = 20;
const SAMPLES = 10;
/** A server ends a watch by itself between one and two of these, so that not all end at once. */
const MIN_WATCH_SECONDS = 300;
/** Bookmarks come about once a minute, so that a longer silence is a dead connection. */
const INACTIVITY_MS = 90_000;
/** A watch that ends sooner, and told nothing, did not work. */
const SHORTEST_WATCH_MS = 1_000;

/** Where a reflector puts what it hears. */
export interface ReflectorTarget {
  apply(event: ObjectEvent): void;
  replacing(): {
    add(page: ListPage['items']): void;
    finish(): ObjectChange[] | void;
  };
  clear(): void;
}

/** What a reflector says of itself. */
export interface ReflectorReport {
  status: KindStatus;
  error?: ClusterError;
}

export interface ReflectorOptions {
  source: ListWatch;
  target: ReflectorTarget;
  clock: Clock;
  /** Told of every status, also of one that stays. */
  onReport(report: ReflectorReport): void;
  /** Told whenever the server says something. */
  onContact(): void;
  /** Its signal ends a wait that a failure has caused, though none that the server asked for. */
  woken(): AbortSignal;
  inactivityMs?: number;
}

/** So long may a kind not be heard of before it is said. */
const QUIET_MS = 5_000;
/** After so many watches that the server refused, the version that they began at may be the reason. */
const DOUBTED_VERSION_AFTER = 3;

/**
 * What can only be mended by a list, and is nothing that a person has to hear of: the version to watch from is gone from the
 * server's history, an event may have been lost, or not even a bookmark came. The last is also how a server behaves that was
 * put back to an older state: it says nothing until it reaches the version again.
 */
const asksForList = (error: unknown) =>
  (isClusterError(error) && error.httpStatus === 410) ||
  (error instanceof Error &&
    (error.name === 'MalformedEventError' ||
      error.name === 'SilentWatchError'));

const isAnswer = (error: unknown) =>
  isClusterError(error) &&
  error.httpStatus !== undefined &&
  error.httpStatus !== 401 &&
  error.httpStatus !== 429;

/**
 * Keeps a target equal to one kind of one cluster until the signal is aborted, and gives up for nothing else. Behaves as
 * client-go's reflector (k8s.io/client-go/tools/cache): lists in pages, watches from the list's version with bookmarks,
 * lists again where that version has expired, and waits longer after each failure.
 */
export async function reflect(
  options: ReflectorOptions,
  signal: AbortSignal,
): Promise<void> {
  const { clock, onReport } = options;
  const backoff = new Backoff(clock);
  const absence = new Absence(options);
  let version: string | undefined;
  let failed = 0;
  const onOpen = () => {
    if (failed > 0) onReport({ status: 'synced' });
    failed = 0;
    absence.over();
  };

  while (!signal.aborted) {
    try {
      if (version === undefined) {
        version = await listInto(options, signal);
        failed = 0;
        absence.over();
        onReport({ status: 'synced' });
      }
      for await (const next of watchFrom(options, version, onOpen, signal)) {
        version = next;
      }
      // The server ended the watch, as it does every few minutes.
    } catch (error) {
      if (signal.aborted) return;
      if (asksForList(error)) version = undefined;
      const status = absenceOf(error);
      if (status && absence.isBelieved(status, error as ClusterError)) {
        version = undefined;
        failed = 0;
        await clock.sleep(absence.retryMs, signal);
        continue;
      }
      // The list finds out whether another version of the kind is served.
      if (status === 'notServed') version = undefined;
      if (!status) absence.interrupted();
      failed += 1;
      const asked = isClusterError(error) ? error.retryAfterMs : undefined;
      const wait = Math.max(backoff.step(), asked ?? 0);
      // One cut, mended at the next try, is nothing that a person has to hear of, unless that is long to wait for.
      const isWorthSaying =
        failed > 1 || version === undefined || wait > QUIET_MS;
      if (isWorthSaying && !status && !asksForList(error)) {
        onReport({ status: 'unreachable', error: asClusterError(error) });
      }
      if (failed >= DOUBTED_VERSION_AFTER && isAnswer(error)) {
        version = undefined;
      }
      await clock.sleep(
        wait,
        asked === undefined
          ? AbortSignal.any([signal, options.woken()])
          : signal,
      );
    }
  }
}

/** How many objects the next page may have, judged by some of this one. */
function nextLimit(items: ListPage['items']): number {
  const step = Math.max(1, Math.floor(items.length / SAMPLES));
  const samples = items.filter((_, index) => index % step === 0);
  const characters = samples.reduce(
    (sum, item) => sum + JSON.stringify(item).length,
    0,
  );
  const fitting = Math.floor((PAGE_CHARACTERS * samples.length) / characters);
  return Math.min(Math.max(fitting || 0, MIN_PAGE), MAX_PAGE);
}

async function listInto(
  { source, target, onContact }: ReflectorOptions,
  signal: AbortSignal,
): Promise<string> {
  const replacing = target.replacing();
  let token: string | undefined;
  let limit = FIRST_PAGE;
  for (;;) {
    const page = await source.list({
      limit,
      patient: true,
      ...(token !== undefined && { continue: token }),
      signal,
    });
    signal.throwIfAborted();
    onContact();
    replacing.add(page.items);
    token = page.continue;
    limit = nextLimit(page.items);
    if (!token) {
      replacing.finish();
      return page.resourceVersion;
    }
  }
}

/** A watch on which nothing was heard for too long. */
class SilentWatchError extends Error {
  override readonly name = 'SilentWatchError';
}

/** Yields the version after each thing that the server said. */
async function* watchFrom(
  options: ReflectorOptions,
  version: string,
  onOpen: () => void,
  signal: AbortSignal,
): AsyncGenerator<string> {
  const { source, target, clock, onContact } = options;
  const { inactivityMs = INACTIVITY_MS } = options;
  const silence = new Silence(clock, inactivityMs, signal);
  const began = clock.now();
  let events = 0;
  try {
    const watch = await source.watch({
      resourceVersion: version,
      timeoutSeconds: Math.floor(MIN_WATCH_SECONDS * (1 + clock.random())),
      signal: silence.signal,
    });
    onContact();
    onOpen();
    for await (const event of watch) {
      silence.broken();
      onContact();
      if (event.type === 'ERROR') {
        const { code, details } = event.object;
        throw new ClusterError(
          { cluster: '', verb: 'watch', resource: '' },
          { httpStatus: code ?? 500, details },
        );
      }
      events += 1;
      if (event.type !== 'BOOKMARK') {
        target.apply(event as ObjectEvent);
      }
      yield event.object.metadata.resourceVersion ?? version;
    }
  } catch (error) {
    throw silence.isOver ? new SilentWatchError() : error;
  } finally {
    silence.end();
  }
  signal.throwIfAborted();
  if (events === 0 && clock.now() - began < SHORTEST_WATCH_MS) {
    throw new ClusterError(
      { cluster: '', verb: 'watch', resource: '' },
      { code: 'ESHORTWATCH' },
    );
  }
}

function asClusterError(error: unknown): ClusterError {
  if (isClusterError(error)) return error;
  return new ClusterError(
    { cluster: '', verb: 'watch', resource: '' },
    { code: error instanceof Error ? error.name : 'unknown' },
  );
}

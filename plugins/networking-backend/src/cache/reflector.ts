import { ClusterError, isClusterError } from '../io/cluster/errors';
import { Backoff } from './backoff';
import type { ObjectChange, ObjectEvent } from './objectStore';
import type { ListPage, ListWatch } from '../io/cluster/listWatch';
import type { KindStatus } from '../io/cluster';
import { Silence } from './silence';
import type { Clock } from './types';

const PAGE_SIZE = 500;
/** A server ends a watch by itself between one and two of these, so that not all end at once. */
const MIN_WATCH_SECONDS = 300;
/** Bookmarks come about once a minute, so that a longer silence is a dead connection. */
const INACTIVITY_MS = 90_000;
/** A resource that is not served or not allowed is asked for again after this, give or take a third. */
const ABSENT_RETRY_MS = 30_000;
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
  inactivityMs?: number;
}

/** The version to watch from is gone from the server's history: list again. */
const isExpired = (error: unknown) =>
  isClusterError(error) && error.httpStatus === 410;

const isMalformed = (error: unknown) =>
  error instanceof Error && error.name === 'MalformedEventError';

/**
 * Keeps a target equal to one kind of one cluster until the signal is aborted, and gives up for nothing else. Behaves as
 * client-go's reflector (k8s.io/client-go/tools/cache): lists in pages, watches from the list's version with bookmarks,
 * lists again where that version has expired, and waits longer after each failure.
 */
export async function reflect(
  options: ReflectorOptions,
  signal: AbortSignal,
): Promise<void> {
  const { clock, target, onReport } = options;
  const backoff = new Backoff(clock);
  let version: string | undefined;
  const tries = { failed: 0 };
  const onOpen = () => {
    if (tries.failed > 0) onReport({ status: 'synced' });
    tries.failed = 0;
  };

  while (!signal.aborted) {
    try {
      if (version === undefined) {
        version = await listInto(options, signal);
        tries.failed = 0;
        onReport({ status: 'synced' });
      }
      for await (const next of watchFrom(options, version, onOpen, signal)) {
        version = next;
      }
      // The server ended the watch, as it does every few minutes.
    } catch (error) {
      if (signal.aborted) return;
      if (isExpired(error) || isMalformed(error)) version = undefined;
      const absence = absenceOf(error);
      if (absence) {
        version = undefined;
        tries.failed = 0;
        target.clear();
        onReport({ status: absence, error: error as ClusterError });
        await clock.sleep(
          ABSENT_RETRY_MS * (2 / 3 + (2 / 3) * clock.random()),
          signal,
        );
        continue;
      }
      tries.failed += 1;
      // One cut, mended at the next try, is nothing that a person has to hear of.
      if (tries.failed > 1 || version === undefined) {
        if (!isExpired(error) && !isMalformed(error)) {
          onReport({ status: 'unreachable', error: asClusterError(error) });
        }
      }
      const asked = isClusterError(error) ? error.retryAfterMs : undefined;
      await clock.sleep(Math.max(backoff.step(), asked ?? 0), signal);
    }
  }
}

async function listInto(
  { source, target, onContact }: ReflectorOptions,
  signal: AbortSignal,
): Promise<string> {
  const replacing = target.replacing();
  let token: string | undefined;
  for (;;) {
    const page = await source.list({
      limit: PAGE_SIZE,
      ...(token !== undefined && { continue: token }),
      signal,
    });
    signal.throwIfAborted();
    onContact();
    replacing.add(page.items);
    token = page.continue;
    if (!token) {
      replacing.finish();
      return page.resourceVersion;
    }
  }
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

function absenceOf(error: unknown): 'notServed' | 'forbidden' | undefined {
  if (!isClusterError(error)) return undefined;
  if (error.httpStatus === 404) return 'notServed';
  return error.httpStatus === 403 ? 'forbidden' : undefined;
}

function asClusterError(error: unknown): ClusterError {
  if (isClusterError(error)) return error;
  return new ClusterError(
    { cluster: '', verb: 'watch', resource: '' },
    { code: error instanceof Error ? error.name : 'unknown' },
  );
}

import { useSyncExternalStore } from 'react';

/** Two reads of one render come to the same. */
const FRESH_MS = 1_000;

interface Clock {
  subscribe(onTick: () => void): () => void;
  read(): number;
}

function createClock(stepMs: number): Clock {
  const readers = new Set<() => void>();
  let now = -Infinity;
  let timer: ReturnType<typeof setInterval> | undefined;
  const tick = () => {
    now = Date.now();
    readers.forEach(onTick => onTick());
  };
  return {
    subscribe(onTick) {
      readers.add(onTick);
      timer ??= setInterval(tick, stepMs);
      // Whoever comes reads the time anew, for all.
      if (Date.now() !== now) tick();
      return () => {
        readers.delete(onTick);
        if (readers.size > 0) return;
        clearInterval(timer);
        timer = undefined;
      };
    },
    read() {
      // While others look, it is not for a render to move it.
      const isFresh = Math.abs(Date.now() - now) < FRESH_MS;
      if (!timer && !isFresh) now = Date.now();
      return now;
    },
  };
}

const clocks = new Map<number, Clock>();

function clockOf(stepMs: number): Clock {
  const clock = clocks.get(stepMs) ?? createClock(stepMs);
  clocks.set(stepMs, clock);
  return clock;
}

/**
 * The present in epoch milliseconds, moving on every `stepMs` (default 10 seconds) so that ages stay true. It is the same
 * wherever it is read: two ages of one moment never differ.
 */
export function useNow(stepMs = 10_000): number {
  const { subscribe, read } = clockOf(stepMs);
  return useSyncExternalStore(subscribe, read);
}

/**
 * As {@link useNow}, and never earlier than the render: what was issued since the last tick would be taken for a thing of
 * the future. It is for comparing dates; an age that stands beside others reads `useNow`.
 */
export function usePresent(stepMs?: number): number {
  return Math.max(useNow(stepMs), Date.now());
}

import type { Clock } from '../types';

/** Lets everything run that waits for nothing but its turn. */
export async function turns(count = 12): Promise<void> {
  for (let turn = 0; turn < count; turn++) {
    await new Promise(resolve => setImmediate(resolve));
  }
}

/** A clock that stands still until it is advanced. */
export class VirtualClock implements Clock {
  #now = Date.parse('2026-01-01T00:00:00Z');
  readonly #sleeps = new Set<{ until: number; end: () => void }>();

  /** @param random - default: always a half */
  constructor(readonly random: () => number = () => 0.5) {}

  now = () => this.#now;

  sleep = (milliseconds: number, signal: AbortSignal) =>
    new Promise<void>(resolve => {
      if (signal.aborted) {
        resolve();
        return;
      }
      const entry = {
        until: this.#now + milliseconds,
        end: () => {
          this.#sleeps.delete(entry);
          signal.removeEventListener('abort', entry.end);
          resolve();
        },
      };
      this.#sleeps.add(entry);
      signal.addEventListener('abort', entry.end, { once: true });
    });

  /** Ends the sleeps that are over by then, each at its time. */
  async advance(milliseconds: number): Promise<void> {
    const end = this.#now + milliseconds;
    for (;;) {
      await turns();
      const [next] = [...this.#sleeps]
        .filter(({ until }) => until <= end)
        .sort((a, b) => a.until - b.until);
      if (!next) break;
      this.#now = Math.max(this.#now, next.until);
      next.end();
    }
    this.#now = end;
    await turns();
  }
}

/** client-go's reflector: 800 ms, doubled up to 30 s, each with up to as much again, forgotten after two healthy minutes. */
const INITIAL_MS = 800;
const MAX_MS = 30_000;
const RESET_AFTER_MS = 120_000;

/** How long to wait before trying again. */
export class Backoff {
  #next = INITIAL_MS;
  #last: number | undefined;

  constructor(private readonly clock: { now(): number; random(): number }) {}

  /** @returns milliseconds, from one to two times the step */
  step(): number {
    const now = this.clock.now();
    if (this.#last !== undefined && now - this.#last > RESET_AFTER_MS) {
      this.#next = INITIAL_MS;
    }
    this.#last = now;
    const wait = this.#next * (1 + this.clock.random());
    // At its longest it varies, too: all kinds of a cluster are lost at the same time.
    this.#next = Math.min(this.#next * 2, MAX_MS / 2);
    return wait;
  }
}

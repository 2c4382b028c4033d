import type { Clock } from './types';

/** Aborts a watch on which nothing was heard for too long: its peer may be gone without a word. */
export class Silence {
  readonly #controller = new AbortController();
  readonly signal: AbortSignal;
  #timer = new AbortController();

  constructor(
    private readonly clock: Clock,
    private readonly boundMs: number,
    outer: AbortSignal,
  ) {
    this.signal = AbortSignal.any([outer, this.#controller.signal]);
    this.broken();
  }

  /** True once it has aborted the watch. */
  get isOver(): boolean {
    return this.#controller.signal.aborted;
  }

  /** Something was heard. */
  broken() {
    this.#timer.abort();
    const timer = new AbortController();
    this.#timer = timer;
    void this.clock.sleep(this.boundMs, timer.signal).then(() => {
      if (!timer.signal.aborted) this.#controller.abort();
    });
  }

  end() {
    this.#timer.abort();
  }
}

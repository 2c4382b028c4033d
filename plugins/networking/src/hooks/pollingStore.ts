import { isAbort } from '../lib/errors';

/** What is known of something that is read again and again. Data stays while a later read fails. */
export interface Polled<T> {
  data?: T;
  /** Epoch milliseconds of the last good read. */
  refreshedAt?: number;
  /** Of the last read; cleared by the next good one. */
  error?: Error;
}

/**
 * Reads on an interval while somebody watches and the page is visible. Watchers share one request; when the last one
 * leaves, the request under way is aborted.
 */
export class PollingStore<T> {
  #state: Polled<T> = {};
  readonly #listeners = new Set<() => void>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #controller: AbortController | undefined;
  readonly #read: (signal: AbortSignal) => Promise<T>;
  readonly #intervalMs: number;

  constructor(options: {
    read: (signal: AbortSignal) => Promise<T>;
    intervalMs: number;
  }) {
    this.#read = options.read;
    this.#intervalMs = options.intervalMs;
  }

  readonly getSnapshot = (): Polled<T> => this.#state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    if (this.#listeners.size === 1) {
      document.addEventListener('visibilitychange', this.#onVisibility);
      void this.refresh();
    }
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size === 0) {
        document.removeEventListener('visibilitychange', this.#onVisibility);
        this.#stop();
      }
    };
  };

  /** True while nobody watches, so that the store may be forgotten. */
  get idle(): boolean {
    return this.#listeners.size === 0;
  }

  /** Reads now; a read under way is given up for it. Never rejects: the error is part of the state. */
  readonly refresh = async (): Promise<void> => {
    this.#stop();
    const controller = new AbortController();
    this.#controller = controller;
    try {
      const data = await this.#read(controller.signal);
      if (controller.signal.aborted) return;
      this.#set({ data, refreshedAt: Date.now() });
    } catch (error) {
      if (controller.signal.aborted || isAbort(error)) return;
      this.#set({
        ...this.#state,
        error: error instanceof Error ? error : new Error(String(error)),
      });
    }
    this.#schedule();
  };

  #set(state: Polled<T>) {
    this.#state = state;
    for (const listener of this.#listeners) listener();
  }

  #schedule() {
    if (this.idle || document.visibilityState === 'hidden') return;
    this.#timer = setTimeout(() => void this.refresh(), this.#intervalMs);
  }

  #stop() {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#controller?.abort();
    this.#controller = undefined;
  }

  readonly #onVisibility = () => {
    if (document.visibilityState === 'hidden') this.#stop();
    else void this.refresh();
  };
}

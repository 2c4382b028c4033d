import { isAbort } from '../lib/errors';

/** What is known of something that is read again and again. Data stays while a later read fails. */
export interface Polled<T> {
  data?: T;
  /** Epoch milliseconds of the last good read. */
  refreshedAt?: number;
  /** Of the last read; cleared by the next good one. */
  error?: Error;
}

/** Tells which opaque topics changed, until the returned function is called. */
export type ChangeSource = (
  listener: (topics: readonly string[]) => void,
) => () => void;

/**
 * After a signal the data is read at once and again after this time: each replica of the backend signals what it saw
 * itself, and the one that answers may see the change later.
 */
export const ECHO_MS = 2_000;

/**
 * Reads on an interval while somebody watches and the page is visible. Watchers share one request; when the last one
 * leaves, the request under way is aborted. Where changes are told, data that has a topic is read when that is named,
 * and on the slower interval in case a signal is lost.
 */
export class PollingStore<T> {
  #state: Polled<T> = {};
  readonly #listeners = new Set<() => void>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #controller: AbortController | undefined;
  readonly #read: (signal: AbortSignal) => Promise<T>;
  readonly #intervalMs: number;
  readonly #toldIntervalMs: number;
  readonly #changes: ChangeSource | undefined;
  readonly #topicOf: (data: T) => string | undefined;
  #unsubscribe: (() => void) | undefined;
  #echo: ReturnType<typeof setTimeout> | undefined;
  /** Topics named while a read was under way, which may or may not have seen the change. */
  readonly #heard = new Set<string>();

  constructor(options: {
    read: (signal: AbortSignal) => Promise<T>;
    intervalMs: number;
    /** Between reads of data whose changes are told. Default: `intervalMs`. */
    toldIntervalMs?: number;
    changes?: ChangeSource;
    /** Topic of an answer; undefined where its changes are not told. */
    topicOf?: (data: T) => string | undefined;
  }) {
    this.#read = options.read;
    this.#intervalMs = options.intervalMs;
    this.#toldIntervalMs = options.toldIntervalMs ?? options.intervalMs;
    this.#changes = options.changes;
    this.#topicOf = options.topicOf ?? (() => undefined);
  }

  readonly getSnapshot = (): Polled<T> => this.#state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    if (this.#listeners.size === 1) {
      document.addEventListener('visibilitychange', this.#onVisibility);
      this.#unsubscribe = this.#changes?.(this.#onTopics);
      void this.refresh();
    }
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size === 0) {
        document.removeEventListener('visibilitychange', this.#onVisibility);
        this.#unsubscribe?.();
        this.#unsubscribe = undefined;
        this.#rest();
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
      if (controller.signal.aborted) return;
      if (!isAbort(error)) {
        this.#set({
          ...this.#state,
          error: error instanceof Error ? error : new Error(String(error)),
        });
      }
    }
    // A listener of the state may have begun the next read.
    if (this.#controller !== controller) return;
    this.#controller = undefined;
    this.#schedule();
    const topics = [...this.#heard];
    this.#heard.clear();
    this.#onTopics(topics);
  };

  #set(state: Polled<T>) {
    this.#state = state;
    for (const listener of this.#listeners) listener();
  }

  #schedule() {
    if (this.idle || document.visibilityState === 'hidden') return;
    this.#timer = setTimeout(
      () => void this.refresh(),
      this.#changes && this.#topic !== undefined
        ? this.#toldIntervalMs
        : this.#intervalMs,
    );
  }

  #stop() {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#controller?.abort();
    this.#controller = undefined;
  }

  /** Nobody looks: what happens meanwhile is read when somebody does. */
  #rest() {
    this.#stop();
    clearTimeout(this.#echo);
    this.#heard.clear();
  }

  get #topic(): string | undefined {
    const { data } = this.#state;
    return data === undefined ? undefined : this.#topicOf(data);
  }

  readonly #onTopics = (topics: readonly string[]) => {
    if (this.idle || document.visibilityState === 'hidden') return;
    // Signals that come faster than answers would abort every read.
    if (this.#controller) {
      topics.forEach(topic => this.#heard.add(topic));
      return;
    }
    if (this.#topic === undefined || !topics.includes(this.#topic)) return;
    clearTimeout(this.#echo);
    this.#echo = setTimeout(() => void this.refresh(), ECHO_MS);
    void this.refresh();
  };

  readonly #onVisibility = () => {
    if (document.visibilityState === 'hidden') this.#rest();
    else void this.refresh();
  };
}

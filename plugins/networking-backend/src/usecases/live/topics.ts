import { createHmac } from 'node:crypto';
import type { EntityFacts } from 'backstage-plugin-networking-common';

/** A tab reads again at least this often; a topic that nobody reads any more is forgotten. */
const KEPT_MS = 5 * 60_000;
/** Some hundred bytes each; the oldest make room. */
const MAX_TOPICS = 5_000;

/**
 * The topics under which changes are told: a keyed hash of what they are about, so that who overhears one learns nothing.
 * Only what was read a while ago can have a reader to be told.
 */
export class Topics {
  readonly #key: Buffer;
  readonly #now: () => number;
  readonly #read = new Map<
    string,
    { topic: string; facts: EntityFacts; at: number }
  >();

  constructor(options: { key: Buffer; now: () => number }) {
    this.#key = options.key;
    this.#now = options.now;
  }

  /** The topic of an entity's exposures, for the answer of an authorized read of them. */
  handOut(facts: EntityFacts): string {
    const known = this.#read.get(facts.ref);
    const topic = known?.topic ?? this.#topicOf(`exposures of ${facts.ref}`);
    // In the order of the last read, so that the oldest are first.
    this.#read.delete(facts.ref);
    this.#read.set(facts.ref, { topic, facts, at: this.#now() });
    for (const [ref, { at }] of this.#read) {
      const isOver = this.#read.size > MAX_TOPICS || this.#now() - at > KEPT_MS;
      if (!isOver) break;
      this.#read.delete(ref);
    }
    return topic;
  }

  /** The topic of every list of hosts. */
  get ofHosts(): string {
    return this.#topicOf('hosts');
  }

  /** What was handed out and may still have a reader. */
  handedOut(): { topic: string; facts: EntityFacts }[] {
    const now = this.#now();
    return [...this.#read.values()].filter(({ at }) => now - at <= KEPT_MS);
  }

  #topicOf(text: string): string {
    return createHmac('sha256', this.#key).update(text).digest('base64url');
  }
}

/** A power of two. A change copies one part in so many, and a list of as many. */
const SHARDS = 128;

/** As much of a map as readers need. Never changes once it was handed out. */
export interface SharedMapView<V> {
  readonly size: number;
  get(key: string): V | undefined;
  /** In no particular order. */
  values(): IterableIterator<V>;
}

type Shards<V> = (Map<string, V> | undefined)[];

class View<V> implements SharedMapView<V> {
  constructor(readonly shards: Shards<V>, readonly size: number) {}

  get(key: string): V | undefined {
    return this.shards[shardOf(key)]?.get(key);
  }

  *values(): IterableIterator<V> {
    for (const shard of this.shards) if (shard) yield* shard.values();
  }
}

/** FNV-1a, of which the lowest bits are as good as any. */
function shardOf(key: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < key.length; index++) {
    hash = Math.imul(hash ^ key.charCodeAt(index), 0x01000193);
  }
  return (hash ^ (hash >>> 16)) & (SHARDS - 1);
}

/**
 * A map whose state can be handed out at any time. What is handed out never changes, costs nothing, and makes the next
 * change of each shard copy that shard alone: readers and events come by turns all the time, and a copy of thousands of
 * entries for each would be what the process does most.
 */
export class SharedMap<V> {
  #shards: Shards<V> = new Array(SHARDS).fill(undefined);
  #size = 0;
  #frozen: View<V> | undefined;
  /** Shards that nobody else holds. */
  #own = new Set<Map<string, V>>();

  get size(): number {
    return this.#size;
  }

  get(key: string): V | undefined {
    return this.#shards[shardOf(key)]?.get(key);
  }

  values(): IterableIterator<V> {
    return this.freeze().values();
  }

  freeze(): SharedMapView<V> {
    if (!this.#frozen) {
      this.#frozen = new View(this.#shards, this.#size);
      this.#own.clear();
    }
    return this.#frozen;
  }

  set(key: string, value: V): void {
    const shard = this.#writable(shardOf(key));
    const before = shard.size;
    shard.set(key, value);
    this.#size += shard.size - before;
  }

  delete(key: string): void {
    const index = shardOf(key);
    if (!this.#shards[index]?.has(key)) return;
    this.#writable(index).delete(key);
    this.#size -= 1;
  }

  #writable(index: number): Map<string, V> {
    if (this.#frozen) {
      this.#shards = [...this.#shards];
      this.#frozen = undefined;
    }
    const shard = this.#shards[index];
    if (shard && this.#own.has(shard)) return shard;
    const copy = new Map(shard);
    this.#shards[index] = copy;
    this.#own.add(copy);
    return copy;
  }
}

import {
  unsafeUniformIntDistribution,
  xoroshiro128plus,
  type RandomGenerator,
} from 'pure-rand';

/** Numbers that a seed decides. */
export interface Random {
  /** A whole number from 0 up to, but not, `end`. */
  below(end: number): number;
  /** One of a list that is not empty. */
  of<T>(list: readonly T[]): T;
}

export function createRandom(seed: number): Random {
  const generator: RandomGenerator = xoroshiro128plus(seed);
  const below = (end: number) =>
    unsafeUniformIntDistribution(0, end - 1, generator);
  return { below, of: list => list[below(list.length)] };
}

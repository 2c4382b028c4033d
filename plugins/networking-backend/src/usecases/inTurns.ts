import { setImmediate as nextTurn } from 'node:timers/promises';

/** Some milliseconds of work, where each item takes a fraction of one. */
export const TURN = 25;

/** Maps a list some items at a time, so that other requests come between. */
export async function mapInTurns<T, R>(
  items: readonly T[],
  map: (item: T, index: number) => R,
  turn: number = TURN,
): Promise<R[]> {
  const mapped: R[] = [];
  for (let start = 0; start < items.length; start += turn) {
    if (start > 0) await nextTurn();
    const end = Math.min(start + turn, items.length);
    for (let index = start; index < end; index++) {
      mapped.push(map(items[index], index));
    }
  }
  return mapped;
}

import { setTimeout as pause } from 'node:timers/promises';

/**
 * Does something so many times at an even pace; where it takes longer, what is late follows at once.
 *
 * @returns when all of it is done
 */
export async function atPace(
  times: number,
  perSecond: number,
  act: () => Promise<unknown>,
): Promise<void> {
  const began = performance.now();
  for (let turn = 0; turn < times; turn++) {
    const wait = began + (turn * 1_000) / perSecond - performance.now();
    if (wait > 0) await pause(wait);
    await act();
  }
}

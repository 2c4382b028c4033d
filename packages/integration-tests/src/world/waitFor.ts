import { setTimeout as delay } from 'node:timers/promises';

/**
 * Asks until there is an answer. It never asserts how long something takes: the bound only ends a test that would
 * otherwise hang, and says what was seen last.
 *
 * @param what - Ends the sentence "Waited 90 s for …".
 * @param ask - Returns undefined, or throws, as long as there is no answer.
 */
export async function waitFor<T>(
  what: string,
  ask: () => Promise<T | undefined> | T | undefined,
  options: { boundMs?: number; intervalMs?: number } = {},
): Promise<T> {
  const { boundMs = 90_000, intervalMs = 100 } = options;
  const end = Date.now() + boundMs;
  let last: unknown;
  do {
    try {
      const answer = await ask();
      if (answer !== undefined) return answer;
      last = undefined;
    } catch (error) {
      last = error;
    }
    await delay(intervalMs);
  } while (Date.now() < end);
  const reason = last instanceof Error ? `: ${last.message}` : '';
  throw new Error(`Waited ${boundMs / 1000} s for ${what}${reason}`);
}

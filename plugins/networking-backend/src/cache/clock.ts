import { setTimeout as delay } from 'node:timers/promises';
import type { Clock } from './types';

/** The machine's own time. A sleep keeps no process alive. */
export const systemClock: Clock = {
  now: () => Date.now(),
  random: () => Math.random(),
  sleep: (milliseconds, signal) =>
    delay(milliseconds, undefined, { signal, ref: false }).catch(
      () => undefined,
    ),
};

/**
 * Lock files that name the process holding them, so that a lock outlives its holder by nothing.
 */
import {
  linkSync,
  mkdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { profileFolders, shared } from './checkout.mjs';
import { Failure } from './failure.mjs';
import { statOf } from './processes.mjs';

/** @returns {{ pid: number } | undefined} the process that holds a lock now */
export function holderOfLock(file) {
  let held;
  try {
    held = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
  return isAlive(held) ? held : undefined;
}

const isAlive = ({ pid, started }) => {
  const stat = statOf(pid);
  return stat !== undefined && stat.state !== 'Z' && stat.started === started;
};

/** @returns {{ pid: number } | undefined} who holds the lock, undefined where it is now this process */
export function takeLock(file) {
  mkdirSync(dirname(file), { recursive: true });
  const own = `${file}.${process.pid}`;
  const started = statOf(process.pid)?.started;
  writeFileSync(own, JSON.stringify({ pid: process.pid, started }));
  try {
    for (;;) {
      try {
        // A link appears whole or not at all.
        linkSync(own, file);
        process.once('exit', () => releaseLock(file));
        return undefined;
      } catch (error) {
        if (error.code !== 'EEXIST') {
          throw error;
        }
      }
      const holder = holderOfLock(file);
      if (holder) {
        return holder;
      }
      rmSync(file, { force: true });
    }
  } finally {
    rmSync(own, { force: true });
  }
}

/**
 * Lets one launcher at a time make a thing that all share; another waits and says for whom.
 *
 * @template T
 * @param {string} thing
 * @param {ReturnType<typeof import('./progress.mjs').createProgress>} progress
 * @param {() => Promise<T>} work
 * @param {string} [folder]
 * @returns {Promise<T>}
 */
export async function withLock(thing, progress, work, folder = shared.locks) {
  const file = join(folder, `${thing}.lock`);
  let waiting;
  let holder;
  while ((holder = takeLock(file))) {
    waiting ??= progress.step(
      `Waiting for process ${holder.pid}, which makes the same: ${thing}`,
    );
    await sleep(500);
  }
  waiting?.done();
  try {
    return await work();
  } finally {
    releaseLock(file);
  }
}

/** Gives back a lock if it is this process's: another may have taken it since. */
function releaseLock(file) {
  if (holderOfLock(file)?.pid === process.pid) {
    rmSync(file, { force: true });
  }
}

const runLock = profile => join(profileFolders(profile).dir, 'running.lock');

/** Only one run of a kind has the state folder of that kind. */
export function takeProfile(profile) {
  const holder = takeLock(runLock(profile));
  if (holder) {
    throw new Failure(
      `Another run (process ${holder.pid}) is using .local/${profile}.`,
      'Stop it with Ctrl-C and run this again.',
    );
  }
}

/** @param {string[]} profiles */
export function requireNothingRuns(profiles) {
  for (const profile of profiles) {
    const holder = holderOfLock(runLock(profile));
    if (holder) {
      throw new Failure(
        `Process ${holder.pid} is using .local/${profile}.`,
        'Stop it with Ctrl-C and run this again.',
      );
    }
  }
}

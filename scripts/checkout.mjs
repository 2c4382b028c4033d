/**
 * Where things lie: the checkout, and the one ignored folder that holds all state.
 */
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Everything that the launcher makes outside `node_modules` and `dist`, and that `npm run reset` empties. */
export const stateDir = join(root, '.local');

/** Made once, under a lock, and shared by all kinds of runs. */
export const shared = {
  servers: join(stateDir, 'servers'),
  stamps: join(stateDir, 'stamps'),
  compileCache: join(stateDir, 'compile-cache'),
  locks: join(stateDir, 'locks'),
};

/** The kinds of runs; each keeps its state apart, so that a test can run beside a start. */
export const profiles = [
  'start',
  'start-cilium',
  'test',
  'check',
  'bench',
  'own-cluster',
];

/** @param {string} profile one of `profiles` */
export function profileFolders(profile) {
  const dir = join(stateDir, profile);
  return { dir, logs: join(dir, 'logs'), platform: join(dir, 'platform') };
}

/**
 * Folders for what only their owner may read.
 */
import { chmodSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Of a process: what it creates is readable and writable for its owner alone. */
export const PRIVATE_UMASK = 0o077;

/**
 * Makes a folder that only its owner may open, and takes the rights of others from the files in it, whoever made them.
 *
 * @param {string} folder
 */
export function makePrivateFolder(folder) {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  chmodSync(folder, 0o700);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.isFile()) {
      chmodSync(join(folder, entry.name), 0o600);
    }
  }
}

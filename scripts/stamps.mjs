/**
 * Remembers from which inputs something was made, so that it is made again only when they change.
 */
import { createHash } from 'node:crypto';
import {
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join, relative } from 'node:path';

import { shared } from './checkout.mjs';

export function createStamps(folder = shared.stamps) {
  const file = name => join(folder, name);
  return {
    /** Whether `name` was last made from exactly this key. */
    matches(name, key) {
      try {
        return readFileSync(file(name), 'utf8') === key;
      } catch {
        return false;
      }
    },
    set(name, key) {
      mkdirSync(folder, { recursive: true });
      writeFileSync(file(name), key);
    },
    /** To be called before making it again: an interrupted run then leaves no stamp behind. */
    clear(name) {
      rmSync(file(name), { force: true });
    },
  };
}

/**
 * One hash over strings and files; a file counts with its path and content, an absent one as absent.
 *
 * @param {{ base: string, files: Iterable<string>, strings?: string[] }} input
 */
export function hashOf({ base, files, strings = [] }) {
  const hash = createHash('sha256');
  for (const text of strings) {
    hash.update(`string ${text.length}\n${text}\n`);
  }
  for (const file of [...files].sort()) {
    hash.update(`file ${relative(base, file)}\n`);
    try {
      hash.update(createHash('sha256').update(readFileSync(file)).digest());
    } catch (error) {
      if (error.code !== 'ENOENT') {
        throw error;
      }
      hash.update('absent');
    }
  }
  return hash.digest('hex');
}

/**
 * All files under a folder.
 *
 * @param {(name: string) => boolean} skip by the name of a file or folder
 */
export function filesUnder(folder, skip = () => false) {
  let entries;
  try {
    entries = readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    if (error.code === 'ENOENT') {
      return [];
    }
    throw error;
  }
  return entries
    .filter(entry => !skip(entry.name))
    .flatMap(entry =>
      entry.isDirectory()
        ? filesUnder(join(folder, entry.name), skip)
        : [join(folder, entry.name)],
    );
}

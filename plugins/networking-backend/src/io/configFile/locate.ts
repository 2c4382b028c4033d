import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

const FILE_NAME = 'config.toml';

/**
 * The configured path, relative to the working directory, whether or not a file
 * is there; else the nearest config.toml upwards from the working directory.
 */
export function locateConfigFile(options: {
  configured?: string;
  cwd?: string;
}): string | undefined {
  const { configured, cwd = process.cwd() } = options;
  if (configured) return resolve(cwd, configured);
  for (let folder = resolve(cwd); ; folder = dirname(folder)) {
    const candidate = join(folder, FILE_NAME);
    if (existsSync(candidate)) return candidate;
    if (folder === dirname(folder)) return undefined;
  }
}

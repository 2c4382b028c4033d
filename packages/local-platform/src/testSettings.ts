import { InputError } from '@backstage/errors';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CONFIG_FILE } from './localSettings';
import { freePort } from './processes/ports';

/** The keys of config.toml that name a port, by the listener that they lead to. */
const KEYS = {
  http: ['nodeport_http', 'http_port'],
  https: ['nodeport_https', 'public_https_port', 'https_port'],
} as const;

/** A config.toml in which every port of one listener is another. */
function withPort(text: string, listener: keyof typeof KEYS, port: number) {
  return KEYS[listener].reduce((changed, key) => {
    const line = new RegExp(`^(${key} *= *)\\d+ *$`, 'm');
    if (line.test(changed)) return changed.replace(line, `$1${port}`);
    throw new InputError(
      `config.toml has no line for ${key}, so the tests cannot give the gateway a port of their own: write the line, or change src/testSettings.ts.`,
    );
  }, text);
}

/**
 * Writes the shipped config.toml with free ports for the gateway, so that what is tested with it runs beside `npm start`.
 *
 * @param folder - Made where it is missing.
 * @returns the path of the file, `config.toml` in that folder
 * @throws InputError where the shipped file leaves a port to its default
 * @public
 */
export async function writeTestSettings(folder: string): Promise<string> {
  const http = await freePort();
  let https = await freePort();
  while (https === http) https = await freePort();
  const shipped = await readFile(CONFIG_FILE, 'utf8');
  const file = join(folder, 'config.toml');
  await mkdir(folder, { recursive: true });
  await writeFile(
    file,
    withPort(withPort(shipped, 'http', http), 'https', https),
  );
  return file;
}

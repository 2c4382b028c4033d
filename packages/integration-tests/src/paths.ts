import { isAbsolute, resolve } from 'node:path';

/** Root of the checkout. */
// eslint-disable-next-line no-restricted-syntax -- runs from its sources only, so that the folder is where it is written
export const REPOSITORY = resolve(__dirname, '../../..');

/** The folder or file that an environment variable names, relative to the checkout; `fallback` where it is not set. */
export function pathFrom(variable: string, fallback: string): string {
  const value = process.env[variable] || fallback;
  return isAbsolute(value) ? value : resolve(REPOSITORY, value);
}

/**
 * Programs of the local platform: the folder that `NETWORKING_BIN_DIR` names.
 *
 * @throws Error where it is not set.
 */
export const binDir = () =>
  programsFrom('NETWORKING_BIN_DIR', 'kube-apiserver');

/**
 * Cilium's Gateway controllers: the folder that `NETWORKING_CILIUM_DIR` names.
 *
 * @throws Error where it is not set.
 */
export const ciliumDir = () =>
  programsFrom('NETWORKING_CILIUM_DIR', 'cilium-gateway');

function programsFrom(variable: string, program: string): string {
  const value = process.env[variable];
  if (!value) {
    throw new Error(
      `${variable} is not set. Run \`npm test\`, or set it to the folder under .local/servers that holds a built ${program}.`,
    );
  }
  return resolve(REPOSITORY, value);
}

/**
 * The environment of everything the launcher starts: what npm and Yarn set for their own scripts is taken out, because it
 * reaches node-gyp, Yarn and Backstage otherwise, and so is what would point them at a cluster or a config nobody named.
 */
import { delimiter, join } from 'node:path';

const REGISTRY_SETTING =
  /^npm_config_(registry|@.+:registry|\/\/.+|cafile|ca|cert|key|proxy|https_proxy|noproxy|strict_ssl|userconfig|globalconfig)$/i;

const DROPPED = new Set([
  'NODE',
  'INIT_CWD',
  'PROJECT_CWD',
  'BERRY_BIN_FOLDER',
  'YARN_IGNORE_PATH',
  'NODE_ENV',
  'NODE_TEST_CONTEXT',
  'KUBECONFIG',
]);

const isDropped = name =>
  DROPPED.has(name) ||
  name.startsWith('APP_CONFIG_') ||
  name.startsWith('NETWORKING_') ||
  (/^npm_/i.test(name) && !REGISTRY_SETTING.test(name));

/**
 * @param {NodeJS.ProcessEnv} env
 * @param {string} [nodeHome] a Node distribution: its `bin` goes first in PATH, its headers are what node-gyp builds against
 */
export function cleanEnvironment(env, nodeHome) {
  const clean = {};
  for (const [name, value] of Object.entries(env)) {
    if (value !== undefined && !isDropped(name)) {
      clean[name] = value;
    }
  }
  const inherited = (env.PATH ?? '')
    .split(delimiter)
    .filter(
      entry =>
        entry !== '' &&
        entry !== env.BERRY_BIN_FOLDER &&
        !/node_modules[\\/]\.bin[\\/]?$|node-gyp-bin[\\/]?$/.test(entry),
    );
  clean.PATH = (
    nodeHome ? [join(nodeHome, 'bin'), ...inherited] : inherited
  ).join(delimiter);
  if (nodeHome) {
    clean.npm_config_nodedir = nodeHome;
  }
  return clean;
}

/**
 * What can be known to be missing before anything is begun.
 */
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { userInfo } from 'node:os';

import { root, stateDir } from './checkout.mjs';
import { Failure } from './failure.mjs';

/** How to get each program that is needed before the launcher brings its own. */
const TOOLS = {
  npm: 'Install it (on Debian: apt-get install npm)',
  tar: 'Install it (on Debian: apt-get install tar)',
  setpriv: 'Install it (on Debian: apt-get install util-linux)',
  kubectl: 'Install kubectl (https://kubernetes.io/docs/tasks/tools/#kubectl)',
  python3:
    'Install Python 3.11 or newer with pip (on Debian: apt-get install python3 python3-venv)',
  go: 'Install Go 1.26 or newer from https://go.dev/dl/ and put its bin folder on the PATH',
};

export function requireNode(version = process.versions.node) {
  if (Number(version.split('.')[0]) < 20) {
    throw new Failure(
      `This is Node ${version}, and the launcher needs Node 20 or newer.`,
      'Install Node 20 and run this again.',
    );
  }
}

/** @param {string} [platform] */
export function requireLinux(platform = process.platform) {
  if (platform !== 'linux') {
    throw new Failure(
      'The local platform needs Linux, because its Services are addresses all over the loopback range.',
      [
        'Use a cluster of your own instead, made with kind or k3d:',
        '  kind create cluster --name networking          # context kind-networking',
        '  k3d cluster create networking                  # context k3d-networking',
        '  npm start -- --kubeconfig ~/.kube/config --context kind-networking',
      ].join('\n'),
    );
  }
}

/** @param {string} [folder] the checkout */
export function requireWritable(folder = root, state = stateDir) {
  const needed = [
    folder,
    state,
    join(folder, 'node_modules'),
    join(folder, 'packages', 'app'),
    join(folder, 'packages', 'app', 'dist'),
  ];
  const refused = needed.find(path => existsSync(path) && !isWritable(path));
  if (refused) {
    throw new Failure(
      `${refused} cannot be written by user ${userName()}.`,
      `Give it to that user (chown -R), or clone the repository into a folder of your own, then run this again.`,
    );
  }
}

function isWritable(path) {
  try {
    accessSync(path, constants.W_OK | constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function userName() {
  try {
    return userInfo().username;
  } catch {
    return String(process.getuid?.());
  }
}

/**
 * @param {(keyof typeof TOOLS)[]} names
 * @param {NodeJS.ProcessEnv} [env]
 */
export function requireTools(names, env = process.env) {
  const folders = (env.PATH ?? '').split(delimiter);
  for (const name of names) {
    if (!folders.some(folder => folder && existsSync(join(folder, name)))) {
      throw new Failure(
        `The program ${name} is not on the PATH.`,
        `${TOOLS[name]}, then run this again.`,
      );
    }
  }
}

/**
 * Node 24, which Backstage needs and Debian 12 lacks, from the npm registry: the package holds the program and the headers
 * that native modules are built against.
 */
import { dirname, join } from 'node:path';

import { stateDir } from './checkout.mjs';
import { Failure } from './failure.mjs';
import { providePackage } from './npm-package.mjs';

const VERSION = '24.21.0';

/** sha512 of the packages, as the registry publishes it. */
const INTEGRITY = {
  'linux-x64':
    '3nULszZ5X0fciYpG0t6TrdApJzAn8+FlINP6OiMX7V8HrvpATPN936U1LlReOJriLRa4e8yEqQBYCnLyPNAs7Q==',
  'linux-arm64':
    'FpJRPEz2OvvTLfjIOlNGFY9JLPMKgl5m+d4oGYBLg24kJ1mmvN1Zl/HPJgF4HDaJ51ISev1l1cRZ/DM+keXW5g==',
};

/**
 * The home of a Node that runs Backstage, fetched where it is not there yet. There is no such package for other systems:
 * there, the Node that runs this has to do.
 *
 * @param {{
 *   processes: import('./processes.mjs').Processes,
 *   progress: ReturnType<typeof import('./progress.mjs').createProgress>,
 * }} options
 * @returns {Promise<string>} the folder that holds `bin/node`
 */
export async function provideNode(options) {
  const target = `${process.platform}-${process.arch}`;
  const integrity = INTEGRITY[target];
  if (!integrity) {
    return ownNode(target);
  }
  const home = join(stateDir, `node-${target}-${VERSION}`);
  await providePackage({
    ...options,
    spec: `node-${target}@${VERSION}`,
    title: `Node ${VERSION}`,
    size: '52 MB',
    integrity,
    home,
    program: join('bin', 'node'),
  });
  return home;
}

function ownNode(target) {
  const major = Number(process.versions.node.split('.')[0]);
  if (major !== 22 && major !== 24) {
    throw new Failure(
      `Backstage runs on Node 22 or 24, this is ${process.version}, and there is no package of Node 24 for ${target} to fetch.`,
      `Install Node 24 and run this again with it.`,
    );
  }
  return dirname(dirname(process.execPath));
}

/** @param {string} home */
export const nodeProgram = home => join(home, 'bin', 'node');

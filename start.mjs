/**
 * `npm start`: from a fresh clone to a component that answers behind a verified certificate, or Backstage against a
 * cluster of one's own.
 */
import { launch } from './scripts/lifecycle.mjs';
import { parseStartArguments } from './scripts/start-arguments.mjs';
import { startLocalPlatform } from './scripts/start-local.mjs';
import { startOwnCluster } from './scripts/start-own-cluster.mjs';

launch(async launcher => {
  const options = parseStartArguments(process.argv.slice(2));
  return options.kubeconfig
    ? startOwnCluster(launcher, options)
    : startLocalPlatform(launcher, options);
});

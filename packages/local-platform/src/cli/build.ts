/**
 * Builds the programs of the local platform: `build.ts --cache DIR [--module servers|cilium]`, by default the servers. Needs
 * nothing but Node, so that it can run while the packages are installed. Prints progress lines and, last, the event `built`
 * with `binDir`.
 */
import { resolve } from 'node:path';
import { buildCilium, buildServers } from '../build/buildServers';
import { parseArgs, UsageError } from './args';
import { createProgressPrinter, describeError, printEvent } from './output';

async function main() {
  const args = parseArgs(process.argv.slice(2), ['cache', 'module'], ['cache']);
  const { module = 'servers' } = args;
  if (module !== 'servers' && module !== 'cilium') {
    throw new UsageError(`--module is ${module}: use servers or cilium.`);
  }
  const build = module === 'cilium' ? buildCilium : buildServers;
  const interrupted = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => interrupted.abort());
  }
  const { binDir, built } = await build({
    cacheDir: resolve(args.cache),
    onProgress: createProgressPrinter(),
    signal: interrupted.signal,
  });
  printEvent({ event: 'built', binDir, built });
}

main().catch(error => {
  process.stderr.write(`${describeError(error)}\n`);
  process.exitCode = 1;
});

/**
 * Builds the servers of the local platform: `build.ts --cache DIR`. Needs nothing but Node, so that it can run while the
 * packages are installed. Prints progress lines and, last, the event `built` with `binDir`.
 */
import { resolve } from 'node:path';
import { buildServers } from '../build/buildServers';
import { parseArgs } from './args';
import { createProgressPrinter, describeError, printEvent } from './output';

async function main() {
  const args = parseArgs(process.argv.slice(2), ['cache'], ['cache']);
  const interrupted = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => interrupted.abort());
  }
  const { binDir, built } = await buildServers({
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

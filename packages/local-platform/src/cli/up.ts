/**
 * Starts the local platform and stays: `up.ts --state DIR (--bin DIR | --cache DIR) [--config FILE] [--profile start|test]`.
 * With `--cache` the servers are built first where they are not there yet.
 *
 * Prints progress lines and, when the platform answers, the event `ready` with what is needed to talk to it. Ends on
 * SIGINT, SIGTERM, SIGHUP, and when standard input is a pipe and closes; exit code 0 when it was asked to end, 1 when a
 * step or a server failed. A pipe on standard input also takes commands, a line each: `stop NAME` and `start NAME` for a
 * demo service, answered by the event `workload`, and `exit`.
 */
import { fstatSync } from 'node:fs';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { buildServers } from '../build/buildServers';
import { startPlatform } from '../startPlatform';
import type { Platform } from '../types';
import { parseArgs, UsageError } from './args';
import {
  createProgressPrinter,
  describeError,
  printEvent,
  printLine,
} from './output';

const NAMES = ['state', 'bin', 'cache', 'config', 'profile'] as const;

function readOptions(argv: readonly string[]) {
  const args = parseArgs(argv, NAMES, ['state']);
  const { profile = 'start' } = args;
  if (profile !== 'start' && profile !== 'test') {
    throw new UsageError(`--profile is ${profile}: use start or test.`);
  }
  if (!args.bin === !args.cache) {
    throw new UsageError('Give one of --bin and --cache.');
  }
  return { ...args, profile } as const;
}

async function runCommand(platform: Platform, line: string) {
  const [verb, name = ''] = line.trim().split(/\s+/);
  if (verb !== 'start' && verb !== 'stop') {
    throw new UsageError(`Unknown command ${verb}: use start, stop or exit.`);
  }
  await platform.workloads[verb](name);
  printEvent({ event: 'workload', name, running: verb === 'start' });
}

/** Whoever holds the other end of a pipe says by closing it, or by dying, that the platform is not needed any more. */
function listenToStdin(ask: (line: string) => void, end: () => void) {
  const stdin = fstatSync(0);
  if (!stdin.isFIFO() && !stdin.isSocket()) return;
  const lines = createInterface({ input: process.stdin });
  lines.on('line', ask);
  lines.on('close', end);
}

async function main() {
  const ending = new AbortController();
  const end = () => ending.abort();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, end);
  }
  let platform: Platform | undefined;
  listenToStdin(line => {
    if (line.trim() === 'exit') end();
    else if (line.trim() && platform) {
      runCommand(platform, line).catch(error =>
        printEvent({ event: 'error', message: describeError(error) }),
      );
    }
  }, end);

  const options = readOptions(process.argv.slice(2));
  const onProgress = createProgressPrinter();
  let failure: Error | undefined;
  try {
    const binDir =
      options.bin ??
      (
        await buildServers({
          cacheDir: resolve(options.cache!),
          onProgress,
          signal: ending.signal,
        })
      ).binDir;
    platform = await startPlatform({
      stateDir: options.state,
      binDir,
      profile: options.profile,
      configFile: options.config,
      logger: printLine,
      onProgress,
      onFailure(error) {
        failure = error;
        end();
      },
      signal: ending.signal,
    });
    printEvent({
      event: 'ready',
      pid: process.pid,
      apiServer: platform.apiServer,
      kubeconfigFile: platform.kubeconfigFile,
      auditLogFile: platform.auditLogFile,
      gateway: platform.gateway,
      dnsSuffix: platform.settings.network.dnsSuffix,
      backendToken: platform.backendToken,
      servers: platform.servers(),
    });
    if (!ending.signal.aborted) {
      await new Promise(done => {
        ending.signal.addEventListener('abort', done, { once: true });
      });
    }
  } catch (error) {
    if (!ending.signal.aborted) failure = error as Error;
  }
  await platform?.stop();
  if (failure) {
    process.stderr.write(`${describeError(failure)}\n`);
    process.exitCode = 1;
  }
  process.stdin.destroy();
}

main().catch(error => {
  process.stderr.write(`${describeError(error)}\n`);
  process.exit(1);
});

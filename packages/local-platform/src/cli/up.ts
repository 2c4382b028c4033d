/**
 * Starts the local platform and stays: `up.ts --state DIR (--bin DIR [--cilium DIR] | --cache DIR) [--config FILE]
 * [--profile start|test]`. With `--cache` the servers, and Cilium's controllers where the settings name them, are built first
 * where they are not there yet.
 *
 * Prints progress lines and, when the platform answers, the event `ready` with what is needed to talk to it. Ends on
 * SIGINT, SIGTERM, SIGHUP, and when standard input is a pipe and closes; exit code 0 when it was asked to end, 1 when a
 * step or a server failed. A pipe on standard input also takes commands, a line each: `stop NAME` and `start NAME` for a
 * demo service, answered by the event `workload`, and `exit`.
 */
import { fstatSync } from 'node:fs';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import type { BuildOptions } from '../build/buildModule';
import { buildCilium, buildServers } from '../build/buildServers';
import { gatewayFor } from '../gateways';
import type { ProgramDirs } from '../gateways';
import { CONFIG_FILE, readLocalSettings } from '../localSettings';
import { startPlatform } from '../startPlatform';
import type { Platform } from '../types';
import { parseArgs, UsageError } from './args';
import {
  createProgressPrinter,
  describeError,
  printEvent,
  printLine,
} from './output';

const NAMES = ['state', 'bin', 'cilium', 'cache', 'config', 'profile'] as const;

function readOptions(argv: readonly string[]) {
  const args = parseArgs(argv, NAMES, ['state']);
  const { profile = 'start' } = args;
  if (profile !== 'start' && profile !== 'test') {
    throw new UsageError(`--profile is ${profile}: use start or test.`);
  }
  if (!args.bin === !args.cache) {
    throw new UsageError('Give one of --bin and --cache.');
  }
  if (args.cilium && !args.bin) {
    throw new UsageError('Give --cilium only beside --bin.');
  }
  return { ...args, profile } as const;
}

async function findPrograms(
  { bin, cilium, cache, config }: ReturnType<typeof readOptions>,
  steps: Pick<BuildOptions, 'onProgress' | 'signal'>,
): Promise<ProgramDirs> {
  if (bin) return { binDir: bin, ciliumDir: cilium };
  const gateway = gatewayFor(await readLocalSettings(config ?? CONFIG_FILE));
  const build = { ...steps, cacheDir: resolve(cache!) };
  const { binDir } = await buildServers(build);
  if (gateway.name !== 'cilium') return { binDir };
  return { binDir, ciliumDir: (await buildCilium(build)).binDir };
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
    platform = await startPlatform({
      stateDir: options.state,
      ...(await findPrograms(options, {
        onProgress,
        signal: ending.signal,
      })),
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

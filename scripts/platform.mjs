/**
 * The local platform as a process, by the command that packages/local-platform has for it.
 */
import { root } from './checkout.mjs';
import { typeScriptCommand, typeScriptEnvironment } from './backstage.mjs';
import { Failure } from './failure.mjs';
import { lastWords, readPlatformLine } from './platform-output.mjs';

/** Servers are stopped one after the other, each with some seconds to close its files. */
const STOP_WITHIN_MS = 60_000;

/**
 * Starts the platform and waits until it is ready.
 *
 * @param {{
 *   nodeHome: string,
 *   processes: import('./processes.mjs').Processes,
 *   progress: ReturnType<typeof import('./progress.mjs').createProgress>,
 *   binDir: string,
 *   ciliumDir?: string,
 *   configFile: string,
 *   stateDir: string,
 *   logFile: string,
 * }} options
 */
export async function startPlatform(options) {
  const { nodeHome, processes, progress, stateDir, logFile } = options;
  const { binDir, ciliumDir, configFile } = options;
  const step = progress.step('Starting the local platform');
  let announce;
  const ready = new Promise(resolve => (announce = resolve));
  const child = processes.start(
    'The local platform',
    ...typeScriptCommand(
      nodeHome,
      'packages/local-platform/src/cli/up.ts',
      '--state',
      stateDir,
      '--bin',
      binDir,
      ...(ciliumDir ? ['--cilium', ciliumDir] : []),
      '--config',
      configFile,
    ),
    {
      cwd: root,
      env: typeScriptEnvironment(nodeHome),
      logFile,
      graceMs: STOP_WITHIN_MS,
      // It holds tokens.
      isUnlogged: line => readPlatformLine(line).event?.event === 'ready',
      onLine(line) {
        const { event, at } = readPlatformLine(line);
        if (event?.event === 'ready') {
          announce(event);
        } else if (at) {
          step.update(at);
        }
      },
    },
  );
  const event = await Promise.race([ready, child.exited.then(() => undefined)]);
  if (!event) {
    step.fail();
    throw new Failure(
      lastWords(child.tail()) || 'The local platform stopped while it started.',
      '',
      { logFile },
    );
  }
  step.done();
  return {
    apiServer: event.apiServer,
    backendToken: event.backendToken,
    process: child,
  };
}

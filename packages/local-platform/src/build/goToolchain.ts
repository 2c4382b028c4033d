import { execFile } from 'node:child_process';

/** What `go env` says, as far as it decides whether the servers can be built. */
export interface GoEnvironment {
  /** `go1.26.8`, or `devel go1.27-…`. */
  GOVERSION: string;
  /** `local`, `auto`, `path`, `go1.26.0+auto`, … */
  GOTOOLCHAIN: string;
}

/** The servers cannot be built here; the message is one sentence for a person, with the remedy. */
export class GoToolchainError extends Error {
  override name = 'GoToolchainError';
}

type Version = [major: number, minor: number, patch: number];

/** Reads `go1.26.8`, `1.26.0`, `go1.27rc1` and `devel go1.27-abc`; undefined where there is no version. */
export function parseGoVersion(text: string): Version | undefined {
  const match = /(?:^|\s|go)(\d+)\.(\d+)(?:\.(\d+))?/.exec(text);
  return match
    ? [Number(match[1]), Number(match[2]), Number(match[3] ?? 0)]
    : undefined;
}

function atLeast(version: Version, wanted: Version): boolean {
  for (let i = 0; i < 3; i++) {
    if (version[i] !== wanted[i]) return version[i] > wanted[i];
  }
  return true;
}

/** The version of the `go` line of a go.mod file. */
export function requiredGoVersion(goMod: string): string {
  const line = /^go\s+(\S+)\s*$/m.exec(goMod);
  if (!line) throw new GoToolchainError('The go.mod file has no go line.');
  return line[1];
}

/** Since 1.21 the go command fetches the toolchain that a module asks for, unless GOTOOLCHAIN forbids it. */
const FIRST_THAT_FETCHES: Version = [1, 21, 0];

/**
 * Decides whether this Go can build a module that asks for `required`.
 * @throws GoToolchainError with the remedy.
 */
export function checkGo(go: GoEnvironment, required: string): void {
  const have = parseGoVersion(go.GOVERSION);
  const want = parseGoVersion(required);
  if (!have || !want) {
    throw new GoToolchainError(
      `The version of Go is not understood (${go.GOVERSION}): install Go ${required} or newer.`,
    );
  }
  if (atLeast(have, want)) return;
  const version = have.join('.');
  if (!atLeast(have, FIRST_THAT_FETCHES)) {
    throw new GoToolchainError(
      `Go ${version} is too old for the local platform: install Go ${required} or newer.`,
    );
  }
  const mayFetch =
    /(^|\+)(auto|path)$/.test(go.GOTOOLCHAIN) || go.GOTOOLCHAIN === '';
  if (!mayFetch) {
    throw new GoToolchainError(
      `Go ${version} is older than the ${required} that the local platform needs and GOTOOLCHAIN=${go.GOTOOLCHAIN} forbids it to fetch a newer one: install Go ${required}, or set GOTOOLCHAIN=auto.`,
    );
  }
}

/**
 * The environment in which every Go command runs: settings that would build for another machine or from another
 * module are dropped, everything else (proxy, cache folders) is the user's.
 */
export function goEnv(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const own: NodeJS.ProcessEnv = { ...env };
  for (const name of [
    'GOOS',
    'GOARCH',
    'GOARM',
    'GO111MODULE',
    'GOEXPERIMENT',
  ]) {
    delete own[name];
  }
  own.GOWORK = 'off';
  return own;
}

/** Runs `go env` outside of any module, so that the toolchain that is installed answers. */
export async function readGoEnvironment(
  env: NodeJS.ProcessEnv,
): Promise<GoEnvironment> {
  const stdout = await new Promise<string>((resolve, reject) => {
    execFile(
      'go',
      ['env', '-json', 'GOVERSION', 'GOTOOLCHAIN'],
      { cwd: '/', env: goEnv(env) },
      (error, out, stderr) => {
        if (!error) resolve(out);
        else if (error.code === 'ENOENT') {
          reject(
            new GoToolchainError(
              'Go is not installed, and the local platform builds its servers with it: install Go 1.26 or newer and put it on PATH, or give a cluster of your own with `npm start -- --kubeconfig F --context C`.',
            ),
          );
        } else {
          reject(
            new GoToolchainError(
              `The installed Go does not run (${
                stderr.trim() || error.message
              }): repair or reinstall Go 1.26 or newer.`,
            ),
          );
        }
      },
    );
  });
  return JSON.parse(stdout);
}

import { createHash } from 'node:crypto';
import {
  access,
  copyFile,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  realpath,
  rename,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { join } from 'node:path';
import { isAlive } from '../processes/procfs';
import type { ProgressListener } from '../progress';
import { createBuildCounter } from './buildOutput';
import { downloadModule, runGo } from './goCommand';
import {
  checkGo,
  parseGoVersion,
  readGoEnvironment,
  requiredGoVersion,
} from './goToolchain';
import { checkHost, HostError } from './host';
import { linkerFlags } from './programs';
import type { GoModule } from './programs';

/** How often progress is reported while a step says nothing, in milliseconds. */
const TICK_MS = 1000;

/** @public */
export interface BuildOptions {
  /** Folder of the Go module. Default: the one of this package. */
  moduleDir?: string;
  /** Folder that keeps one folder of programs for each version of a module. Made where it is missing. */
  cacheDir: string;
  onProgress?: ProgressListener;
  /** Default: that of this process. `KUBEBUILDER_ASSETS` names a folder with kube-apiserver and etcd, which are then not built. */
  env?: NodeJS.ProcessEnv;
  signal?: AbortSignal;
}

/** @public */
export interface BuildResult {
  /** Folder with the programs and, under `crds/`, the CRDs. */
  binDir: string;
  /** False where it was there already. */
  built: boolean;
}

const exists = (path: string) =>
  access(path).then(
    () => true,
    () => false,
  );

/** The folder of `KUBEBUILDER_ASSETS`, checked; undefined where nothing of the module may come from there. */
async function findAssets({ programs }: GoModule, env: NodeJS.ProcessEnv) {
  const folder = env.KUBEBUILDER_ASSETS;
  const given = programs.filter(program => program.inKubebuilderAssets);
  if (!folder || given.length === 0) return undefined;
  for (const { name } of given) {
    if (!(await exists(join(folder, name)))) {
      throw new HostError(
        `KUBEBUILDER_ASSETS names ${folder}, which holds no ${name}: point it at a folder with kube-apiserver and etcd, or unset it.`,
      );
    }
  }
  return realpath(folder);
}

/** Begins the name of a folder in which a build is under way; its process id follows. */
const STAGING = 'building-';

/** A build that was killed could not remove its half gigabyte. */
async function removeAbandoned(cacheDir: string) {
  for (const name of await readdir(cacheDir)) {
    const pid = Number(/^building-(\d+)-/.exec(name)?.[1]);
    if (pid && !isAlive(pid)) {
      await rm(join(cacheDir, name), { recursive: true, force: true });
    }
  }
}

/** Changes with everything that the programs are made from. */
async function keyOf(
  module: GoModule,
  moduleDir: string,
  goVersion: string,
  assets: string | undefined,
): Promise<string> {
  const hash = createHash('sha256');
  const own: string[] = [];
  for (const folder of module.sources) {
    const entries = await readdir(join(moduleDir, folder), {
      withFileTypes: true,
    });
    const files = entries.filter(entry => entry.isFile());
    own.push(...files.map(({ name }) => join(folder, name)).sort());
  }
  for (const file of new Set(['go.mod', 'go.sum', ...own])) {
    hash.update(`${file}\0`).update(await readFile(join(moduleDir, file)));
  }
  const goMod = await readFile(join(moduleDir, 'go.mod'), 'utf8');
  hash.update(
    JSON.stringify({
      goVersion,
      flags: linkerFlags(goMod),
      crds: module.crdSources(goMod),
      arch: process.arch,
    }),
  );
  if (assets) {
    for (const { name, inKubebuilderAssets } of module.programs) {
      if (!inKubebuilderAssets) continue;
      const { mtimeMs, size } = await stat(join(assets, name));
      hash.update(`${join(assets, name)} ${mtimeMs} ${size}\0`);
    }
  }
  return `${module.keyPrefix}${hash.digest('hex').slice(0, 16)}`;
}

/** The steps below share this much. */
interface Step {
  module: GoModule;
  moduleDir: string;
  env: NodeJS.ProcessEnv;
  signal?: AbortSignal;
  report(what: string, done?: number, of?: number): void;
}

/**
 * Reports at once and then every second what `describe` says, so that a person sees time pass where nothing is printed.
 */
async function withTicks<T>(
  describe: () => Promise<void> | void,
  work: () => Promise<T>,
): Promise<T> {
  await describe();
  const timer = setInterval(describe, TICK_MS);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}

/** Flags on which the build cache depends: listing and building have to agree on them. */
const buildFlags = (goMod: string) => [
  '-mod=readonly',
  '-trimpath',
  '-buildvcs=false',
  `-ldflags=${linkerFlags(goMod)}`,
];

/** Fetches the modules and says which packages are not in Go's build cache yet. */
async function listStale(
  step: Step,
  goMod: string,
  packages: string[],
): Promise<number> {
  const count = createBuildCounter();
  const what = () =>
    count.modules
      ? step.report('Fetching Go modules', count.modules)
      : step.report('Looking up what has to be compiled');
  const stdout = await withTicks(what, () =>
    runGo({
      args: [
        'list',
        ...buildFlags(goMod),
        '-deps',
        '-f',
        '{{if .Stale}}{{.ImportPath}}{{end}}',
        ...packages,
      ],
      cwd: step.moduleDir,
      env: step.env,
      signal: step.signal,
      onLine: line => count.line(line),
    }),
  );
  return stdout.split('\n').filter(Boolean).length;
}

async function compile(
  step: Step,
  goMod: string,
  packages: string[],
  outDir: string,
) {
  const stale = await listStale(step, goMod, packages);
  const count = createBuildCounter();
  const describe = async () => {
    const linked = (await readdir(outDir)).length;
    // Programs count as stale until they are linked, whether or not they are compiled.
    if (linked > 0 || count.packages >= stale - packages.length) {
      step.report(`Linking ${step.module.what}`, linked, packages.length);
    } else {
      step.report(`Compiling ${step.module.what}`, count.packages, stale);
    }
  };
  await withTicks(describe, () =>
    runGo({
      // A compiler outlives a killed `go`, so each gets a parent-death signal of its own.
      args: [
        'build',
        ...buildFlags(goMod),
        '-v',
        '-toolexec=setpriv --pdeathsig KILL',
        '-o',
        `${outDir}/`,
        ...packages,
      ],
      cwd: step.moduleDir,
      env: step.env,
      signal: step.signal,
      onLine: line => count.line(line),
    }),
  );
}

async function copyCrds(step: Step, goMod: string, outDir: string) {
  await mkdir(outDir, { recursive: true });
  for (const { module, folder } of step.module.crdSources(goMod)) {
    const fetched = await withTicks(
      () => step.report(`Fetching the CRDs of ${module}`),
      () =>
        downloadModule(module, {
          cwd: outDir,
          env: step.env,
          signal: step.signal,
        }),
    );
    const source = join(fetched, folder);
    for (const file of await readdir(source)) {
      if (/\.ya?ml$/.test(file) && !/^kustomization\./.test(file)) {
        const target = join(outDir, file);
        await copyFile(join(source, file), target);
      }
    }
  }
}

/**
 * Builds every program of a module with one `go build`, and puts its CRDs beside them. What was built once for these
 * sources, this Go and these assets is used again without asking Go's cache.
 *
 * @throws HostError not Linux, or util-linux is missing
 * @throws GoToolchainError Go is missing or too old
 * @throws GoCommandError the build failed
 */
export async function buildModule(
  module: GoModule,
  options: BuildOptions,
): Promise<BuildResult> {
  const { cacheDir, onProgress, signal } = options;
  const env = options.env ?? process.env;
  const moduleDir =
    // eslint-disable-next-line no-restricted-syntax -- runs from its sources only
    options.moduleDir ?? join(__dirname, '..', '..', 'go', module.folder);
  await checkHost();
  const assets = await findAssets(module, env);
  const goMod = await readFile(join(moduleDir, 'go.mod'), 'utf8');
  const go = await readGoEnvironment(env);
  const required = requiredGoVersion(goMod);
  checkGo(go, required);

  const version = parseGoVersion(go.GOVERSION)?.join('.') ?? go.GOVERSION;
  const binDir = join(
    cacheDir,
    await keyOf(module, moduleDir, version, assets),
  );
  if (await exists(join(binDir, 'complete'))) return { binDir, built: false };

  const started = Date.now();
  const step: Step = {
    module,
    moduleDir,
    env,
    signal,
    report: (what, done, of) =>
      onProgress?.({ what, done, of, elapsedMs: Date.now() - started }),
  };
  await mkdir(cacheDir, { recursive: true });
  await removeAbandoned(cacheDir);
  // Renamed into place when it is whole: an interrupted build leaves nothing that looks finished.
  const staging = await mkdtemp(join(cacheDir, `${STAGING}${process.pid}-`));
  try {
    const programs = join(staging, 'programs');
    await mkdir(programs);
    const wanted = module.programs.filter(
      p => !(assets && p.inKubebuilderAssets),
    );
    await compile(
      step,
      goMod,
      wanted.map(p => p.package),
      programs,
    );
    for (const { name, builtAs } of wanted) {
      if (builtAs) await rename(join(programs, builtAs), join(programs, name));
    }
    for (const { name, inKubebuilderAssets } of module.programs) {
      if (assets && inKubebuilderAssets) {
        await symlink(join(assets, name), join(programs, name));
      }
    }
    await copyCrds(step, goMod, join(programs, 'crds'));
    await writeFile(join(programs, 'complete'), '');
    await rm(binDir, { recursive: true, force: true });
    await rename(programs, binDir);
    const { length } = module.programs;
    step.report(`Built ${module.what}`, length, length);
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
  return { binDir, built: true };
}

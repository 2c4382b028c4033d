import {
  chmod,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  realpath,
  rm,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { buildCilium, buildServers } from './buildServers';

/** A `go` that does what the build asks of it, in a shell, and notes each call. */
const FAKE_GO = `#!/bin/sh
echo "$*" >> "$CALLS"
case "$1" in
  env) echo '{"GOVERSION":"go1.26.8","GOTOOLCHAIN":"local"}' ;;
  list) printf 'a/b\\nc\\nd\\n' ;;
  mod) echo "{\\"Dir\\":\\"$MODULES\\"}" ;;
  build)
    [ -n "$FAIL" ] && { echo 'main.go:1: broken' >&2; exit 1; }
    while [ "$1" != -o ]; do shift; done
    out=$2; shift 2
    for package in "$@"; do
      name=\${package##*/}; [ "$name" = v3 ] && name=server; [ "$name" = . ] && name=cilium
      echo built > "$out$name"
    done ;;
esac
`;

describe('buildServers', () => {
  let dir: string;
  let env: NodeJS.ProcessEnv;
  const options = () => ({
    moduleDir: join(dir, 'module'),
    cacheDir: join(dir, 'cache'),
    env,
  });
  const calls = async () =>
    (await readFile(join(dir, 'calls'), 'utf8'))
      .trim()
      .split('\n')
      .map(c => c.split(' ')[0]);

  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'build-'));
    for (const folder of [
      'bin',
      'module/certmanager',
      'mods/config/crd/standard',
      'mods/deploy/crds',
    ]) {
      await mkdir(join(dir, folder), { recursive: true });
    }
    await writeFile(join(dir, 'bin/go'), FAKE_GO);
    await chmod(join(dir, 'bin/go'), 0o755);
    await writeFile(
      join(dir, 'module/go.mod'),
      'module a\ngo 1.26.0\nrequire github.com/cert-manager/cert-manager v1.2.3\n'.replace(
        'require ',
        '\t',
      ),
    );
    await writeFile(join(dir, 'module/go.sum'), '');
    await writeFile(join(dir, 'module/certmanager/main.go'), 'package main');
    await writeFile(
      join(dir, 'mods/config/crd/standard/kustomization.yaml'),
      '',
    );
    await writeFile(
      join(dir, 'mods/config/crd/standard/routes.yaml'),
      'kind: A',
    );
    await writeFile(join(dir, 'mods/deploy/crds/issuers.yaml'), 'kind: B');
    await writeFile(join(dir, 'mods/deploy/crds/README.md'), '');
    env = {
      PATH: `${join(dir, 'bin')}:${process.env.PATH}`,
      CALLS: join(dir, 'calls'),
      MODULES: join(dir, 'mods'),
    };
  });
  afterEach(() => rm(dir, { recursive: true }));

  it('puts programs and CRDs into one folder, and does not build what is there', async () => {
    const first = await buildServers(options());
    expect(first.built).toBe(true);
    expect((await readdir(first.binDir)).sort()).toEqual([
      'certmanager',
      'complete',
      'crds',
      'etcd',
      'kube-apiserver',
      'kube-controller-manager',
      'traefik',
    ]);
    expect(await readdir(join(first.binDir, 'crds'))).toEqual([
      'issuers.yaml',
      'routes.yaml',
    ]);
    expect(await calls()).toEqual(['env', 'list', 'build', 'mod', 'mod']);

    expect(await buildServers(options())).toEqual({
      binDir: first.binDir,
      built: false,
    });
    expect((await calls()).slice(5)).toEqual(['env']);
  });

  it.each(['module/go.mod', 'module/go.sum', 'module/certmanager/main.go'])(
    'builds again when %s changes',
    async file => {
      const first = await buildServers(options());
      await writeFile(
        join(dir, file),
        `${await readFile(join(dir, file), 'utf8')}\n`,
      );
      const second = await buildServers(options());
      expect(second.built).toBe(true);
      expect(second.binDir).not.toBe(first.binDir);
    },
  );

  it("builds Cilium's controllers beside the servers, under a key of their own", async () => {
    const moduleDir = join(dir, 'cilium');
    await mkdir(join(moduleDir, 'mcs-api-controllers'), { recursive: true });
    for (const version of ['v2', 'v2alpha1']) {
      const crds = `mods/pkg/k8s/apis/cilium.io/client/crds/${version}`;
      await mkdir(join(dir, crds), { recursive: true });
      await writeFile(join(dir, crds, `${version}.yaml`), 'kind: C');
    }
    await writeFile(
      join(moduleDir, 'go.mod'),
      'module a/cilium\ngo 1.26.0\n\tgithub.com/cilium/cilium v1.2.3\n',
    );
    await writeFile(join(moduleDir, 'go.sum'), '');
    const own = join(moduleDir, 'mcs-api-controllers/controllers.go');
    await writeFile(own, 'package controllers');
    await writeFile(join(moduleDir, 'main.go'), 'package main');
    const build = () => buildCilium({ ...options(), moduleDir });

    const servers = await buildServers(options());
    const first = await build();
    expect((await readdir(first.binDir)).sort()).toEqual([
      'cilium-gateway',
      'complete',
      'crds',
    ]);
    expect(await readdir(join(first.binDir, 'crds'))).toEqual([
      'v2.yaml',
      'v2alpha1.yaml',
    ]);
    expect((await readdir(options().cacheDir)).sort()).toEqual(
      [servers, first].map(({ binDir }) => basename(binDir)).sort(),
    );
    expect(await build()).toEqual({ binDir: first.binDir, built: false });

    await writeFile(own, 'package controllers // changed');
    expect((await build()).built).toBe(true);
    expect((await buildServers(options())).built).toBe(false);
  });

  it('leaves nothing behind where the build fails, and says what the compiler said', async () => {
    env.FAIL = 'yes';
    await expect(buildServers(options())).rejects.toThrow(
      /go build ended with exit code 1.*main\.go:1: broken/s,
    );
    expect(await readdir(join(dir, 'cache'))).toEqual([]);
  });

  it('removes what a killed build left, and nothing of one that runs', async () => {
    const cache = join(dir, 'cache');
    const running = `building-${process.pid}-a`;
    await mkdir(join(cache, `building-${2 ** 30}-a`), { recursive: true });
    await mkdir(join(cache, running));
    const { binDir } = await buildServers(options());
    expect((await readdir(cache)).sort()).toEqual(
      [running, basename(binDir)].sort(),
    );
  });

  it('takes kube-apiserver and etcd from KUBEBUILDER_ASSETS', async () => {
    const assets = join(dir, 'assets');
    await mkdir(assets);
    for (const name of ['kube-apiserver', 'etcd'])
      await writeFile(join(assets, name), 'given');
    env.KUBEBUILDER_ASSETS = assets;
    const { binDir } = await buildServers(options());
    expect(await realpath(join(binDir, 'etcd'))).toBe(
      await realpath(join(assets, 'etcd')),
    );
    expect(await readFile(join(binDir, 'kube-apiserver'), 'utf8')).toBe(
      'given',
    );
    const build = (await readFile(join(dir, 'calls'), 'utf8'))
      .split('\n')
      .find(c => c.startsWith('build'));
    expect(build).toContain('cmd/traefik');
    expect(build).not.toMatch(/kube-apiserver|etcd/);
  });

  it('says what is missing in KUBEBUILDER_ASSETS', async () => {
    env.KUBEBUILDER_ASSETS = join(dir, 'nothing');
    await expect(buildServers(options())).rejects.toThrow(
      /holds no kube-apiserver: point it at a folder/,
    );
  });

  it('reports what it does, with counts', async () => {
    const steps: string[] = [];
    await buildServers({
      ...options(),
      onProgress: ({ what, done, of }) => steps.push(`${what} ${done}/${of}`),
    });
    expect(steps[0]).toBe(
      'Looking up what has to be compiled undefined/undefined',
    );
    expect(steps.at(-1)).toBe('Built the servers 5/5');
  });
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  CILIUM,
  ciliumCrdSources,
  crdSources,
  linkerFlags,
  PROGRAMS,
} from './programs';

// eslint-disable-next-line no-restricted-syntax -- runs from its sources only
const goMod = readFileSync(join(__dirname, '../../go/servers/go.mod'), 'utf8');

it('builds every tool that go.mod names, and nothing that it does not', () => {
  const tools = /tool \(([^)]*)\)/.exec(goMod)![1].trim().split(/\s+/);
  expect(
    PROGRAMS.map(p => p.package)
      .filter(p => !p.startsWith('./'))
      .sort(),
  ).toEqual(tools.sort());
});

it("takes Cilium's kinds from the version that runs", () => {
  const cilium = readFileSync(
    // eslint-disable-next-line no-restricted-syntax -- runs from its sources only
    join(__dirname, '../../go/cilium/go.mod'),
    'utf8',
  );
  const version = /cilium\/cilium (v\S+)/.exec(cilium)![1];
  expect(ciliumCrdSources(cilium).map(source => source.module)).toEqual([
    `github.com/cilium/cilium@${version}`,
    `github.com/cilium/cilium@${version}`,
  ]);
  expect(CILIUM.programs[0].builtAs).toBe(
    /^module .*\/(\S+)$/m.exec(cilium)![1],
  );
});

it('gives the API server the version of its module', () => {
  expect(linkerFlags(goMod)).toMatch(
    /-X k8s\.io\/component-base\/version\.gitVersion=v1\.\d+\.\d+$/,
  );
  expect(linkerFlags('module a\n')).toBe('-s -w');
});

it('takes the CRDs of cert-manager from the version that runs', () => {
  const version = /cert-manager\/cert-manager (v\S+)/.exec(goMod)![1];
  expect(crdSources(goMod).map(s => s.module)).toEqual([
    'sigs.k8s.io/gateway-api@v1.6.1',
    `github.com/cert-manager/cert-manager@${version}`,
  ]);
});

import type { Finding } from '../verdicts/types';
import type { SourcedValue } from './appConfig';
import { noteOnKey } from './characters';
import type { ConfigFile } from './configFile';
import { isCiliumController } from './definitions';
import type { Resolved } from './resolved';
import { fileValues } from './resolved';

/** The remedy for a key that has no effect. */
export const suggestion = (word: string | undefined) =>
  word ? `Rename it to ${word}.` : 'Remove it.';

export function fileFindings(
  file: ConfigFile,
  clusters: readonly string[],
): Finding[] {
  const path = file.path ?? 'config.toml';
  const findings = file.problems.map(
    ({ key, line, column, didYouMean }): Finding => ({
      reason: 'SettingUnknown',
      severity: 'warning',
      message: `${path}:${line}:${column} sets ${key}, which is no setting, so it has no effect${noteOnKey(
        key,
      )}.`,
      remedy: suggestion(didYouMean),
      subject: { kind: 'Setting', name: key },
    }),
  );
  return [...findings, ...unknownClusters(fileValues(file), clusters)];
}

export function unknownClusters(
  values: readonly SourcedValue[],
  clusters: readonly string[],
): Finding[] {
  const first = new Map<string, SourcedValue>();
  for (const value of values) {
    if (value.cluster === undefined || clusters.includes(value.cluster)) {
      continue;
    }
    if (!first.has(value.cluster)) first.set(value.cluster, value);
  }
  return [...first].map(([cluster, { location }]) => ({
    reason: 'SettingOfUnknownCluster',
    severity: 'warning',
    message: `${location} sets values for cluster ${cluster}, which is not configured, so they have no effect.`,
    remedy: `Add cluster ${cluster} to kubernetes.clusterLocatorMethods, or remove the values.`,
    subject: { kind: 'Setting', name: `clusters.${cluster}` },
  }));
}

export function clusterFindings(
  cluster: string,
  resolved: ReadonlyMap<string, Resolved>,
): Finding[] {
  const findings: Finding[] = [];
  const suffix = resolved.get('network.dns_suffix');
  if (suffix?.unknown) {
    findings.push({
      reason: 'DnsSuffixUnknown',
      severity: 'error',
      message: `Nothing can be exposed on cluster ${cluster}: the DNS suffix is not known.`,
      remedy: 'Set dns_suffix or lan_ip in [network] of config.toml.',
      subject: { kind: 'Setting', name: 'network.dns_suffix', cluster },
    });
  }
  const parameters = resolved.get('gateway.parameters');
  const controller = String(resolved.get('gateway.controller')?.value);
  if (parameters?.value && !isCiliumController(controller)) {
    findings.push({
      reason: 'SettingUnused',
      severity: 'warning',
      message: `gateway.parameters has no effect on cluster ${cluster}: only Cilium's controller takes a CiliumGatewayClassConfig.`,
      remedy: 'Remove parameters from [gateway].',
      subject: { kind: 'Setting', name: 'gateway.parameters', cluster },
    });
  }
  return findings;
}

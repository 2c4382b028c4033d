import { findingsOf } from '../findings/declare';
import type { Finding } from '../findings/types';
import { SETTING_SENTENCES } from '../sentences/settings';
import type { SourcedValue } from './appConfig';
import { strangeInValue } from './characters';
import type { ConfigFile } from './configFile';
import { isCiliumController } from './definitions';
import type { Resolved } from './resolved';
import { fileValues } from './resolved';
import type { SETTING_REASONS } from './settingReasons';

const found = findingsOf<typeof SETTING_REASONS>(SETTING_SENTENCES);

const ADMIN = { is: 'platform' } as const;

export function fileFindings(
  file: ConfigFile,
  clusters: readonly string[],
): Finding[] {
  const path = file.path ?? 'config.toml';
  const findings = file.problems.map(
    ({ key, line, column, didYouMean }): Finding => {
      const strange = strangeInValue(key)?.name;
      return {
        ...found('SettingUnknown', {
          params: {
            location: `${path}:${line}:${column}`,
            key,
            ...(strange !== undefined && { strange }),
            ...(didYouMean && { didYouMean }),
          },
          actor: ADMIN,
          subject: { kind: 'Setting', name: key },
        }),
        severity: 'warning',
      };
    },
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
    ...found('SettingOfUnknownCluster', {
      params: { location, cluster },
      actor: ADMIN,
      subject: { kind: 'Setting', name: `clusters.${cluster}` },
    }),
    severity: 'warning',
  }));
}

export function clusterFindings(
  cluster: string,
  resolved: ReadonlyMap<string, Resolved>,
): Finding[] {
  const findings: Finding[] = [];
  if (resolved.get('network.dns_suffix')?.unknown) {
    findings.push({
      ...found('DnsSuffixUnknown', {
        params: { cluster, isFor: 'admin' },
        actor: ADMIN,
        subject: { kind: 'Setting', name: 'network.dns_suffix', cluster },
      }),
      severity: 'error',
    });
  }
  const parameters = resolved.get('gateway.parameters');
  const controller = String(resolved.get('gateway.controller')?.value);
  if (parameters?.value && !isCiliumController(controller)) {
    findings.push({
      ...found('SettingUnused', {
        params: { cluster },
        actor: ADMIN,
        subject: { kind: 'Setting', name: 'gateway.parameters', cluster },
      }),
      severity: 'warning',
    });
  }
  return findings;
}

import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  resolveSettings,
  type ClusterSettings,
  type Finding,
  type SettingsView,
} from 'backstage-plugin-networking-common';
import type { ConfigFileSource, DefaultRoute } from '../../io/configFile';

/** A machine that changes networks is noticed after this time. */
const ADDRESS_CHECK_MS = 30_000;

/** The settings in force now. */
export interface SettingsStore {
  byCluster(): Readonly<Record<string, ClusterSettings>>;
  view(): SettingsView;
  /** Told after each change of the settings or of what is found about them. */
  subscribe(listener: () => void): () => void;
  close(): void;
}

/**
 * Reads settings once, throwing for a bad key, and follows config.toml from then
 * on. An edit that cannot be used, and a file that goes, keep the last good values and are a finding.
 *
 * @throws InputError naming file, line, column and key
 */
export function createSettingsStore(options: {
  clusters: readonly string[];
  file: ConfigFileSource;
  /** `networking` of the app-config. */
  appConfig: unknown;
  findDefaultRoute: () => DefaultRoute | undefined;
  logger: LoggerService;
  now?: () => number;
}): SettingsStore {
  const { clusters, file, appConfig, findDefaultRoute, logger } = options;
  const now = options.now ?? Date.now;

  let content = file.read();
  let route = findDefaultRoute();
  let checkedAt = now();
  const resolve = () =>
    resolveSettings({ clusters, file: content, appConfig, computed: route });
  let current = resolve();
  let broken: Finding | undefined;
  const listeners = new Set<() => void>();
  const tell = () => listeners.forEach(listener => listener());

  const reload = () => {
    const previous = content;
    try {
      content = file.read();
      if (previous && !content) {
        content = previous;
        broken = missingFinding(previous.path ?? file.path);
        logger.warn(broken.message);
        return;
      }
      current = resolve();
      broken = undefined;
      logger.info(`Settings were read again from ${file.path}`);
    } catch (error) {
      content = previous;
      broken = brokenFinding(file.path, error);
      logger.warn(broken.message);
    }
  };

  const followAddress = () => {
    if (now() - checkedAt < ADDRESS_CHECK_MS) return;
    checkedAt = now();
    const found = findDefaultRoute();
    if (
      found?.lanIp === route?.lanIp &&
      found?.interface === route?.interface
    ) {
      return;
    }
    logger.info(
      `The default route moved from ${route?.lanIp ?? 'no address'} to ${
        found?.lanIp ?? 'no address'
      }`,
    );
    route = found;
    current = resolve();
    tell();
  };

  const stop = file.watch(() => {
    reload();
    tell();
  });
  return {
    byCluster() {
      followAddress();
      return current.byCluster;
    },
    view() {
      followAddress();
      const { view } = current;
      return broken ? { ...view, findings: [broken, ...view.findings] } : view;
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: stop,
  };
}

function missingFinding(path = 'config.toml'): Finding {
  return {
    reason: 'ConfigFileMissing',
    severity: 'error',
    message: `${path} is gone; the values that it had stay in force until Backstage starts again.`,
    remedy: `Put ${path} back; leave it empty to have the defaults.`,
    subject: { kind: 'ConfigFile', name: path },
  };
}

function brokenFinding(path: string | undefined, error: unknown): Finding {
  const name = path ?? 'config.toml';
  // The message of ConfigFileError names the place and holds no text of the file.
  const reason = error instanceof Error ? error.message : 'unknown';
  return {
    reason: 'ConfigFileBroken',
    severity: 'error',
    message: `The last edit of ${name} has no effect; the values before it stay in force. ${reason}`,
    remedy: `Correct ${name} at the place named.`,
    subject: { kind: 'ConfigFile', name },
  };
}

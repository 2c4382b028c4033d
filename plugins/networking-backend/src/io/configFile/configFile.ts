import { readFileSync, statSync } from 'node:fs';
import { InputError } from '@backstage/errors';
import {
  parseConfigToml,
  type ConfigFile,
} from 'backstage-plugin-networking-common';

/**
 * The file's status is compared this often. Polling also notices what editors and
 * mounted ConfigMaps do: another file under the same name.
 */
const POLL_MS = 2_000;

/** config.toml, which may appear, change and go. */
export interface ConfigFileSource {
  readonly path?: string;
  /**
   * Undefined where there is no file.
   *
   * @throws InputError naming line, column and key, never the text
   */
  read(): ConfigFile | undefined;
  /** Calls back when the file is not what was read last, until the returned function is called. */
  watch(onChange: () => void): () => void;
}

export function createConfigFileSource(options: {
  path?: string;
  now?: () => Date;
  /** Calls `tick` now and then; returns what ends that. */
  poll?: (tick: () => void) => () => void;
}): ConfigFileSource {
  const { path, now = () => new Date(), poll = pollByTimer } = options;
  // Taken before the text, so that an edit during the reading is noticed.
  let lastStatus: string | undefined;
  return {
    path,
    read() {
      if (!path) return undefined;
      lastStatus = statusOf(path);
      let text: string;
      try {
        text = readFileSync(path, 'utf8');
      } catch (error) {
        const { code } = error as NodeJS.ErrnoException;
        if (code === 'ENOENT') return undefined;
        throw new InputError(
          `${path} cannot be read (${code}). Make it a file that this process may read, or set networking.configFile to another one.`,
        );
      }
      return { ...parseConfigToml(text, path), readAt: now().toISOString() };
    },
    watch(onChange) {
      if (!path) return () => {};
      return poll(() => {
        const status = statusOf(path);
        if (status === lastStatus) return;
        lastStatus = status;
        onChange();
      });
    },
  };
}

/** Differs between two versions of a file, and where it cannot be looked at. */
function statusOf(path: string): string {
  try {
    const { ino, size, mtimeNs } = statSync(path, { bigint: true });
    return `${ino} ${size} ${mtimeNs}`;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? 'unknown';
  }
}

function pollByTimer(tick: () => void): () => void {
  const timer = setInterval(tick, POLL_MS);
  timer.unref();
  return () => clearInterval(timer);
}

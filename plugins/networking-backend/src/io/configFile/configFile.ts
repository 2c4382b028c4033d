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
const POLL_MS = 1_000;

/** config.toml, which may appear, change and go. */
export interface ConfigFileSource {
  /** Undefined while none has been found. */
  readonly path?: string;
  /**
   * Undefined where there is no file.
   *
   * @throws InputError naming line, column and key, never the text
   */
  read(): ConfigFile | undefined;
  /**
   * Calls back when the file is not what was read last, until the returned function is called. A file that changed since the
   * look before may be half written, or emptied first: it is told of once it stayed the same for a look.
   */
  watch(onChange: () => void): () => void;
}

export function createConfigFileSource(options: {
  /** Where the file is to be now, if anywhere: it is asked again at each look. */
  locate: () => string | undefined;
  now?: () => Date;
  /** Calls `tick` now and then; returns what ends that. */
  poll?: (tick: () => void) => () => void;
}): ConfigFileSource {
  const { locate, now = () => new Date(), poll = pollByTimer } = options;
  let path: string | undefined;
  // A nearer file takes over. One that is gone stays the one: the next upwards is not what the admin wrote.
  const find = () => {
    const found = locate();
    if (found && (!path || found.length > path.length)) path = found;
    return path;
  };
  // Taken before the text, so that an edit during the reading is noticed.
  let lastStatus: string | undefined;
  return {
    get path() {
      return path;
    },
    read() {
      find();
      lastStatus = statusOf(path);
      if (!path) return undefined;
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
      let seen = lastStatus;
      return poll(() => {
        const status = statusOf(find());
        const isAtRest = status === seen;
        seen = status;
        if (!isAtRest || status === lastStatus) return;
        lastStatus = status;
        onChange();
      });
    },
  };
}

/** Differs between two versions of a file, and where it cannot be looked at. */
function statusOf(path: string | undefined): string | undefined {
  if (!path) return undefined;
  try {
    const { ino, size, mtimeNs } = statSync(path, { bigint: true });
    return `${path} ${ino} ${size} ${mtimeNs}`;
  } catch (error) {
    return `${path} ${(error as NodeJS.ErrnoException).code}`;
  }
}

function pollByTimer(tick: () => void): () => void {
  const timer = setInterval(tick, POLL_MS);
  timer.unref();
  return () => clearInterval(timer);
}

import { execFile } from 'node:child_process';
import {
  access,
  mkdir,
  mkdtemp,
  readFile,
  rename,
  rm,
  writeFile,
} from 'node:fs/promises';
import { join, relative } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** What is needed to start a Chromium. @public */
export interface ChromiumInstallation {
  /** Path of the program. */
  executable: string;
  /** Variables that the program needs beside those of this process. */
  env: Record<string, string>;
}

/** Printed by unpackChromium.mjs. */
interface UnpackedParts {
  executable: string;
  libraries: string;
  fonts: string;
}

const exists = (path: string) =>
  access(path).then(
    () => true,
    () => false,
  );

/** Fontconfig's own file would look into folders of AWS Lambda only; this one names the unpacked fonts and the system's. */
const fontsConf = (fonts: string, cache: string) => `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
  <dir>${fonts}</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir>${cache}</cachedir>
  <alias>
    <family>sans-serif</family>
    <prefer><family>Open Sans</family></prefer>
  </alias>
  <alias>
    <family>monospace</family>
    <prefer><family>DejaVu Sans Mono</family></prefer>
  </alias>
</fontconfig>
`;

/**
 * A Chromium to run: the one that `CHROMIUM_PATH` names, else the headless one inside the npm package
 * `@sparticuz/chromium` (Linux x64), unpacked once into `folder`. The folder appears in one rename, so that an
 * interrupted run never leaves half a browser behind.
 *
 * @param folder - Absolute path of a folder that is this function's own; its parent is created.
 * @public
 */
export async function findChromium(
  folder: string,
): Promise<ChromiumInstallation> {
  const own = process.env.CHROMIUM_PATH;
  if (own) {
    if (!(await exists(own))) {
      throw new Error(
        `CHROMIUM_PATH names ${own}, which does not exist. Set it to the path of a Chromium, or unset it to use the bundled one.`,
      );
    }
    return { executable: own, env: {} };
  }
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error(
      `There is no bundled Chromium for ${process.platform} ${process.arch}. Set CHROMIUM_PATH to the path of an installed Chromium.`,
    );
  }

  if (!(await exists(folder))) {
    await mkdir(join(folder, '..'), { recursive: true });
    const temporary = await mkdtemp(`${folder}-`);
    try {
      const { stdout } = await run(
        process.execPath,
        // eslint-disable-next-line no-restricted-syntax -- runs from its sources only, beside the script
        [join(__dirname, 'unpackChromium.mjs')],
        { env: { ...process.env, TMPDIR: temporary } },
      );
      const parts: UnpackedParts = JSON.parse(stdout);
      await writeFile(
        join(temporary, 'parts.json'),
        JSON.stringify({
          executable: relative(temporary, parts.executable),
          libraries: relative(temporary, parts.libraries),
          fonts: relative(temporary, parts.fonts),
        }),
      );
      await rename(temporary, folder);
    } catch (error) {
      await rm(temporary, { recursive: true, force: true });
      throw error;
    }
  }

  const parts: UnpackedParts = JSON.parse(
    await readFile(join(folder, 'parts.json'), 'utf8'),
  );
  const fontsFile = join(folder, 'fonts.conf');
  await writeFile(
    fontsFile,
    fontsConf(join(folder, parts.fonts), join(folder, 'fonts-cache')),
  );
  return {
    executable: join(folder, parts.executable),
    env: {
      LD_LIBRARY_PATH: [
        join(folder, parts.libraries),
        process.env.LD_LIBRARY_PATH,
      ]
        .filter(Boolean)
        .join(':'),
      FONTCONFIG_FILE: fontsFile,
    },
  };
}

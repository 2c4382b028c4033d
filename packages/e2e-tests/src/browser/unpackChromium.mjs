/**
 * Unpacks the Chromium of `@sparticuz/chromium` into the TMPDIR of this process and prints where its parts lie, as
 * JSON. A process of its own, because the package takes its target from TMPDIR and trusts whatever lies there: the
 * caller gives it a new, empty folder.
 *
 * Outside AWS Lambda the package leaves out the libraries of its `al2023.tar.br` (NSS, NSPR, expat), which a Debian
 * without a desktop does not have either, so they are unpacked here.
 */
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Chromium, { inflate, setupLambdaEnvironment } from '@sparticuz/chromium';

const packageFolder = dirname(
  fileURLToPath(import.meta.resolve('@sparticuz/chromium')),
);

const executable = await Chromium.executablePath();
const libraries = join(
  await inflate(join(packageFolder, '..', 'bin', 'al2023.tar.br')),
  'lib',
);
setupLambdaEnvironment(libraries);

process.stdout.write(
  JSON.stringify({
    executable,
    libraries,
    fonts: process.env.FONTCONFIG_PATH,
  }),
);

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startPlatform, type Platform } from 'local-platform';
import { binDir } from '../paths';
import { Admin } from './admin';

/**
 * The real platform in its test profile, silent, with its state in `platform` under a folder.
 *
 * @param settings - Its config.toml.
 */
export const startTestPlatform = (
  stateDir: string,
  settings: string,
): Promise<Platform> =>
  startPlatform({
    stateDir: join(stateDir, 'platform'),
    binDir: binDir(),
    profile: 'test',
    configFile: settings,
    logger: () => {},
    onProgress: () => {},
  });

/** The administrator of a platform. */
export const adminOf = async ({ apiServer }: Platform): Promise<Admin> =>
  new Admin({
    url: apiServer.url,
    ca: await readFile(apiServer.caFile, 'utf8'),
    token: apiServer.adminToken,
  });

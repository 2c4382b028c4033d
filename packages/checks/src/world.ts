import { join } from 'node:path';
import {
  binDir,
  pathFrom,
  startBackstage,
  type Backstage,
} from 'integration-tests';
import {
  startPlatform,
  writeTestSettings,
  type Platform,
} from 'local-platform';

type BackstageOptions = Parameters<typeof startBackstage>[0];

/** What `npm start` starts, on ports of its own. */
export interface World {
  platform: Platform;
  backstage: Backstage;
  /** Where the check keeps what it writes. */
  folder: string;
  stop(): Promise<void>;
}

/**
 * Starts platform and Backstage. The platform is stopped where Backstage does not start.
 *
 * `NETWORKING_TEST_STATE_DIR` (default `.local/check`) holds their state, `NETWORKING_BIN_DIR` the platform's programs.
 *
 * @param name - Of the check, and of its folder there.
 * @param options - Of Backstage.
 */
export async function startWorld(
  name: string,
  options: Pick<BackstageOptions, 'config' | 'nodeArguments'> = {},
): Promise<World> {
  const folder = join(
    pathFrom('NETWORKING_TEST_STATE_DIR', '.local/check'),
    name,
  );
  const settings = await writeTestSettings(folder);
  const platform = await startPlatform({
    stateDir: join(folder, 'platform'),
    binDir: binDir(),
    profile: 'test',
    configFile: settings,
    logger: () => {},
    onProgress: () => {},
  });
  try {
    const backstage = await startBackstage({
      platform,
      settings,
      stateDir: folder,
      ...options,
    });
    return {
      platform,
      backstage,
      folder,
      async stop() {
        await backstage.stop();
        await platform.stop();
      },
    };
  } catch (error) {
    await platform.stop();
    throw error;
  }
}

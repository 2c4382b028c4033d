import { buildModule } from './buildModule';
import type { BuildOptions, BuildResult } from './buildModule';
import { CILIUM, SERVERS } from './programs';

/**
 * Builds the programs that every local platform runs.
 *
 * @throws HostError not Linux, or util-linux is missing
 * @throws GoToolchainError Go is missing or too old
 * @throws GoCommandError the build failed
 * @public
 */
export const buildServers = (options: BuildOptions): Promise<BuildResult> =>
  buildModule(SERVERS, options);

/**
 * Builds Cilium's Gateway controllers, which a platform needs whose settings name Cilium's controller.
 *
 * @throws HostError not Linux, or util-linux is missing
 * @throws GoToolchainError Go is missing or too old
 * @throws GoCommandError the build failed
 * @public
 */
export const buildCilium = (options: BuildOptions): Promise<BuildResult> =>
  buildModule(CILIUM, options);

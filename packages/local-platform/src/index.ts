/**
 * A real API server with cert-manager and a Gateway on loopback, for `npm start` and for tests. Linux only.
 *
 * @packageDocumentation
 */
export { buildCilium, buildServers } from './build/buildServers';
export type { BuildOptions, BuildResult } from './build/buildModule';
export { downloadModule } from './build/goCommand';
export { GATEWAY_API_VERSION } from './build/programs';
export { hasStatus, KubeClient, KubeError, referenceTo } from './kube';
export type { KubeClientOptions, KubeRequest, ObjectReference } from './kube';
export { CLUSTER_NAME, CONFIG_FILE, readLocalSettings } from './localSettings';
export { freePort } from './processes/ports';
export { formatProgress } from './progress';
export type { Progress, ProgressListener } from './progress';
export { startPlatform } from './startPlatform';
export { writeTestSettings } from './testSettings';
export type { Platform, PlatformOptions } from './types';
export type { Workloads, WorkloadState } from './workloads/workloads';

import type { ClusterSettings } from 'backstage-plugin-networking-common';
import type { KubeClient } from '../kube';
import type { WantedPort } from '../processes/ports';
import type { ServerProcess } from '../processes/serverProcess';

/** The folders of built programs that a platform is given. */
export interface ProgramDirs {
  /** From `buildServers`. */
  binDir: string;
  /** From `buildCilium`. */
  ciliumDir?: string;
}

/** What a gateway gets to run against the API server. */
export interface GatewayContext {
  /** What `programs` chose. */
  binDir: string;
  settings: ClusterSettings;
  /** What people and log files call the process. */
  processName: string;
  /** Folder of its own in the state folder. */
  dir: string;
  logFile: string;
  apiServer: {
    url: string;
    caFile: string;
    token: string;
    /** The same three as a kubeconfig file. */
    kubeconfig: string;
  };
  /** Address that its listeners are bound to and that Gateways report. */
  address: string;
}

/** One implementation of the Gateway API that can run on the local platform. */
export interface GatewayProfile {
  name: string;
  /** `controllerName` of the GatewayClasses that it takes. */
  controller: string;
  /** Whether it carries traffic, so that the platform can wait for an answer. */
  carriesTraffic: boolean;
  /** What has to be free before anything starts. */
  ports(settings: ClusterSettings, address: string): WantedPort[];
  /**
   * The folder that holds its program and, under `crds/`, the kinds that it needs.
   * @throws InputError where the platform was not given it
   */
  programs(dirs: ProgramDirs): string;
  /** Makes what has to be in the cluster before it starts, beside its kinds. */
  prepare?(admin: KubeClient): Promise<void>;
  start(context: GatewayContext): Promise<ServerProcess>;
}

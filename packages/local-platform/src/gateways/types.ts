import type { ClusterSettings } from 'backstage-plugin-networking-common';
import type { WantedPort } from '../processes/ports';
import type { ServerProcess } from '../processes/serverProcess';

/** What a gateway gets to run against the API server. */
export interface GatewayContext {
  binDir: string;
  settings: ClusterSettings;
  /** Folder of its own in the state folder. */
  dir: string;
  logFile: string;
  apiServer: { url: string; caFile: string; token: string };
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
  start(context: GatewayContext): Promise<ServerProcess>;
}

import type { ClusterSettings } from 'backstage-plugin-networking-common';
import type { KubeClient } from './kube';
import type { ProgressListener } from './progress';
import type { Workloads } from './workloads/workloads';

/** How to start the local platform. @public */
export interface PlatformOptions {
  /** Folder for everything that the platform keeps. Made where it is missing, and open to this user only. */
  stateDir: string;
  /** Folder with the programs, from `buildServers`. */
  binDir: string;
  /** Folder with Cilium's controllers, from `buildCilium`; needed where settings name Cilium's controller. */
  ciliumDir?: string;
  /**
   * `start` keeps what the cluster holds from run to run; `test` begins with an empty cluster, does not wait for the disk
   * and takes another Service range, so that both can run at once. Default `start`.
   */
  profile?: 'start' | 'test';
  /** Default: read from `configFile`. */
  settings?: ClusterSettings;
  /** Default: config.toml in the root of this repository. */
  configFile?: string;
  /**
   * Settings of further Gateways of the same cluster, whose controllers run beside the one of `settings`: what two of them
   * make of the same routes can then be compared. Nothing but their GatewayClass and Gateway is applied. Default none.
   */
  besides?: readonly ClusterSettings[];
  /** Port of the API server. Default: any that is free. */
  apiServerPort?: number;
  /**
   * Gives the URL at which gateways ask the API server, from the server's own. A test that hands out the address of a relay can
   * hold what its gateway hears while everything else goes on. Default: the server's own.
   */
  gatewayApiUrl?: (apiServerUrl: string) => Promise<string>;
  /** Told sentences that are no progress, such as that a demo service ended by itself. */
  logger?: (line: string) => void;
  onProgress?: ProgressListener;
  /** Told once when a server ends by itself. The platform is then of no use; `stop` it. */
  onFailure?: (error: Error) => void;
  /** Ends a start that is under way: what runs is stopped and the start is rejected. */
  signal?: AbortSignal;
}

/** A local platform that runs. @public */
export interface Platform {
  apiServer: {
    /** `https://127.0.0.1:<port>` */
    url: string;
    /** PEM file of the CA that signed the API server's certificate. */
    caFile: string;
    /** Token of an administrator, for tests and for people; the backend never gets it. */
    adminToken: string;
  };
  /** Kubeconfig of the administrator. */
  kubeconfigFile: string;
  /** JSON lines of `audit.k8s.io/v1` events, one for each request on an object. */
  auditLogFile: string;
  settings: ClusterSettings;
  gateway: {
    /** `traefik` or `cilium`. */
    name: string;
    /** Whether anything answers at it. */
    carriesTraffic: boolean;
    /** The address that it listens on. */
    address: string;
    httpPort: number;
    httpsPort: number;
    /** PEM file of the CA that signed what it serves. */
    caFile: string;
  };
  /** Token of the service account `backstage/networking-backend`, valid for a year. */
  backendToken: string;
  admin: KubeClient;
  workloads: Workloads;
  /** Servers that run, in the order in which they were started. */
  servers(): { name: string; pid: number; logFile: string }[];
  /**
   * Stops the API server, and starts it again at the same URL over the same etcd; resolves once it is ready. For tests.
   *
   * @param meanwhile - Awaited while there is none, with the path of the socket on which etcd listens.
   */
  restartApiServer(
    meanwhile?: (etcdSocket: string) => Promise<void>,
  ): Promise<void>;
  /** Stops everything in order; resolves when no process is left. Further calls wait for the same end. */
  stop(): Promise<void>;
}

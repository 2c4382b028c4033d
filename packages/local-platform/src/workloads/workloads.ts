import { NotFoundError } from '@backstage/errors';
import { request } from 'node:http';
import { join } from 'node:path';
import type { Service } from 'backstage-plugin-networking-common';
import { KubeClient } from '../kube';
import { applyAll } from '../platform/objects';
import { startProcess } from '../processes/serverProcess';
import type { ServerProcess } from '../processes/serverProcess';
import { waitUntil } from '../processes/waiting';
import type { StatePaths } from '../servers/state';
import {
  DEMO_PORT,
  DEMO_WORKLOADS,
  renderEndpointSlice,
  renderService,
} from './demo';
import type { DemoWorkload } from './demo';

/** A demo workload as it is now. @public */
export interface WorkloadState {
  name: string;
  namespace: string;
  /** Names of the Services that it answers for. */
  services: string[];
  running: boolean;
}

/** The demo services' processes, by the name of the workload or of one of its Services. @public */
export interface Workloads {
  list(): WorkloadState[];
  /** Ends the process and marks its endpoints as not ready. Requests through the gateway get 502. */
  stop(name: string): Promise<void>;
  /** Starts the process, waits until it answers, and marks its endpoints as ready. */
  start(name: string): Promise<void>;
}

const answers = (host: string, signal: AbortSignal) =>
  new Promise<number>((resolve, reject) => {
    const call = request(
      { host, port: DEMO_PORT, path: '/', signal, timeout: 2000 },
      response => {
        response.resume();
        resolve(response.statusCode ?? 0);
      },
    );
    call.on('timeout', () => call.destroy(new Error('no answer')));
    call.on('error', reject).end();
  });

/** Runs the demo services and keeps their EndpointSlices true. */
export class DemoWorkloads implements Workloads {
  readonly #processes = new Map<string, ServerProcess>();
  readonly #admin: KubeClient;
  readonly #paths: StatePaths;
  readonly #onTrouble: (line: string) => void;
  #closing = false;

  constructor(options: {
    admin: KubeClient;
    paths: StatePaths;
    /** Told of a process that ended by itself. */
    onTrouble: (line: string) => void;
  }) {
    this.#admin = options.admin;
    this.#paths = options.paths;
    this.#onTrouble = options.onTrouble;
  }

  list(): WorkloadState[] {
    return DEMO_WORKLOADS.map(({ name, namespace, services }) => ({
      name,
      namespace,
      services: [...services],
      running: this.#processes.get(name)?.running ?? false,
    }));
  }

  async startAll(): Promise<void> {
    // To the end of each, so that none is started while the others are being stopped.
    const results = await Promise.allSettled(
      DEMO_WORKLOADS.map(({ name }) => this.start(name)),
    );
    for (const result of results) {
      if (result.status === 'rejected') throw result.reason;
    }
  }

  async start(name: string): Promise<void> {
    const workload = this.#find(name);
    if (this.#processes.get(workload.name)?.running) return;
    await applyAll(
      this.#admin,
      workload.services.map(service => renderService(workload, service)),
    );
    const addresses = await this.#clusterIps(workload);
    const server = await startProcess({
      name: workload.name,
      command: process.execPath,
      args: [
        // eslint-disable-next-line no-restricted-syntax -- runs from its sources only
        join(__dirname, 'server.mjs'),
        workload.text,
        String(DEMO_PORT),
        ...addresses,
      ],
      logFile: this.#paths.logFile(`workload-${workload.name}`),
    });
    this.#processes.set(workload.name, server);
    await waitUntil({
      what: `The answer of ${workload.name}`,
      servers: [server],
      deadlineMs: 60_000,
      check: async signal => {
        for (const address of addresses) await answers(address, signal);
        return { ready: true, value: undefined };
      },
    }).catch(async error => {
      await server.stop();
      throw error;
    });
    await this.#setReady(workload, true);
    void server.exited.then(how => this.#ended(workload, server, how));
  }

  async stop(name: string): Promise<void> {
    const workload = this.#find(name);
    const server = this.#processes.get(workload.name);
    this.#processes.delete(workload.name);
    await server?.stop();
    await this.#setReady(workload, false);
  }

  /** Ends all processes; the cluster is going away as well, so nothing is written to it. */
  async close(): Promise<void> {
    this.#closing = true;
    await Promise.all([...this.#processes.values()].map(p => p.stop()));
  }

  async #ended(workload: DemoWorkload, server: ServerProcess, how: string) {
    if (this.#closing || this.#processes.get(workload.name) !== server) return;
    this.#onTrouble(
      `The demo service ${workload.name} ended with ${how}; its log is ${server.logFile}.`,
    );
    await this.#setReady(workload, false).catch(error =>
      this.#onTrouble(
        `Its endpoints could not be marked as not ready: ${error.message}`,
      ),
    );
  }

  #find(name: string): DemoWorkload {
    const found =
      DEMO_WORKLOADS.find(workload => workload.name === name) ??
      DEMO_WORKLOADS.find(workload => workload.services.includes(name));
    if (found) return found;
    throw new NotFoundError(
      `There is no demo service ${name}: use one of ${DEMO_WORKLOADS.map(
        workload => workload.name,
      ).join(', ')}.`,
    );
  }

  #clusterIps(workload: DemoWorkload): Promise<string[]> {
    return Promise.all(
      workload.services.map(async name => {
        const service = await this.#admin.get<Service>({
          apiVersion: 'v1',
          kind: 'Service',
          namespace: workload.namespace,
          name,
        });
        return service.spec!.clusterIP!;
      }),
    );
  }

  #setReady(workload: DemoWorkload, ready: boolean): Promise<void> {
    return applyAll(
      this.#admin,
      workload.services.map(service =>
        renderEndpointSlice(workload, service, ready),
      ),
    );
  }
}

import type { AddressInfo, Socket } from 'node:net';
import { createServer, type Server } from 'node:tls';
import { TestDatabases } from '@backstage/backend-test-utils';
import {
  createSnapshot,
  resolveSettings,
  type ClusterSettings,
  type Gateway,
  type HttpRoute,
  type KubernetesObject,
  type ProbeFacts,
} from 'backstage-plugin-networking-common';
import { makeCertificate } from '../../../__testUtils__/certificates';
import {
  recordConnections,
  type Connections,
} from '../../../__testUtils__/connections';
import { accepted, clusterObjects, route } from '../../../__testUtils__/world';
import {
  connectDatabase,
  createGatewayAddressStore,
  createProbeStore,
} from '../../../io/database';
import { createProber, type Prober } from '../../../io/probe';
import { probeTargetsOf } from '../../exposures/probeTargets';
import type { ReadCluster, Services } from '../../services';

export const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n';

export const findObject = (objects: KubernetesObject[], kind: string) =>
  objects.find(object => object.kind === kind)!;

/** A gateway on loopback, a prober that knows it, and a record of whatever the process connects to. */
export interface TestGateway {
  /** `address:port` of it, which is the probe's address in the settings. */
  address: string;
  port: number;
  /** What it answers, in bytes. */
  answer: string;
  /** What it was asked. */
  requests: string[];
  connections: Connections;
  prober: Prober;
  settings(appConfig?: Record<string, object>): ClusterSettings;
  /** Has all hosts of a route asked, by each of the ways in which they are. */
  probeAll(made: HttpRoute, cluster: ReadCluster): Promise<ProbeFacts[]>;
  /** A route whose listener takes every host. */
  world(change?: (made: HttpRoute, objects: KubernetesObject[]) => void): {
    route: HttpRoute;
    cluster(settings?: ClusterSettings): ReadCluster;
  };
}

/** For a test file: the same gateway for all of its tests, and a new prober and record for each. */
export function useGateway(): TestGateway {
  const databases = TestDatabases.create({ ids: ['SQLITE_3'] });
  const sockets = new Set<Socket>();
  let server: Server;

  const gateway = {} as TestGateway;

  const settings = (appConfig: Record<string, object> = {}) =>
    resolveSettings({
      clusters: ['local'],
      appConfig: {
        gateway: {
          controller: 'traefik.io/gateway-controller',
          class: 'local-traefik',
        },
        network: { lanIp: '127.0.0.1' },
        probe: { address: gateway.address, ...appConfig.probe },
      },
    }).byCluster.local;

  Object.assign(gateway, {
    settings,
    async probeAll(made, cluster) {
      const targets = probeTargetsOf(
        {
          certificates: { lookup: () => () => [], material: () => undefined },
        } as Pick<Services, 'certificates'>,
        cluster,
        made,
      );
      const { prober } = gateway;
      const options = { settings: cluster.settings };
      const { probes } = await prober.check(targets, options);
      await prober.latest(targets, options);
      for (const target of targets) await prober.sweep(target, options);
      return probes;
    },
    world(change = () => {}) {
      const objects = structuredClone(clusterObjects());
      const made = accepted(route('shop'));
      made.metadata.uid = 'uid-of-shop';
      const { spec } = findObject(objects, 'Gateway') as Gateway;
      for (const listener of spec!.listeners!) delete listener.hostname;
      change(made, objects);
      return {
        route: made,
        cluster: (own = settings()) =>
          ({
            settings: own,
            snapshot: createSnapshot({
              cluster: 'local',
              observedAt: '2026-01-01T00:00:00Z',
              objects: [...objects, made],
            }),
            state: { cluster: 'local', reachable: true, findings: [] },
          } as ReadCluster),
      };
    },
  } satisfies Partial<TestGateway>);

  beforeAll(async () => {
    const certificate = await makeCertificate({ name: 'gateway' });
    server = createServer(
      { cert: certificate.cert, key: certificate.key },
      socket => {
        sockets.add(socket);
        socket.on('error', () => {});
        socket.on('data', data => {
          gateway.requests.push(data.toString('latin1'));
          socket.end(gateway.answer);
        });
      },
    );
    server.on('tlsClientError', () => {});
    await new Promise<void>(done =>
      server.listen(0, '127.0.0.1', () => done()),
    );
    gateway.port = (server.address() as AddressInfo).port;
    gateway.address = `127.0.0.1:${gateway.port}`;
  });

  afterAll(async () => {
    sockets.forEach(socket => socket.destroy());
    await new Promise(done => server.close(done));
  });

  beforeEach(async () => {
    gateway.answer = OK;
    gateway.requests = [];
    const client = await databases.init('SQLITE_3');
    const database = await connectDatabase({ getClient: async () => client });
    gateway.prober = createProber({
      store: createProbeStore({ database, replica: 'one' }),
      shown: createGatewayAddressStore(database),
    });
    gateway.connections = recordConnections();
  });

  afterEach(() => gateway.connections.stop());

  return gateway;
}

/** Only ever the address in settings, and no name was resolved to get there. */
export function expectNowhereElse(
  { connections, address }: TestGateway,
  count?: number,
): void {
  const { opened, lookedUp, sent } = connections;
  expect([...new Set(opened)]).toEqual(opened.length > 0 ? [address] : []);
  expect(lookedUp).toEqual([]);
  expect(sent).toEqual([]);
  if (count !== undefined) expect(opened).toHaveLength(count);
}

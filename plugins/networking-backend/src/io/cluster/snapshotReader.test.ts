import { mockServices } from '@backstage/backend-test-utils';
import {
  startFakeApiServer,
  status,
  type FakeApiServer,
} from '../../__testUtils__/fakeApiServer';
import { clusterObjects, route } from '../../__testUtils__/world';
import { createClusterAccess } from './clusterAccess';
import { clusterState, notServedFacts } from './clusterState';
import { SNAPSHOT_KINDS } from './resources';
import { createLiveReader } from './snapshotReader';
import type { ClusterAccess } from './types';

let server: FakeApiServer;
let clusters: ClusterAccess;
let read: () => Promise<ReturnType<typeof clusterState>>;

beforeEach(async () => {
  server = await startFakeApiServer(clusterObjects());
  clusters = await createClusterAccess({
    config: mockServices.rootConfig({
      data: {
        kubernetes: {
          clusterLocatorMethods: [
            {
              type: 'config',
              clusters: [
                {
                  name: 'local',
                  url: server.url,
                  authProvider: 'serviceAccount',
                  serviceAccountToken: server.token,
                  caData: server.caData,
                },
              ],
            },
          ],
        },
      },
    }),
    logger: mockServices.logger.mock(),
  });
  const live = createLiveReader({
    clusters,
    now: () => new Date('2026-01-01T00:00:00Z'),
  });
  read = async () => clusterState(await live('local', SNAPSHOT_KINDS));
});

afterEach(async () => {
  clusters.close();
  await server.close();
});

const lists = () =>
  server.requests.filter(({ path }) => path.endsWith('/httproutes')).length;

describe('a reading', () => {
  it('holds every kind, with kind and apiVersion, at the time it began', async () => {
    const { snapshot, state } = await read();
    expect(snapshot.observedAt).toBe('2026-01-01T00:00:00.000Z');
    expect(snapshot.get('Gateway', 'kube-system', 'idp-gateway')).toMatchObject(
      {
        apiVersion: 'gateway.networking.k8s.io/v1',
        kind: 'Gateway',
      },
    );
    expect(snapshot.list('Service')).toHaveLength(2);
    expect(state).toEqual({
      cluster: 'local',
      reachable: true,
      findings: [],
    });
    expect(
      server.requests.every(
        ({ headers }) => headers.authorization === 'Bearer fake-token',
      ),
    ).toBe(true);
  });

  it('reads lists of more than 500 objects in pages', async () => {
    server.put(
      ...Array.from({ length: 1001 }, (_, index) => route(`route-${index}`)),
    );
    const { snapshot } = await read();
    expect(snapshot.list('HTTPRoute')).toHaveLength(1001);
    expect(lists()).toBe(3);
  });

  it('begins a list again whose continue token has expired', async () => {
    server.put(
      ...Array.from({ length: 600 }, (_, index) => route(`route-${index}`)),
    );
    let expired = false;
    server.script(({ query }) => {
      if (!query.continue || expired) return undefined;
      expired = true;
      return status(410, 'Expired');
    });
    const { snapshot } = await read();
    expect(snapshot.list('HTTPRoute')).toHaveLength(600);
    expect(lists()).toBe(4);
  });

  it('keeps who owns which field of our own routes, and who wrote when of others', async () => {
    const managedFields = [{ manager: 'someone' }];
    const ours = route('ours', {
      labels: { 'app.kubernetes.io/managed-by': 'backstage-networking' },
    });
    const other = route('other');
    server.put(
      { ...ours, metadata: { ...ours.metadata, managedFields } },
      { ...other, metadata: { ...other.metadata, managedFields } },
    );
    const { snapshot } = await read();
    const fieldsOf = (name: string) =>
      snapshot.get('HTTPRoute', 'shop', name)?.metadata.managedFields;
    expect(fieldsOf('ours')).toEqual(managedFields);
    expect(fieldsOf('other')).toEqual([{ manager: 'someone' }]);
  });
});

describe('a cluster that cannot be read wholly', () => {
  it('has a gap and a finding for an API that is not installed', async () => {
    server.script(({ path }) =>
      path.startsWith('/apis/gateway.networking.k8s.io')
        ? status(404, 'NotFound')
        : undefined,
    );
    const { snapshot, state } = await read();
    expect(snapshot.gaps).toContainEqual(
      expect.objectContaining({ kind: 'HTTPRoute', reason: 'NotServed' }),
    );
    expect(state.reachable).toBe(true);
    expect(state.findings).toEqual([
      expect.objectContaining({ reason: 'GatewayApiNotInstalled' }),
    ]);
    expect(snapshot.list('Service')).toHaveLength(2);
  });

  it.each<[string, RegExp, string[]]>([
    ['routes of other kinds', /(tls|grpc)routes$|listenersets$/, []],
    ['Ingresses', /ingresses$/, []],
    ['cert-manager', /cert-manager\.io/, ['ApiNotInstalled']],
    ['Gateways', /gateways$/, ['GatewayApiNotInstalled']],
  ])(
    'says to everybody what matters to everybody: without %s',
    async (_, paths, reasons) => {
      server.script(({ path }) =>
        paths.test(path) ? status(404, 'NotFound') : undefined,
      );
      const { state } = await read();
      expect(state.reachable).toBe(true);
      expect(state.findings.map(({ reason }) => reason)).toEqual(reasons);
    },
  );

  it('has a fact for the kinds that nobody has to miss', async () => {
    server.script(({ path }) =>
      /(tls|grpc)routes$|gateways$|issuers$/.test(path)
        ? status(404, 'NotFound')
        : undefined,
    );
    const { snapshot } = await read();
    expect(notServedFacts(snapshot)).toMatchObject([
      {
        reason: 'KindsNotServed',
        severity: 'info',
        message:
          'Cluster local does not serve grpcroutes, tlsroutes. They are read as soon as it does.',
      },
    ]);
  });

  it('has one finding for everything that RBAC refuses', async () => {
    server.script(({ path }) =>
      path.endsWith('services') || path.endsWith('issuers')
        ? status(403, 'Forbidden', {
            message: 'User "x" cannot list resource "services"',
          })
        : undefined,
    );
    const { state } = await read();
    expect(state.findings).toEqual([
      expect.objectContaining({
        reason: 'ReadForbidden',
        message: expect.stringContaining('services, issuers, clusterissuers'),
        remedy: expect.stringContaining('ClusterRole networking-backend'),
      }),
    ]);
  });
});

describe('a cluster that does not answer', () => {
  it('is nothing but gaps', async () => {
    server.script(() => status(503, 'ServiceUnavailable'));
    const { snapshot, state } = await read();
    expect(snapshot.gaps.map(({ kind }) => kind)).toEqual(SNAPSHOT_KINDS);
    expect(state).toMatchObject({
      reachable: false,
      findings: [{ reason: 'ClusterUnreachable', severity: 'error' }],
    });
    expect(state.findings[0].message).toContain('nothing of it was read');
  });

  it('to a token that is no good any more says so', async () => {
    server.script(() => status(401, 'Unauthorized'));
    const { state } = await read();
    expect(state.findings).toMatchObject([
      {
        reason: 'ClusterUnreachable',
        message:
          'Cluster local refuses the token of the Backstage backend, and nothing of it was read before.',
        remedy:
          'Renew the token of cluster local in kubernetes.clusterLocatorMethods.',
      },
    ]);
  });

  it('for one kind says nothing of the others', async () => {
    server.script(({ path }) =>
      path.endsWith('/ingresses')
        ? status(503, 'ServiceUnavailable')
        : undefined,
    );
    const { snapshot, state } = await read();
    expect(snapshot.gaps).toMatchObject([
      { kind: 'Ingress', reason: 'Unreachable' },
    ]);
    expect(snapshot.list('Service')).toHaveLength(2);
    expect(state).toMatchObject({
      reachable: true,
      findings: [{ reason: 'KindsUnreachable' }],
    });
  });
});

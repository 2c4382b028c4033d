import { startBackend, type TestBackend } from '../__testUtils__/backend';
import {
  startFakeApiServer,
  type FakeApiServer,
} from '../__testUtils__/fakeApiServer';
import {
  clusterObjects,
  SUFFIX,
  worldCertificates,
} from '../__testUtils__/world';

let server: FakeApiServer;
let backend: TestBackend;

beforeEach(async () => {
  const { objects } = await worldCertificates();
  server = await startFakeApiServer([...clusterObjects(), ...objects]);
  backend = await startBackend({ server });
});

afterEach(async () => {
  await backend.stop();
  await server.close();
});

describe('an exposure from plan to removal', () => {
  it('is planned, applied, read, applied again without a change, and removed', async () => {
    const sam = backend.as('user:default/sam');

    const planned = await sam.post('/v1/plans', {
      entityRef: 'component:default/shop',
    });
    expect(planned.body).toMatchObject({
      action: 'create',
      host: `shop.${SUFFIX}`,
      url: `https://shop.${SUFFIX}`,
      request: { cluster: 'local', namespace: 'shop' },
      findings: [],
    });
    expect(server.writes()).toEqual([]);

    const applied = await sam.post('/v1/exposures', {
      entityRef: 'component:default/shop',
      digest: planned.body.digest,
    });
    expect(applied.status).toBe(201);
    expect(applied.body.action).toBe('create');
    const { namespace, name, uid } = applied.body.exposure;
    expect(namespace).toBe('shop');

    const [write] = server.writes();
    expect(write).toMatchObject({
      method: 'PATCH',
      path: `/apis/gateway.networking.k8s.io/v1/namespaces/shop/httproutes/${name}`,
      query: {
        fieldManager: 'backstage-networking',
        fieldValidation: 'Strict',
        force: 'false',
      },
      headers: {
        'content-type': 'application/apply-patch+yaml',
        authorization: 'Bearer fake-token',
      },
    });

    const tab = await sam.get('/v1/exposures?entityRef=component:default/shop');
    expect(tab.status).toBe(200);
    expect(tab.body).toMatchObject({
      entityRef: 'component:default/shop',
      permissions: { create: true, update: true, delete: true },
      clusters: [
        {
          cluster: 'local',
          reachable: true,
          findings: [{ reason: 'GatewayUnreachable' }],
        },
      ],
      exposures: [
        {
          name,
          managed: true,
          entities: [
            { entityRef: 'component:default/shop', reason: 'annotation' },
          ],
        },
      ],
    });

    const again = await sam.post('/v1/exposures', {
      entityRef: 'component:default/shop',
    });
    expect(again.status).toBe(200);
    expect(again.body.action).toBe('unchanged');
    expect(server.writes()).toHaveLength(1);

    const one = await sam.get(`/v1/exposures/local/shop/${name}`);
    expect(one.status).toBe(200);
    expect(one.body.manifest.metadata.managedFields).toBeUndefined();
    expect(one.body.yaml).toContain('kind: HTTPRoute');

    const removed = await sam.delete(
      `/v1/exposures/local/shop/${name}?uid=${uid}`,
    );
    expect(removed.status).toBe(204);
    expect(server.objects().some(object => object.kind === 'HTTPRoute')).toBe(
      false,
    );
  });
});

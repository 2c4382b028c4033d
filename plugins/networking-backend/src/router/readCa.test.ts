import type {
  Gateway,
  KubernetesObject,
} from 'backstage-plugin-networking-common';
import { startBackend, type TestBackend } from '../__testUtils__/backend';
import {
  makeCertificate,
  type TestCertificate,
} from '../__testUtils__/certificates';
import {
  startFakeApiServer,
  type FakeApiServer,
} from '../__testUtils__/fakeApiServer';
import {
  clusterObjects,
  issued,
  worldCertificates,
  type WorldCertificates,
} from '../__testUtils__/world';

let server: FakeApiServer;
let backend: TestBackend;
let world: WorldCertificates;
let otherCa: TestCertificate;

beforeAll(async () => {
  world = await worldCertificates();
  otherCa = await makeCertificate({ name: 'other-ca', isCa: true });
  server = await startFakeApiServer();
  backend = await startBackend({ server });
});

afterAll(async () => {
  await backend.stop();
  await server.close();
});

const compact = (pem: string) => pem.replace(/\s/g, '');

const offered = async () => {
  const { body } = await backend
    .as('user:default/sam')
    .get('/v1/ca')
    .set('Accept', 'application/json');
  return body.certificates.map(({ pem }: { pem: string }) => compact(pem));
};

/** A Certificate by an issuer of its own, with its own CA. */
async function byOtherCa(namespace: string): Promise<KubernetesObject[]> {
  const leaf = await makeCertificate({ name: 'other', issuer: otherCa });
  return [
    {
      apiVersion: 'cert-manager.io/v1',
      kind: 'ClusterIssuer',
      metadata: { name: 'other' },
      spec: { ca: { secretName: 'other-ca' } },
    } as KubernetesObject,
    ...issued({
      name: 'other-ca',
      namespace: 'cert-manager',
      secretName: 'other-ca',
      issuer: 'self-signed-issuer',
      certificate: otherCa,
      ca: otherCa,
    }),
    ...issued({
      name: 'other',
      namespace,
      secretName: 'other',
      issuer: 'other',
      certificate: leaf,
      ca: otherCa,
      dnsNames: ['other.example.org'],
    }),
  ];
}

const listener = {
  name: 'other',
  port: 30443,
  protocol: 'HTTPS',
  hostname: 'other.example.org',
  tls: { mode: 'Terminate', certificateRefs: [{ name: 'other' }] },
};

it('is of each listener of the Gateway, the one of the settings first', async () => {
  const objects = structuredClone(clusterObjects());
  const gateway = objects.find(({ kind }) => kind === 'Gateway') as Gateway;
  gateway.spec!.listeners!.unshift(listener);
  server.reset(
    ...objects,
    ...world.objects,
    ...(await byOtherCa('kube-system')),
  );
  expect(await offered()).toEqual([
    compact(world.ca.cert),
    compact(otherCa.cert),
  ]);
});

it('is of no listener that a team adds by a ListenerSet', async () => {
  const objects = structuredClone(clusterObjects());
  const gateway = objects.find(({ kind }) => kind === 'Gateway') as Gateway;
  gateway.spec!.allowedListeners = { namespaces: { from: 'All' } };
  server.reset(...objects, ...world.objects, ...(await byOtherCa('shop')), {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'ListenerSet',
    metadata: { name: 'shop', namespace: 'shop' },
    spec: {
      parentRef: { name: 'idp-gateway', namespace: 'kube-system' },
      listeners: [listener],
    },
  } as KubernetesObject);
  expect(await offered()).toEqual([compact(world.ca.cert)]);
});

import {
  createSnapshot,
  resolveSettings,
  type Gateway,
  type HttpRoute,
} from 'backstage-plugin-networking-common';
import { makeCertificate } from '../../__testUtils__/certificates';
import {
  clusterObjects,
  issued,
  route,
  worldCertificates,
} from '../../__testUtils__/world';
import { createCertificateReader, createRoots } from '../../io/certificates';
import { probeTargetsOf, targetsByCa } from './probeTargets';

const settings = resolveSettings({
  clusters: ['local'],
  appConfig: {
    network: { lanIp: '127.0.0.1' },
    gateway: { class: 'local-traefik' },
  },
}).byCluster.local;

const compact = (pem: string | undefined) => pem?.replace(/\s/g, '');

async function targetsOf(change: (found: HttpRoute) => void = () => {}) {
  const world = await worldCertificates();
  const otherCa = await makeCertificate({ name: 'other-ca', isCa: true });
  const leaf = await makeCertificate({ name: 'other', issuer: otherCa });
  const objects = structuredClone(clusterObjects());
  const gateway = objects.find(({ kind }) => kind === 'Gateway') as Gateway;
  gateway.spec!.listeners!.push({
    name: 'other',
    port: 30443,
    protocol: 'HTTPS',
    hostname: 'other.example.org',
    tls: { certificateRefs: [{ name: 'other' }] },
    allowedRoutes: { namespaces: { from: 'All' } },
  });
  const found = route('shop');
  found.metadata.uid = 'uid-of-shop';
  found.spec!.hostnames = ['shop.127-0-0-1.nip.io', 'other.example.org'];
  delete found.spec!.parentRefs![0].sectionName;
  change(found);
  const snapshot = createSnapshot({
    cluster: 'local',
    observedAt: new Date().toISOString(),
    objects: [
      ...objects,
      ...world.objects,
      ...issued({
        name: 'other',
        namespace: 'kube-system',
        secretName: 'other',
        issuer: 'elsewhere',
        certificate: leaf,
        ca: otherCa,
        dnsNames: ['other.example.org'],
      }),
    ],
  });
  const certificates = createCertificateReader({
    now: () => new Date(),
    roots: createRoots(() => [otherCa.cert]),
  });
  const targets = probeTargetsOf(
    { certificates },
    { snapshot, settings },
    found,
  );
  return { targets, world, otherCa };
}

describe('what probes may ask of a route', () => {
  it('is each host of it, with the CA of the listener that serves it', async () => {
    const { targets, world, otherCa } = await targetsOf();
    expect(
      Object.fromEntries(
        targets.map(({ host, caPem }) => [host, compact(caPem)]),
      ),
    ).toEqual({
      'shop.127-0-0-1.nip.io': compact(world.ca.cert),
      'other.example.org': compact(otherCa.cert),
    });
    expect(
      targetsByCa(targets).map(({ targets: ofOne }) => ofOne.length),
    ).toEqual([1, 1]);
  });

  it('is nothing of a route without uid', async () => {
    const { targets } = await targetsOf(found => {
      delete found.metadata.uid;
    });
    expect(targets).toEqual([]);
  });
});

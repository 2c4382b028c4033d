import {
  createSnapshot,
  resolveSettings,
  type CaBundle,
  type Certificate,
  type CertificateRequest,
  type KeptRevision,
  type KubernetesObject,
  type ListenerRef,
  type ProbeFacts,
} from 'backstage-plugin-networking-common';
import {
  makeCertificate,
  type TestCertificate,
} from '../../__testUtils__/certificates';
import {
  clusterObjects,
  issued,
  worldCertificates,
  type WorldCertificates,
} from '../../__testUtils__/world';
import {
  createCertificateReader,
  createRoots,
  parseCertificates,
  summarize,
} from '../../io/certificates';
import { caBundleOf, type Servable } from './caBundle';

const HTTPS: ListenerRef = {
  kind: 'Gateway',
  namespace: 'kube-system',
  name: 'idp-gateway',
  section: 'https',
};
const LEAF_UID = 'uid-of-idp-wildcard-cert';

const compact = (pem: string | undefined) => pem?.replace(/\s/g, '');
const pemOf = (...certificates: TestCertificate[]) =>
  compact(certificates.map(({ cert }) => cert).join(''));
const summary = ({ cert }: TestCertificate) =>
  summarize(parseCertificates(cert)[0]);

/** What a probe saw: a leaf, and what came with it. */
function probeOf(
  host: string,
  chain: TestCertificate[],
  verified = false,
): ProbeFacts {
  const summaries = chain.map(summary);
  return {
    host,
    address: '127.0.0.1',
    port: 30443,
    path: '/',
    at: '2026-03-01T00:00:00Z',
    durationMs: 1,
    tls: { verified, leaf: summaries[0], chain: summaries },
  };
}

interface Case {
  objects: KubernetesObject[];
  caPem?: string;
  roots?: TestCertificate[];
  publicRoots?: TestCertificate[];
  earlier?: KeptRevision[];
  served?: ProbeFacts[];
}

function bundleOf({
  objects,
  caPem,
  roots = [],
  publicRoots = [],
  earlier = [],
  served = [],
}: Case): CaBundle | undefined {
  const reader = createCertificateReader({
    now: () => new Date(),
    kept: {
      revisions: (_, uid) => (uid === LEAF_UID ? earlier : []),
      version: () => 0,
    },
    roots: createRoots(() => roots.map(({ cert }) => cert)),
  });
  const { local: settings } = resolveSettings({
    clusters: ['local'],
    appConfig: {
      network: { lanIp: '127.0.0.1' },
      ...(caPem !== undefined && { certificates: { caPem } }),
    },
  }).byCluster;
  const snapshot = createSnapshot({
    cluster: 'local',
    observedAt: new Date().toISOString(),
    objects,
  });
  const servable = reader
    .lookup({ snapshot, settings })(HTTPS)
    .map((facts): Servable => ({ facts, material: reader.material(facts)! }));
  return caBundleOf({
    cluster: 'local',
    servable,
    served,
    isPublic: one =>
      publicRoots.some(
        root => summary(root).fingerprintSha256 === one.fingerprint256,
      ),
  });
}

let world: WorldCertificates;
/** A CA of the same name that signs today, after `world.ca` was replaced. */
let newCa: TestCertificate;
let replaced: KubernetesObject[];

const objectsOf = (found: KubernetesObject[]) => [
  ...clusterObjects(),
  ...structuredClone(found),
];

/** The wildcard was issued anew, by the CA that signs today. */
async function renewed() {
  const leaf = await makeCertificate({ name: 'renewed', issuer: newCa });
  const objects = objectsOf(replaced);
  const certificate = objects.find(
    ({ kind, metadata }) =>
      kind === 'Certificate' && metadata.name === 'idp-wildcard-cert',
  ) as Certificate;
  certificate.status!.revision = 2;
  const request = objects.find(
    ({ metadata }) => metadata.name === 'idp-wildcard-cert-1',
  ) as CertificateRequest;
  request.metadata.annotations!['cert-manager.io/certificate-revision'] = '2';
  request.status = {
    certificate: Buffer.from(leaf.cert).toString('base64'),
    ca: Buffer.from(newCa.cert).toString('base64'),
  };
  const earlier: KeptRevision[] = [
    {
      revision: 1,
      leafPem: world.wildcard.cert,
      chainPem: [world.ca.cert],
      seenAt: '2026-02-01T00:00:00Z',
    },
  ];
  return { leaf, objects, earlier };
}

beforeAll(async () => {
  world = await worldCertificates();
  newCa = await makeCertificate({ name: 'idp-demo-ca', isCa: true });
  const objects = structuredClone(world.objects);
  const request = objects.find(
    ({ metadata }) => metadata.name === 'idp-demo-ca-1',
  ) as CertificateRequest;
  request.status = {
    certificate: Buffer.from(newCa.cert).toString('base64'),
  };
  replaced = objects;
});

describe('by what was issued, where no probe saw what is served, the bundle', () => {
  it('is the CA alone where it signs what is served', () => {
    const bundle = bundleOf({ objects: objectsOf(world.objects) });
    expect(compact(bundle?.pem)).toBe(pemOf(world.ca));
    expect(bundle?.fingerprintsSha256).toEqual([
      summary(world.ca).fingerprintSha256,
    ]);
    expect(bundle?.findings).toEqual([]);
    expect(bundle?.trust).toBe('cluster');
    expect(bundle?.certificates).toMatchObject([
      { verifiesServed: true, signsToday: true },
    ]);
  });

  it('is the serving CA, then the one that signs today, with the finding', () => {
    const bundle = bundleOf({ objects: objectsOf(replaced) });
    expect(compact(bundle?.pem)).toBe(pemOf(world.ca, newCa));
    expect(bundle?.findings).toEqual([
      expect.objectContaining({
        reason: 'CaReplaced',
        remedy: 'Renew Certificate kube-system/idp-wildcard-cert.',
      }),
    ]);
    expect(bundle?.certificates).toMatchObject([
      { verifiesServed: true, signsToday: false },
      { verifiesServed: false, signsToday: true },
    ]);
  });

  it('is every CA that the settings give, first the one that verifies what is served', async () => {
    const other = await makeCertificate({ name: 'other', isCa: true });
    const bundle = bundleOf({
      objects: objectsOf(world.objects).filter(
        ({ kind }) => kind !== 'ClusterIssuer',
      ),
      caPem: `${other.cert}${world.ca.cert}`,
    });
    expect(compact(bundle?.pem)).toBe(pemOf(world.ca, other));
    expect(bundle?.findings).toEqual([]);
    expect(bundle?.trust).toBe('settings');
  });

  it('is the CA that signs today where nothing is known of the leaf', () => {
    const bundle = bundleOf({
      objects: objectsOf(world.objects).filter(
        ({ metadata }) => metadata.name !== 'idp-wildcard-cert-1',
      ),
    });
    expect(compact(bundle?.pem)).toBe(pemOf(world.ca));
  });

  it.each([false, true])(
    'is a self-signed leaf itself (key for connections alone: %s)',
    async isServerOnly => {
      const own = await makeCertificate({ name: 'own', isServerOnly });
      const bundle = bundleOf({
        objects: [
          ...objectsOf(world.objects),
          ...issued({
            name: 'idp-wildcard-cert',
            namespace: 'kube-system',
            secretName: 'idp-wildcard-cert',
            issuer: 'self-signed-issuer',
            certificate: own,
            ca: own,
            dnsNames: ['*.127-0-0-1.nip.io'],
          }),
        ],
      });
      expect(compact(bundle?.pem)).toBe(pemOf(own));
    },
  );

  it('never holds a key', () => {
    const bundle = bundleOf({ objects: objectsOf(replaced) });
    expect(JSON.stringify(bundle)).not.toContain('PRIVATE KEY');
  });

  it('is nothing where nothing is known', () => {
    expect(bundleOf({ objects: clusterObjects() })).toBeUndefined();
  });
});

describe('by what probes saw, the bundle', () => {
  it('is of the leaf that is still served, though another was issued since', async () => {
    const { objects, earlier } = await renewed();
    const bundle = bundleOf({
      objects,
      earlier,
      served: [probeOf('shop', [world.wildcard])],
    });
    expect(compact(bundle?.pem)).toBe(pemOf(world.ca, newCa));
    expect(bundle?.findings).toMatchObject([
      {
        reason: 'CaReplaced',
        remedy: expect.stringMatching(
          /^Find out why the gateway does not take up Secret kube-system\/idp-wildcard-cert/,
        ),
      },
    ]);
    expect(bundle?.certificates).toMatchObject([
      { verifiesServed: true, signsToday: false },
      { verifiesServed: false, signsToday: true },
    ]);
  });

  it('is of the issued leaf alone once every host serves it', async () => {
    const { objects, earlier, leaf } = await renewed();
    const bundle = bundleOf({
      objects,
      earlier,
      served: [probeOf('shop', [leaf], true), probeOf('docs', [leaf], true)],
    });
    expect(compact(bundle?.pem)).toBe(pemOf(newCa));
    expect(bundle?.findings).toEqual([]);
  });

  it('is of both while some hosts serve the one and some the other', async () => {
    const { objects, earlier, leaf } = await renewed();
    const bundle = bundleOf({
      objects,
      earlier,
      served: [
        probeOf('shop', [leaf], true),
        probeOf('docs', [world.wildcard]),
      ],
    });
    expect(
      new Set(bundle?.certificates?.map(({ pem }) => compact(pem))),
    ).toEqual(new Set([pemOf(world.ca), pemOf(newCa)]));
    expect(bundle?.findings).toMatchObject([{ reason: 'CaReplaced' }]);
  });

  it('knows the CA of a leaf that it does not know, by a certificate that was served with it', async () => {
    const stranger = await makeCertificate({
      name: 'stranger',
      issuer: world.ca,
    });
    const bundle = bundleOf({
      objects: objectsOf(replaced),
      served: [probeOf('shop', [stranger, world.ca])],
    });
    expect(compact(bundle?.pem)).toBe(pemOf(world.ca, newCa));
  });

  it('knows the CA of a leaf that it does not know, by the key that signed it', async () => {
    const stranger = await makeCertificate({
      name: 'stranger',
      issuer: world.ca,
    });
    const bundle = bundleOf({
      objects: objectsOf(replaced),
      served: [probeOf('shop', [stranger])],
    });
    expect(compact(bundle?.pem)).toBe(pemOf(world.ca, newCa));
  });

  it('says that what is served is not known, and takes no CA from the wire', async () => {
    const foreign = await makeCertificate({ name: 'foreign', isCa: true });
    const stranger = await makeCertificate({
      name: 'stranger',
      issuer: foreign,
    });
    const bundle = bundleOf({
      objects: objectsOf(world.objects),
      served: [probeOf('shop.example.org', [stranger, foreign])],
    });
    expect(compact(bundle?.pem)).toBe(pemOf(world.ca));
    expect(bundle?.findings).toEqual([
      expect.objectContaining({
        reason: 'ServedNotKnown',
        message: expect.stringContaining('shop.example.org'),
      }),
    ]);
  });

  it('takes no CA from the wire that calls itself as the one of the cluster', async () => {
    const foreign = await makeCertificate({ name: 'idp-demo-ca', isCa: true });
    const stranger = await makeCertificate({ name: 'x', issuer: foreign });
    const bundle = bundleOf({
      objects: objectsOf(world.objects),
      served: [probeOf('shop', [stranger, foreign])],
    });
    expect(compact(bundle?.pem)).toBe(pemOf(world.ca));
  });
});

describe('of an ACME issuer the bundle', () => {
  const acme = async (root: TestCertificate) => {
    const leaf = await makeCertificate({ name: 'shop', issuer: root });
    return [
      ...objectsOf(world.objects),
      {
        apiVersion: 'cert-manager.io/v1',
        kind: 'ClusterIssuer',
        metadata: { name: 'public' },
        spec: { acme: {} },
      },
      ...issued({
        name: 'idp-wildcard-cert',
        namespace: 'kube-system',
        secretName: 'idp-wildcard-cert',
        issuer: 'public',
        certificate: leaf,
        ca: root,
        dnsNames: ['*.127-0-0-1.nip.io'],
      }),
    ] as KubernetesObject[];
  };

  it('is the root that verifies, with a sentence that nothing needs to be trusted', async () => {
    const root = await makeCertificate({ name: 'Public Root', isCa: true });
    const bundle = bundleOf({
      objects: await acme(root),
      roots: [root],
      publicRoots: [root],
    });
    expect(compact(bundle?.pem)).toBe(pemOf(root));
    expect(bundle?.trust).toBe('system');
    expect(bundle?.findings).toMatchObject([
      {
        reason: 'CaPublic',
        severity: 'info',
        message: expect.stringMatching(
          /^Nothing needs to be trusted .*Public Root/,
        ),
      },
    ]);
  });

  it('is the root with another sentence, where this machine trusts it and browsers need not', async () => {
    const root = await makeCertificate({ name: 'Company Root', isCa: true });
    const bundle = bundleOf({ objects: await acme(root), roots: [root] });
    expect(compact(bundle?.pem)).toBe(pemOf(root));
    expect(bundle?.trust).toBeUndefined();
    expect(bundle?.findings).toMatchObject([{ reason: 'CaOfSystem' }]);
  });

  it('is nothing where nobody trusts the chain, as that of a test service', async () => {
    const root = await makeCertificate({ name: 'Fake Root', isCa: true });
    expect(bundleOf({ objects: await acme(root) })).toBeUndefined();
  });
});

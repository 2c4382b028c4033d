import type {
  CertificateRequest,
  Issuer,
  KubernetesObject,
} from 'backstage-plugin-networking-common';
import {
  makeCertificate,
  type TestCertificate,
} from '../../__testUtils__/certificates';
import { clusterObjects, issued } from '../../__testUtils__/world';
import {
  bundleOf,
  compact,
  pemOf,
  replacedCa,
  summary,
  type Replaced,
} from './__testUtils__/bundle';

let cluster: Replaced;

beforeAll(async () => {
  cluster = await replacedCa();
});

describe('by what was issued, where no probe saw what is served, the bundle', () => {
  it('is the CA alone where it signs what is served', () => {
    const bundle = bundleOf({ objects: structuredClone(cluster.before) });
    expect(compact(bundle?.pem)).toBe(pemOf(cluster.world.ca));
    expect(bundle?.fingerprintsSha256).toEqual([
      summary(cluster.world.ca).fingerprintSha256,
    ]);
    expect(bundle?.findings).toEqual([]);
    expect(bundle?.trust).toBe('cluster');
    expect(bundle?.certificates).toMatchObject([
      { verifiesServed: true, signsToday: true },
    ]);
  });

  it('is the serving CA, then the one that signs today, with the finding', () => {
    const bundle = bundleOf({ objects: structuredClone(cluster.after) });
    expect(compact(bundle?.pem)).toBe(pemOf(cluster.world.ca, cluster.newCa));
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

  it('has the remedy of those whose it is, for everybody else', () => {
    const bundle = bundleOf({
      objects: structuredClone(cluster.after),
      owners: "the platform's admins",
    });
    expect(bundle?.findings).toMatchObject([
      {
        reason: 'CaReplaced',
        remedy:
          "Ask the platform's admins to renew Certificate kube-system/idp-wildcard-cert.",
      },
    ]);
  });

  it('is the CA that signed it where the issuer leads to none, with what is not known', () => {
    const objects = structuredClone(cluster.before);
    for (const object of objects.filter(
      ({ kind }) => kind === 'ClusterIssuer',
    )) {
      (object as Issuer).spec = { ca: { secretName: 'nowhere' } };
    }
    const bundle = bundleOf({ objects });
    expect(compact(bundle?.pem)).toBe(pemOf(cluster.world.ca));
    expect(bundle?.trust).toBe('issued');
    expect(bundle?.findings).toEqual([
      expect.objectContaining({
        reason: 'CaNotFollowed',
        severity: 'info',
        message: expect.stringMatching(
          /^Which CA signs today is not known: the file holds the CA idp-demo-ca, which signed kube-system\/idp-wildcard-cert\. No Certificate fills Secret cert-manager\/nowhere/,
        ),
      }),
    ]);
    expect(bundle?.certificates).toMatchObject([
      { verifiesServed: true, signsToday: false },
    ]);
  });

  it('is every CA that the settings give, first the one that verifies what is served', async () => {
    const other = await makeCertificate({ name: 'other', isCa: true });
    const bundle = bundleOf({
      objects: structuredClone(cluster.before).filter(
        ({ kind }) => kind !== 'ClusterIssuer',
      ),
      caPem: `${other.cert}${cluster.world.ca.cert}`,
    });
    expect(compact(bundle?.pem)).toBe(pemOf(cluster.world.ca, other));
    expect(bundle?.findings).toEqual([]);
    expect(bundle?.trust).toBe('settings');
  });

  it('is the CA that signs today where nothing is known of the leaf', () => {
    const bundle = bundleOf({
      objects: structuredClone(cluster.before).filter(
        ({ metadata }) => metadata.name !== 'idp-wildcard-cert-1',
      ),
    });
    expect(compact(bundle?.pem)).toBe(pemOf(cluster.world.ca));
  });

  it.each([false, true])(
    'is a self-signed leaf itself (key for connections alone: %s)',
    async isServerOnly => {
      const own = await makeCertificate({ name: 'own', isServerOnly });
      const bundle = bundleOf({
        objects: [
          ...structuredClone(cluster.before),
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
    const bundle = bundleOf({ objects: structuredClone(cluster.after) });
    expect(JSON.stringify(bundle)).not.toContain('PRIVATE KEY');
  });

  it('is nothing where nothing is known', () => {
    expect(bundleOf({ objects: clusterObjects() })).toBeUndefined();
  });
});

describe('of an ACME issuer the bundle', () => {
  const acme = async (root: TestCertificate) => {
    const leaf = await makeCertificate({ name: 'shop', issuer: root });
    return [
      ...structuredClone(cluster.before),
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

describe('where the CA is an intermediate, the bundle', () => {
  const made = async () => {
    const root = await makeCertificate({ name: 'root', isCa: true });
    const ca = await makeCertificate({
      name: 'intermediate',
      isCa: true,
      issuer: root,
    });
    const leaf = await makeCertificate({ name: 'shop', issuer: ca });
    const objects = [
      ...structuredClone(cluster.before),
      {
        apiVersion: 'cert-manager.io/v1',
        kind: 'ClusterIssuer',
        metadata: { name: 'vault' },
        spec: { vault: {} },
      },
      ...issued({
        name: 'idp-wildcard-cert',
        namespace: 'kube-system',
        secretName: 'idp-wildcard-cert',
        issuer: 'vault',
        certificate: leaf,
        ca,
        dnsNames: ['*.127-0-0-1.nip.io'],
      }),
    ] as KubernetesObject[];
    for (const one of objects) {
      if (one.metadata.name !== 'idp-wildcard-cert-1') continue;
      const request = one as CertificateRequest;
      request.status!.certificate = Buffer.from(leaf.cert + ca.cert).toString(
        'base64',
      );
    }
    return { root, ca, objects };
  };

  it('is the intermediate with a warning, while the root is not known', async () => {
    const { ca, objects } = await made();
    const bundle = bundleOf({ objects, caPem: ca.cert, owners: 'the admins' });
    expect(compact(bundle?.pem)).toBe(pemOf(ca));
    expect(bundle?.findings).toMatchObject([
      {
        reason: 'CaRootNotKnown',
        severity: 'warning',
        remedy:
          'Ask the admins to give the certificate of the CA root in [certificates] ca_pem.',
      },
    ]);
  });

  it.each<[string, (chain: Awaited<ReturnType<typeof made>>) => object]>([
    ['alone', ({ root }) => ({ caPem: root.cert })],
    ['beside it', ({ root, ca }) => ({ caPem: ca.cert + root.cert })],
    ['by this system', ({ root, ca }) => ({ caPem: ca.cert, roots: [root] })],
  ])('is the root where that is given %s', async (_, options) => {
    const chain = await made();
    const bundle = bundleOf({ objects: chain.objects, ...options(chain) });
    expect(compact(bundle?.pem)).toBe(pemOf(chain.root));
    expect(bundle?.findings).toEqual([]);
    expect(bundle?.certificates).toMatchObject([
      { verifiesServed: true, signsToday: true },
    ]);
  });
});

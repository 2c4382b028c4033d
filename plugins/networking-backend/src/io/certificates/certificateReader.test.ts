import {
  createSnapshot,
  resolveSettings,
} from 'backstage-plugin-networking-common';
import {
  makeCertificate,
  type TestCertificate,
} from '../../__testUtils__/certificates';
import {
  clusterObjects,
  issued,
  worldCertificates,
} from '../../__testUtils__/world';
import { caBundleOf } from '../../usecases/certificates/caBundle';
import { createCertificateReader } from './certificateReader';

const settingsWith = (caPem?: string) =>
  resolveSettings({
    clusters: ['local'],
    appConfig: {
      network: { lanIp: '127.0.0.1' },
      ...(caPem !== undefined && { certificates: { caPem } }),
    },
  }).byCluster.local;

const reader = createCertificateReader({ now: () => new Date() });

async function read(
  options: Parameters<typeof worldCertificates>[0] & {
    without?: string;
    /** What the settings give. */
    caPem?: (ca: string) => string;
    /** The leaf, where it signed itself. */
    selfSigned?: TestCertificate;
  } = {},
) {
  const world = await worldCertificates(options);
  const { selfSigned } = options;
  // Of two objects of one name the later counts.
  const own = selfSigned
    ? issued({
        name: 'idp-wildcard-cert',
        namespace: 'kube-system',
        secretName: 'idp-wildcard-cert',
        issuer: 'self-signed-issuer',
        certificate: selfSigned,
        ca: selfSigned,
        dnsNames: ['*.127-0-0-1.nip.io'],
      })
    : [];
  const settings = settingsWith(options.caPem?.(world.ca.cert));
  const snapshot = createSnapshot({
    cluster: 'local',
    observedAt: new Date().toISOString(),
    objects: [...clusterObjects(), ...world.objects, ...own].filter(
      ({ kind, metadata }) => `${kind} ${metadata.name}` !== options.without,
    ),
  });
  return { world, certificate: reader.read({ snapshot, settings }) };
}

const compact = (pem: string | undefined) => pem?.replace(/\s/g, '');

describe('what is known of the gateway’s certificate', () => {
  it('is the leaf, the CA that signs today, and that one verifies the other', async () => {
    const { world, certificate } = await read();
    expect(certificate?.facts).toMatchObject({
      secret: { namespace: 'kube-system', name: 'idp-wildcard-cert' },
      certificate: { name: 'idp-wildcard-cert', revision: 1 },
      issuer: { kind: 'ClusterIssuer', name: 'idp-demo-ca' },
      leaf: { subject: 'CN=idp-wildcard' },
      signer: { subject: 'CN=idp-demo-ca' },
      verified: true,
    });
    expect(certificate?.trustPem?.trim()).toBe(world.ca.cert.trim());
  });

  it('does not verify after the CA got a new key', async () => {
    const signingCa = await makeCertificate({
      name: 'idp-demo-ca',
      isCa: true,
    });
    const { certificate } = await read({ signingCa });
    expect(certificate?.facts).toMatchObject({
      verified: false,
      verificationError: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
    });
  });

  it('verifies where any of several CAs that the settings give signed it', async () => {
    const other = await makeCertificate({ name: 'other', isCa: true });
    const { world, certificate } = await read({
      without: 'ClusterIssuer idp-demo-ca',
      caPem: ca => `${other.cert}${ca}`,
    });
    expect(certificate?.facts).toMatchObject({
      verified: true,
      signer: { subject: 'CN=idp-demo-ca' },
    });
    expect(compact(certificate?.trustPem)).toBe(
      compact(`${other.cert}${world.ca.cert}`),
    );
  });

  it('does not verify where none of several CAs that the settings give signed it', async () => {
    const other = await makeCertificate({ name: 'other', isCa: true });
    const { certificate } = await read({
      without: 'ClusterIssuer idp-demo-ca',
      caPem: () => `${other.cert}${other.cert}`,
    });
    expect(certificate?.facts).toMatchObject({
      verified: false,
      verificationError: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
    });
  });

  it.each([false, true])(
    'takes a self-signed leaf for its own signer, which verifies it (key for connections alone: %s)',
    async isServerOnly => {
      const selfSigned = await makeCertificate({
        name: 'own',
        dnsNames: ['*.127-0-0-1.nip.io'],
        isServerOnly,
      });
      const { certificate } = await read({ selfSigned });
      expect(certificate?.facts).toMatchObject({
        verified: true,
        leaf: { subject: 'CN=own' },
        signer: { subject: 'CN=own' },
      });
      expect(certificate?.facts.verificationError).toBeUndefined();
      expect(
        compact(certificate && caBundleOf(certificate, 'local')?.pem),
      ).toBe(compact(selfSigned.cert));
    },
  );

  it('says what is not known, where the request is not kept', async () => {
    const { certificate } = await read({
      without: 'CertificateRequest idp-wildcard-cert-1',
    });
    expect(certificate?.facts.leaf).toBeUndefined();
    expect(certificate?.facts.verified).toBeUndefined();
    expect(certificate?.facts.unknown).toEqual(expect.any(String));
  });

  it('is nothing where there is no gateway', async () => {
    const { certificate } = await read({ without: 'Gateway idp-gateway' });
    expect(certificate).toBeUndefined();
  });
});

describe('the CA bundle', () => {
  const bundleOf = async (options: Parameters<typeof read>[0] = {}) => {
    const { world, certificate } = await read(options);
    return { world, bundle: certificate && caBundleOf(certificate, 'local') };
  };

  it('is the CA alone where it signs what is served', async () => {
    const { world, bundle } = await bundleOf();
    expect(bundle?.pem.trim()).toBe(world.ca.cert.trim());
    expect(bundle?.fingerprintsSha256).toHaveLength(1);
    expect(bundle?.findings).toEqual([]);
  });

  it('is the serving CA, then the one that signs today, with the finding', async () => {
    const signingCa = await makeCertificate({
      name: 'idp-demo-ca',
      isCa: true,
    });
    const { world, bundle } = await bundleOf({ signingCa });
    expect(bundle?.pem.replace(/\s/g, '')).toBe(
      `${world.ca.cert}${signingCa.cert}`.replace(/\s/g, ''),
    );
    expect(bundle?.findings).toEqual([
      expect.objectContaining({
        reason: 'CaReplaced',
        remedy: 'Renew Certificate kube-system/idp-wildcard-cert.',
      }),
    ]);
  });

  it('is every CA that the settings give, first the one that verifies what is served', async () => {
    const other = await makeCertificate({ name: 'other', isCa: true });
    const { world, bundle } = await bundleOf({
      without: 'ClusterIssuer idp-demo-ca',
      caPem: ca => `${other.cert}${ca}`,
    });
    expect(compact(bundle?.pem)).toBe(compact(`${world.ca.cert}${other.cert}`));
    expect(bundle?.findings).toEqual([]);
  });

  it('is the signing CA where nothing is known of the leaf', async () => {
    const { world, bundle } = await bundleOf({
      without: 'CertificateRequest idp-wildcard-cert-1',
    });
    expect(bundle?.pem.trim()).toBe(world.ca.cert.trim());
  });

  it('never holds a key', async () => {
    const { bundle } = await bundleOf();
    expect(bundle?.pem).not.toContain('PRIVATE KEY');
  });
});

import {
  createSnapshot,
  resolveSettings,
} from 'backstage-plugin-networking-common';
import { makeCertificate } from '../../__testUtils__/certificates';
import { clusterObjects, worldCertificates } from '../../__testUtils__/world';
import { caBundleOf } from '../../usecases/certificates/caBundle';
import { createCertificateReader } from './certificateReader';

const settings = resolveSettings({
  clusters: ['local'],
  appConfig: { network: { lanIp: '127.0.0.1' } },
}).byCluster.local;

const reader = createCertificateReader({ now: () => new Date() });

async function read(
  options: Parameters<typeof worldCertificates>[0] & {
    without?: string;
  } = {},
) {
  const world = await worldCertificates(options);
  const snapshot = createSnapshot({
    cluster: 'local',
    observedAt: new Date().toISOString(),
    objects: [...clusterObjects(), ...world.objects].filter(
      ({ kind, metadata }) => `${kind} ${metadata.name}` !== options.without,
    ),
  });
  return { world, certificate: reader.read({ snapshot, settings }) };
}

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

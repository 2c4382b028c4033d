import {
  createSnapshot,
  resolveSettings,
  type ListenerRef,
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
import { createCertificateReader } from './certificateReader';

const settingsWith = (caPem?: string) =>
  resolveSettings({
    clusters: ['local'],
    appConfig: {
      network: { lanIp: '127.0.0.1' },
      ...(caPem !== undefined && { certificates: { caPem } }),
    },
  }).byCluster.local;

const HTTPS: ListenerRef = {
  kind: 'Gateway',
  namespace: 'kube-system',
  name: 'idp-gateway',
  section: 'https',
};

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
  const [facts] = reader.lookup({ snapshot, settings })(HTTPS);
  return { world, facts, material: facts && reader.material(facts) };
}

const compact = (pem: string | undefined) => pem?.replace(/\s/g, '');

describe('what is known of the gateway’s certificate', () => {
  it('is the leaf, the CA that signs today, and that one verifies the other', async () => {
    const { world, facts, material } = await read();
    expect(facts).toMatchObject({
      secret: { namespace: 'kube-system', name: 'idp-wildcard-cert' },
      certificate: { name: 'idp-wildcard-cert', revision: 1 },
      issuer: { kind: 'ClusterIssuer', name: 'idp-demo-ca' },
      leaf: { subject: 'CN=idp-wildcard' },
      signer: { subject: 'CN=idp-demo-ca' },
      verified: true,
    });
    expect(material?.trustPem?.trim()).toBe(world.ca.cert.trim());
  });

  it('does not verify after the CA got a new key', async () => {
    const signingCa = await makeCertificate({
      name: 'idp-demo-ca',
      isCa: true,
    });
    const { facts } = await read({ signingCa });
    expect(facts).toMatchObject({
      verified: false,
      verificationError: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
    });
  });

  it('verifies where any of several CAs that the settings give signed it', async () => {
    const other = await makeCertificate({ name: 'other', isCa: true });
    const { world, facts, material } = await read({
      without: 'ClusterIssuer idp-demo-ca',
      caPem: ca => `${other.cert}${ca}`,
    });
    expect(facts).toMatchObject({
      verified: true,
      signer: { subject: 'CN=idp-demo-ca' },
    });
    expect(compact(material?.trustPem)).toBe(
      compact(`${other.cert}${world.ca.cert}`),
    );
  });

  it('does not verify where none of several CAs that the settings give signed it', async () => {
    const other = await makeCertificate({ name: 'other', isCa: true });
    const { facts } = await read({
      without: 'ClusterIssuer idp-demo-ca',
      caPem: () => `${other.cert}${other.cert}`,
    });
    expect(facts).toMatchObject({
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
      const { facts } = await read({ selfSigned });
      expect(facts).toMatchObject({
        verified: true,
        leaf: { subject: 'CN=own' },
        signer: { subject: 'CN=own' },
      });
      expect(facts?.verificationError).toBeUndefined();
    },
  );

  it('says what is not known, where the request is not kept', async () => {
    const { facts } = await read({
      without: 'CertificateRequest idp-wildcard-cert-1',
    });
    expect(facts?.leaf).toBeUndefined();
    expect(facts?.verified).toBeUndefined();
    expect(facts?.unknown).toEqual(expect.any(String));
  });

  it('is nothing where there is no gateway', async () => {
    const { facts } = await read({ without: 'Gateway idp-gateway' });
    expect(facts).toBeUndefined();
  });
});

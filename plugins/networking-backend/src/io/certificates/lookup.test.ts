import {
  createSnapshot,
  resolveSettings,
  type Certificate,
  type CertificateFacts,
  type CertificateRequest,
  type Gateway,
  type KeptRevision,
  type KubernetesObject,
  type ListenerRef,
  type Snapshot,
  type SnapshotKind,
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
import { ObjectStore } from '../../cache/objectStore';
import { SNAPSHOT_KINDS } from '../cluster';
import { createCertificateReader, type KeptFacts } from './certificateReader';
import { createRoots } from './systemRoots';

const HTTPS: ListenerRef = {
  kind: 'Gateway',
  namespace: 'kube-system',
  name: 'idp-gateway',
  section: 'https',
};
const DAY = 24 * 60 * 60_000;

const settingsWith = (caPem?: string) =>
  resolveSettings({
    clusters: ['local'],
    appConfig: {
      network: { lanIp: '127.0.0.1' },
      ...(caPem !== undefined && { certificates: { caPem } }),
    },
  }).byCluster.local;
const settings = settingsWith();

const snapshotOf = (objects: readonly KubernetesObject[]): Snapshot =>
  createSnapshot({
    cluster: 'local',
    observedAt: new Date().toISOString(),
    objects,
  });

const compact = (pem: string | undefined) => pem?.replace(/\s/g, '');
const base64 = (text: string) => Buffer.from(text).toString('base64');

/** The object of a list, to be changed. */
function find<T extends KubernetesObject>(
  objects: readonly KubernetesObject[],
  kind: string,
  name: string,
): T {
  const found = objects.find(
    object => object.kind === kind && object.metadata.name === name,
  );
  if (!found) throw new Error(`No ${kind} ${name}`);
  return found as T;
}

let world: WorldCertificates;
let objects: KubernetesObject[];

beforeAll(async () => {
  world = await worldCertificates();
});

beforeEach(() => {
  objects = structuredClone([...clusterObjects(), ...world.objects]);
});

const drop = (kind: string, name: string) => {
  const gone = find(objects, kind, name);
  objects = objects.filter(object => object !== gone);
};

const revision = (
  number: number,
  leaf: TestCertificate,
  ca: TestCertificate,
): KeptRevision => ({
  revision: number,
  leafPem: leaf.cert.trim(),
  chainPem: [ca.cert.trim()],
  seenAt: '2026-03-01T00:00:00.000Z',
});

function factsOf(
  options: {
    kept?: Record<string, KeptRevision[]>;
    caPem?: string;
    roots?: TestCertificate[];
    now?: Date;
    at?: ListenerRef;
  } = {},
): readonly CertificateFacts[] {
  const { kept = {}, roots = [], now = new Date(), at = HTTPS } = options;
  const reader = createCertificateReader({
    now: () => now,
    kept: {
      revisions: (cluster, uid) => (cluster === 'local' && kept[uid]) || [],
      version: () => 0,
    },
    roots: createRoots(() => roots.map(({ cert }) => cert)),
  });
  return reader.lookup({
    snapshot: snapshotOf(objects),
    settings:
      options.caPem === undefined ? settings : settingsWith(options.caPem),
  })(at);
}

/** Who signs the wildcard, by an issuer that keeps its CA elsewhere. */
function issueBy(
  spec: Record<string, unknown>,
  leaf: TestCertificate,
  ...chain: TestCertificate[]
) {
  find<KubernetesObject & { spec: unknown }>(
    objects,
    'ClusterIssuer',
    'idp-demo-ca',
  ).spec = spec;
  find<CertificateRequest>(
    objects,
    'CertificateRequest',
    'idp-wildcard-cert-1',
  ).status = {
    certificate: base64([leaf, ...chain].map(({ cert }) => cert).join('')),
  };
}

describe('trust', () => {
  let root: TestCertificate;
  let intermediate: TestCertificate;
  let leaf: TestCertificate;

  beforeAll(async () => {
    root = await makeCertificate({ name: 'Public Root', isCa: true });
    intermediate = await makeCertificate({
      name: 'Public CA 1',
      isCa: true,
      issuer: root,
      notAfter: new Date(Date.now() + 10 * DAY),
    });
    leaf = await makeCertificate({
      name: 'shop.example.com',
      dnsNames: ['shop.example.com'],
      issuer: intermediate,
    });
  });

  it('comes from the cluster where its CA is there, with the Certificate of that CA', () => {
    const [facts] = factsOf({ roots: [world.ca] });
    expect(facts).toMatchObject({
      trust: 'cluster',
      verified: true,
      ca: { name: 'idp-demo-ca', revision: 1, isCa: true },
      chain: [{ subject: 'CN=idp-demo-ca' }],
    });
  });

  it('comes from the roots of this system for an ACME issuer, with the root that verifies', () => {
    issueBy({ acme: {} }, leaf, intermediate);
    const [facts] = factsOf({ roots: [world.ca, root] });
    expect(facts).toMatchObject({
      trust: 'system',
      verified: true,
      signer: { subject: 'CN=Public Root' },
      chain: [{ subject: 'CN=Public CA 1' }],
    });
    expect(facts.unknown).toBeUndefined();
    expect(facts.ca).toBeUndefined();
  });

  it('is refused where no root of this system verifies what an ACME issuer gave', () => {
    issueBy({ acme: {} }, leaf, intermediate);
    const [facts] = factsOf({ roots: [world.ca] });
    expect(facts).toMatchObject({
      trust: 'system',
      verified: false,
      verificationError: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
    });
    expect(facts.unknown).toBeUndefined();
  });

  it.each([
    ['Vault', { vault: {} }],
    ['Venafi', { venafi: {} }],
  ])(
    'is not known where %s signs with a CA that nothing tells of',
    (_, spec) => {
      issueBy(spec, leaf, intermediate);
      const [facts] = factsOf();
      expect(facts.verified).toBeUndefined();
      expect(facts.trust).toBeUndefined();
      expect(facts.unknown).toMatch(/keeps its CA outside the cluster/);
      expect(facts.leaf?.subject).toBe('CN=shop.example.com');
    },
  );

  it('comes from the settings, before the roots of this system', () => {
    issueBy({ vault: {} }, leaf, intermediate);
    expect(factsOf({ caPem: root.cert, roots: [root] })[0]).toMatchObject({
      trust: 'settings',
      verified: true,
      signer: { subject: 'CN=Public Root' },
    });
  });

  it('comes from the roots of this system where the settings give a CA of something else', () => {
    issueBy({ acme: {} }, leaf, intermediate);
    expect(factsOf({ caPem: world.ca.cert, roots: [root] })[0]).toMatchObject({
      trust: 'system',
      verified: true,
    });
  });

  it('comes from the roots of this system for an issuer of another group', () => {
    issueBy({}, leaf, intermediate);
    find<Certificate>(
      objects,
      'Certificate',
      'idp-wildcard-cert',
    ).spec!.issuerRef = {
      name: 'x',
      kind: 'AWSPCAIssuer',
      group: 'awspca.example',
    };
    expect(factsOf({ roots: [root] })[0]).toMatchObject({
      trust: 'system',
      verified: true,
      issuer: { type: 'external' },
    });
    expect(factsOf()[0].verified).toBeUndefined();
  });

  it('ends with the earliest certificate on the way up, its CA included', () => {
    issueBy({ acme: {} }, leaf, intermediate);
    const [facts] = factsOf({ roots: [root] });
    expect(facts.chainNotAfter).toBe(facts.chain?.[0].notAfter);
  });

  it('does not end with a cross-signed certificate that nobody needs', async () => {
    const old = await makeCertificate({
      name: 'Old Root',
      isCa: true,
      notAfter: new Date(Date.now() - DAY / 2),
    });
    const crossed = await makeCertificate({
      name: 'Public Root',
      isCa: true,
      issuer: old,
      keys: root.keys,
      notAfter: new Date(Date.now() - DAY / 2),
    });
    issueBy({ acme: {} }, leaf, intermediate, crossed);
    const [facts] = factsOf({ roots: [root, old] });
    expect(facts.verified).toBe(true);
    expect(facts.chainNotAfter).toBe(facts.chain?.[0].notAfter);
  });
});

describe('a listener', () => {
  it('is followed to each of its certificates', async () => {
    const other = await makeCertificate({
      name: 'other',
      dnsNames: ['other.example.org'],
      issuer: world.ca,
    });
    const listener = find<Gateway>(objects, 'Gateway', 'idp-gateway').spec!
      .listeners![1];
    listener.tls!.certificateRefs = [
      { name: 'idp-wildcard-cert' },
      { name: 'other-cert' },
      { name: 'by-hand' },
    ];
    objects.push(
      ...issued({
        name: 'other',
        namespace: 'kube-system',
        secretName: 'other-cert',
        issuer: 'idp-demo-ca',
        certificate: other,
        ca: world.ca,
        dnsNames: ['other.example.org'],
      }),
    );
    const facts = factsOf();
    expect(facts.map(one => one.leaf?.subject)).toEqual([
      'CN=idp-wildcard',
      'CN=other',
      undefined,
    ]);
    expect(facts[2].unknown).toMatch(/No Certificate fills Secret/);
  });

  it.each<[string, ListenerRef]>([
    ['does not exist', { ...HTTPS, section: 'nope' }],
    ['is of a Gateway that does not exist', { ...HTTPS, name: 'nope' }],
    ['speaks no TLS', { ...HTTPS, section: 'http' }],
  ])('that %s has none', (_, at) => {
    expect(factsOf({ at })).toEqual([]);
  });

  it('of a ListenerSet is followed in its own namespace', () => {
    const leafObjects = issued({
      name: 'web',
      namespace: 'shop',
      secretName: 'web-cert',
      issuer: 'idp-demo-ca',
      certificate: world.wildcard,
      ca: world.ca,
      dnsNames: ['web.example.org'],
    });
    objects.push(...leafObjects, {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'ListenerSet',
      metadata: { name: 'web', namespace: 'shop' },
      spec: {
        listeners: [
          {
            name: 'web',
            port: 30443,
            protocol: 'HTTPS',
            tls: { certificateRefs: [{ name: 'web-cert' }] },
          },
        ],
      },
    } as KubernetesObject);
    const at = {
      kind: 'ListenerSet',
      namespace: 'shop',
      name: 'web',
      section: 'web',
    } as const;
    expect(factsOf({ at })).toMatchObject([
      { secret: { namespace: 'shop', name: 'web-cert' }, verified: true },
    ]);
  });
});

describe('what was kept', () => {
  const LEAF = 'uid-of-idp-wildcard-cert';
  const CA = 'uid-of-idp-demo-ca';

  it('tells of a revision whose request is gone, and since when', () => {
    drop('CertificateRequest', 'idp-wildcard-cert-1');
    const [facts] = factsOf({
      kept: { [LEAF]: [revision(1, world.wildcard, world.ca)] },
    });
    expect(facts).toMatchObject({
      leaf: { subject: 'CN=idp-wildcard' },
      chain: [{ subject: 'CN=idp-demo-ca' }],
      verified: true,
      keptAt: '2026-03-01T00:00:00.000Z',
    });
    expect(facts.unknown).toBeUndefined();
    expect(facts.certificate?.request).toBeUndefined();
  });

  it('tells of the CA that signs today', () => {
    drop('CertificateRequest', 'idp-demo-ca-1');
    expect(factsOf()[0].verified).toBeUndefined();
    const [facts] = factsOf({
      kept: { [CA]: [revision(1, world.ca, world.ca)] },
    });
    expect(facts).toMatchObject({ verified: true, trust: 'cluster' });
    expect(facts.keptAt).toBeUndefined();
  });

  it('is never put before what the cluster says', async () => {
    const other = await makeCertificate({ name: 'other', issuer: world.ca });
    const [facts] = factsOf({
      kept: { [LEAF]: [revision(1, other, world.ca)] },
    });
    expect(facts.leaf?.subject).toBe('CN=idp-wildcard');
    expect(facts.keptAt).toBeUndefined();
  });

  it.each<[string, Record<string, number>]>([
    ['another revision', { [LEAF]: 2 }],
    ['another Certificate of that name', { 'uid-of-before': 1 }],
  ])('is not taken for what it is not: of %s', (_, kept) => {
    drop('CertificateRequest', 'idp-wildcard-cert-1');
    const [facts] = factsOf({
      kept: Object.fromEntries(
        Object.entries(kept).map(([uid, number]) => [
          uid,
          [revision(number, world.wildcard, world.ca)],
        ]),
      ),
    });
    expect(facts.leaf).toBeUndefined();
    expect(facts.unknown).toMatch(/is not kept, so what it holds is not known/);
  });

  it('is not taken where the cluster tells of another end of what the Secret holds', () => {
    drop('CertificateRequest', 'idp-wildcard-cert-1');
    const certificate = find<Certificate>(
      objects,
      'Certificate',
      'idp-wildcard-cert',
    );
    certificate.status!.notAfter = '2031-01-01T00:00:00Z';
    const [facts] = factsOf({
      kept: { [LEAF]: [revision(1, world.wildcard, world.ca)] },
    });
    expect(facts.leaf).toBeUndefined();
    expect(facts.keptAt).toBeUndefined();
    expect(facts.unknown).toMatch(/holds another certificate/);
  });

  it('tells of earlier revisions, newest first, and whether the CA that signs today signed them', async () => {
    const before = await makeCertificate({ name: 'idp-demo-ca', isCa: true });
    const [first, second] = await Promise.all([
      makeCertificate({ name: 'first', issuer: before }),
      makeCertificate({ name: 'second', issuer: world.ca }),
    ]);
    find<Certificate>(
      objects,
      'Certificate',
      'idp-wildcard-cert',
    ).status!.revision = 3;
    find<CertificateRequest>(
      objects,
      'CertificateRequest',
      'idp-wildcard-cert-1',
    ).metadata.annotations!['cert-manager.io/certificate-revision'] = '3';
    const [facts] = factsOf({
      kept: {
        [LEAF]: [
          revision(4, world.wildcard, world.ca),
          revision(2, second, world.ca),
          revision(1, first, before),
        ],
      },
    });
    expect(facts.earlier).toMatchObject([
      { revision: 2, leaf: { subject: 'CN=second' }, verified: true },
      { revision: 1, leaf: { subject: 'CN=first' }, verified: false },
    ]);
    expect(facts.keptAt).toBeUndefined();
  });

  it('tells of earlier revisions whose requests are still in the cluster, without a database', () => {
    const earlier = find<CertificateRequest>(
      objects,
      'CertificateRequest',
      'idp-wildcard-cert-1',
    );
    const current = structuredClone(earlier);
    current.metadata.name = 'idp-wildcard-cert-2';
    current.metadata.annotations!['cert-manager.io/certificate-revision'] = '2';
    objects.push(current);
    find<Certificate>(
      objects,
      'Certificate',
      'idp-wildcard-cert',
    ).status!.revision = 2;
    expect(factsOf()[0].earlier).toMatchObject([
      { revision: 1, leaf: { subject: 'CN=idp-wildcard' } },
    ]);
  });
});

const versions = new WeakMap<KubernetesObject, string>();
let version = 0;

/** Each object has one of its own, as an API server gives it. */
function versionOf(object: KubernetesObject): string {
  const known = versions.get(object);
  if (known !== undefined) return known;
  version += 1;
  versions.set(object, String(version));
  return String(version);
}

/** A snapshot of a list, and one of the watch cache, which tells that nothing of a kind has changed. */
const SNAPSHOTS: Record<string, () => () => Snapshot> = {
  'of a list': () => () => snapshotOf(objects),
  'of the watch cache': () => {
    const store = new ObjectStore(SNAPSHOT_KINDS);
    const before = new Map<string, KubernetesObject>();
    return () => {
      const now = new Map(
        objects.map(object => {
          const { kind, metadata } = object;
          return [`${kind} ${metadata.namespace}/${metadata.name}`, object];
        }),
      );
      for (const [key, object] of before) {
        const { kind } = object as { kind: SnapshotKind };
        if (!now.has(key)) store.apply(kind, { type: 'DELETED', object });
      }
      for (const [key, object] of now) {
        const { kind } = object as { kind: SnapshotKind };
        if (before.get(key) === object) continue;
        const resourceVersion = versionOf(object);
        store.apply(kind, {
          type: 'MODIFIED',
          object: {
            ...object,
            metadata: { ...object.metadata, resourceVersion },
          },
        });
      }
      before.clear();
      now.forEach((object, key) => before.set(key, object));
      return store.snapshot({
        cluster: 'local',
        observedAt: new Date().toISOString(),
        gaps: [],
      });
    };
  },
};

describe.each(Object.entries(SNAPSHOTS))(
  'a read after a change, %s',
  (_, snapshots) => {
    const reading = (kept?: KeptFacts) => {
      const snapshot = snapshots();
      const clock = { now: new Date() };
      const reader = createCertificateReader({
        now: () => clock.now,
        ...(kept && { kept }),
        roots: createRoots(() => []),
      });
      const read = () =>
        reader.lookup({ snapshot: snapshot(), settings })(HTTPS)[0];
      return { clock, reader, read };
    };

    it('finds the same facts where nothing that they hang on has changed', () => {
      const { read } = reading();
      const before = read();
      objects.push({
        apiVersion: 'v1',
        kind: 'Service',
        metadata: { name: 'new', namespace: 'kube-system' },
      });
      expect(read()).toBe(before);
      const changed: Gateway = {
        ...find<Gateway>(objects, 'Gateway', 'idp-gateway'),
        status: {},
      };
      objects.push(changed);
      expect(read()).toBe(before);
    });

    const CHANGES: Record<string, () => void> = {
      'the Certificate': () => {
        const certificate = find<Certificate>(
          objects,
          'Certificate',
          'idp-wildcard-cert',
        );
        objects.push(structuredClone(certificate));
      },
      'its request': () => drop('CertificateRequest', 'idp-wildcard-cert-1'),
      'its issuer': () => drop('ClusterIssuer', 'idp-demo-ca'),
      'the Certificate of the CA': () => drop('Certificate', 'idp-demo-ca'),
      'the request of the CA': () =>
        drop('CertificateRequest', 'idp-demo-ca-1'),
      'a Certificate that fills the same Secret': () => {
        const rival = structuredClone(
          find<Certificate>(objects, 'Certificate', 'idp-wildcard-cert'),
        );
        rival.metadata.name = 'rival';
        rival.metadata.creationTimestamp = '2030-01-01T00:00:00Z';
        objects.push(rival);
      },
    };

    it.each(Object.entries(CHANGES))(
      'finds others after a change of %s',
      (__, change) => {
        const { read } = reading();
        const before = read();
        change();
        const after = read();
        expect(after).not.toBe(before);
        const afresh = reading().read();
        expect(after).toEqual(afresh);
      },
    );

    it('finds others when one of the certificates ends', () => {
      const { clock, read } = reading();
      expect(read().verified).toBe(true);
      clock.now = new Date(Date.now() + 31 * DAY);
      expect(read()).toMatchObject({
        verified: false,
        verificationError: 'CERT_HAS_EXPIRED',
      });
    });

    it('finds others when something else was kept', () => {
      drop('CertificateRequest', 'idp-wildcard-cert-1');
      let kept: KeptRevision[] = [];
      const { read } = reading({
        revisions: () => kept,
        version: () => kept.length,
      });
      expect(read().leaf).toBeUndefined();
      kept = [revision(1, world.wildcard, world.ca)];
      expect(read().leaf?.subject).toBe('CN=idp-wildcard');
    });

    it('gives the certificates behind facts, also after another has come to fill the Secret', () => {
      const { read, reader } = reading();
      const before = read();
      CHANGES['a Certificate that fills the same Secret']();
      const after = read();
      expect(after.rivals).toEqual([
        { kind: 'Certificate', namespace: 'kube-system', name: 'rival' },
      ]);
      for (const facts of [before, after]) {
        expect(compact(reader.material(facts)?.trustPem)).toBe(
          compact(world.ca.cert),
        );
      }
    });
  },
);

import type {
  Certificate,
  Gateway,
  KeptRevision,
  KubernetesObject,
  Snapshot,
  SnapshotKind,
} from 'backstage-plugin-networking-common';
import { ObjectStore } from '../../cache/objectStore';
import { SNAPSHOT_KINDS } from '../cluster';
import {
  createFixture,
  HTTPS,
  revision,
  settings,
  snapshotOf,
  type Fixture,
} from './__testUtils__/fixture';
import { createCertificateReader, type KeptFacts } from './certificateReader';
import { createRoots } from './systemRoots';

const DAY = 24 * 60 * 60_000;

const compact = (pem: string | undefined) => pem?.replace(/\s/g, '');

let fixture: Fixture;

beforeEach(async () => {
  fixture = await createFixture();
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
  'of a list': () => () => snapshotOf(fixture.objects),
  'of the watch cache': () => {
    const store = new ObjectStore(SNAPSHOT_KINDS);
    const before = new Map<string, KubernetesObject>();
    return () => {
      const now = new Map(
        fixture.objects.map(object => {
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
      fixture.objects.push({
        apiVersion: 'v1',
        kind: 'Service',
        metadata: { name: 'new', namespace: 'kube-system' },
      });
      expect(read()).toBe(before);
      const changed: Gateway = {
        ...fixture.find<Gateway>('Gateway', 'idp-gateway'),
        status: {},
      };
      fixture.objects.push(changed);
      expect(read()).toBe(before);
    });

    const CHANGES: Record<string, () => void> = {
      'the Certificate': () => {
        const certificate = fixture.find<Certificate>(
          'Certificate',
          'idp-wildcard-cert',
        );
        fixture.objects.push(structuredClone(certificate));
      },
      'its request': () =>
        fixture.drop('CertificateRequest', 'idp-wildcard-cert-1'),
      'its issuer': () => fixture.drop('ClusterIssuer', 'idp-demo-ca'),
      'the Certificate of the CA': () =>
        fixture.drop('Certificate', 'idp-demo-ca'),
      'the request of the CA': () =>
        fixture.drop('CertificateRequest', 'idp-demo-ca-1'),
      'a Certificate that fills the same Secret': () => {
        const rival = structuredClone(
          fixture.find<Certificate>('Certificate', 'idp-wildcard-cert'),
        );
        rival.metadata.name = 'rival';
        rival.metadata.creationTimestamp = '2030-01-01T00:00:00Z';
        fixture.objects.push(rival);
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
      fixture.drop('CertificateRequest', 'idp-wildcard-cert-1');
      let kept: KeptRevision[] = [];
      const { read } = reading({
        revisions: () => kept,
        version: () => kept.length,
      });
      expect(read().leaf).toBeUndefined();
      kept = [revision(1, fixture.world.wildcard, fixture.world.ca)];
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
          compact(fixture.world.ca.cert),
        );
      }
    });
  },
);

it('what was prepared is what a read finds then', async () => {
  const reader = createCertificateReader({
    now: () => new Date(),
    roots: createRoots(() => []),
  });
  const snapshot = SNAPSHOTS['of the watch cache']();
  await reader.prepare({ snapshot: snapshot(), settings });
  const [first] = reader.lookup({ snapshot: snapshot(), settings })(HTTPS);
  await reader.prepare({ snapshot: snapshot(), settings });
  const [second] = reader.lookup({ snapshot: snapshot(), settings })(HTTPS);
  expect(first.verified).toBe(true);
  expect(second).toBe(first);
});

import {
  createSnapshot,
  resolveSettings,
  type CertificateFacts,
  type CertificateRequest,
  type KeptRevision,
  type KubernetesObject,
  type ListenerRef,
  type Snapshot,
} from 'backstage-plugin-networking-common';
import type { TestCertificate } from '../../../__testUtils__/certificates';
import {
  clusterObjects,
  worldCertificates,
  type WorldCertificates,
} from '../../../__testUtils__/world';
import { createCertificateReader } from '../certificateReader';
import { createRoots } from '../systemRoots';

export const HTTPS: ListenerRef = {
  kind: 'Gateway',
  namespace: 'kube-system',
  name: 'idp-gateway',
  section: 'https',
};

const settingsWith = (caPem?: string) =>
  resolveSettings({
    clusters: ['local'],
    appConfig: {
      network: { lanIp: '127.0.0.1' },
      ...(caPem !== undefined && { certificates: { caPem } }),
    },
  }).byCluster.local;
export const settings = settingsWith();

export const snapshotOf = (objects: readonly KubernetesObject[]): Snapshot =>
  createSnapshot({
    cluster: 'local',
    observedAt: new Date().toISOString(),
    objects,
  });

export const revision = (
  number: number,
  leaf: TestCertificate,
  ca: TestCertificate,
): KeptRevision => ({
  revision: number,
  leafPem: leaf.cert.trim(),
  chainPem: [ca.cert.trim()],
  seenAt: '2026-03-01T00:00:00.000Z',
});

/** A cluster whose objects a test changes. */
export interface Fixture {
  world: WorldCertificates;
  objects: KubernetesObject[];
  /** One of them, to be changed. */
  find<T extends KubernetesObject>(kind: string, name: string): T;
  drop(kind: string, name: string): void;
  /** Who signs the wildcard, by an issuer that keeps its CA elsewhere. */
  issueBy(
    spec: Record<string, unknown>,
    leaf: TestCertificate,
    ...chain: TestCertificate[]
  ): void;
  /** What a reader that has read nothing before tells of a listener. */
  factsOf(options?: {
    kept?: Record<string, KeptRevision[]>;
    caPem?: string;
    roots?: TestCertificate[];
    now?: Date;
    at?: ListenerRef;
  }): readonly CertificateFacts[];
}

export async function createFixture(): Promise<Fixture> {
  const world = await worldCertificates();
  const fixture: Fixture = {
    world,
    objects: structuredClone([...clusterObjects(), ...world.objects]),

    find<T extends KubernetesObject>(kind: string, name: string) {
      const found = fixture.objects.find(
        object => object.kind === kind && object.metadata.name === name,
      );
      if (!found) throw new Error(`No ${kind} ${name}`);
      return found as T;
    },

    drop(kind, name) {
      const gone = fixture.find(kind, name);
      fixture.objects = fixture.objects.filter(object => object !== gone);
    },

    issueBy(spec, ...chain) {
      const issuer = fixture.find<KubernetesObject & { spec: unknown }>(
        'ClusterIssuer',
        'idp-demo-ca',
      );
      issuer.spec = spec;
      fixture.find<CertificateRequest>(
        'CertificateRequest',
        'idp-wildcard-cert-1',
      ).status = {
        certificate: Buffer.from(
          chain.map(({ cert }) => cert).join(''),
        ).toString('base64'),
      };
    },

    factsOf({ kept = {}, caPem, roots = [], now = new Date(), at } = {}) {
      const reader = createCertificateReader({
        now: () => now,
        kept: {
          revisions: (cluster, uid) => (cluster === 'local' && kept[uid]) || [],
          version: () => 0,
        },
        roots: createRoots(() => roots.map(({ cert }) => cert)),
      });
      return reader.lookup({
        snapshot: snapshotOf(fixture.objects),
        settings: caPem === undefined ? settings : settingsWith(caPem),
      })(at ?? HTTPS);
    },
  };
  return fixture;
}

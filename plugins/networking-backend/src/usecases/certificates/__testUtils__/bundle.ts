import {
  createSnapshot,
  resolveSettings,
  type CaBundle,
  type CertificateRequest,
  type KeptRevision,
  type KubernetesObject,
  type ListenerRef,
  type ProbeFacts,
} from 'backstage-plugin-networking-common';
import {
  makeCertificate,
  type TestCertificate,
} from '../../../__testUtils__/certificates';
import {
  clusterObjects,
  worldCertificates,
  type WorldCertificates,
} from '../../../__testUtils__/world';
import {
  createCertificateReader,
  createRoots,
  parseCertificates,
  summarize,
} from '../../../io/certificates';
import { caBundleOf, type Servable } from '../caBundle';

const HTTPS: ListenerRef = {
  kind: 'Gateway',
  namespace: 'kube-system',
  name: 'idp-gateway',
  section: 'https',
};
const LEAF_UID = 'uid-of-idp-wildcard-cert';

export const compact = (pem: string | undefined) => pem?.replace(/\s/g, '');
export const pemOf = (...certificates: TestCertificate[]) =>
  compact(certificates.map(({ cert }) => cert).join(''));
export const summary = ({ cert }: TestCertificate) =>
  summarize(parseCertificates(cert)[0]);

/** What a probe saw: a leaf, and what came with it. */
export function probeOf(
  host: string,
  chain: TestCertificate[],
  verified = false,
  at = '2026-03-01T00:00:00Z',
): ProbeFacts {
  const summaries = chain.map(summary);
  return {
    host,
    address: '127.0.0.1',
    port: 30443,
    path: '/',
    at,
    durationMs: 1,
    tls: { verified, leaf: summaries[0], chain: summaries },
  };
}

export interface Case {
  objects: KubernetesObject[];
  caPem?: string;
  roots?: TestCertificate[];
  publicRoots?: TestCertificate[];
  earlier?: KeptRevision[];
  served?: ProbeFacts[];
  mayName?: (host: string) => boolean;
  owners?: string;
}

export function bundleOf({
  objects,
  caPem,
  roots = [],
  publicRoots = [],
  earlier = [],
  served = [],
  mayName,
  owners,
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
    mayName,
    owners,
    isPublic: one =>
      publicRoots.some(
        root => summary(root).fingerprintSha256 === one.fingerprint256,
      ),
  });
}

/** A cluster whose CA was replaced, and the objects before and after that. */
export interface Replaced {
  world: WorldCertificates;
  /** A CA of the same name that signs today. */
  newCa: TestCertificate;
  before: KubernetesObject[];
  after: KubernetesObject[];
}

const objectsOf = (found: KubernetesObject[]) => [
  ...clusterObjects(),
  ...structuredClone(found),
];

export async function replacedCa(): Promise<Replaced> {
  const world = await worldCertificates();
  const newCa = await makeCertificate({ name: 'idp-demo-ca', isCa: true });
  const after = objectsOf(world.objects);
  const request = after.find(
    ({ metadata }) => metadata.name === 'idp-demo-ca-1',
  ) as CertificateRequest;
  request.status = {
    certificate: Buffer.from(newCa.cert).toString('base64'),
  };
  return { world, newCa, before: objectsOf(world.objects), after };
}

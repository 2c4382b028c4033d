import {
  createSnapshot,
  type Certificate,
} from 'backstage-plugin-networking-common';
import type { ClusterAccess } from '../../io/cluster';
import type { ReadCluster } from '../services';
import { createHistoryReader } from './historyReader';
import type { UsedCertificate } from './usedCertificates';

const cluster = {
  snapshot: createSnapshot({
    cluster: 'local',
    observedAt: '2026-11-25T12:00:00Z',
    objects: [],
  }),
  settings: { cluster: 'local' },
} as unknown as ReadCluster;

/** Its history takes two lists: the Events about it, and those about its issuer. */
const used = (name: string): UsedCertificate => {
  const certificate: Certificate = {
    apiVersion: 'cert-manager.io/v1',
    kind: 'Certificate',
    metadata: { name, namespace: 'kube-system', uid: `uid-of-${name}` },
    spec: { secretName: name },
  };
  return {
    role: 'served',
    certificate,
    trace: {
      secret: { namespace: 'kube-system', name },
      certificate,
      issuer: {
        kind: 'ClusterIssuer',
        name: 'idp-demo-ca',
        group: 'cert-manager.io',
        type: 'CA',
        exists: true,
        conditions: [],
      },
    },
  };
};

/** A cluster that answers each list when it is told to. */
function slowCluster() {
  const waiting: (() => void)[] = [];
  let most = 0;
  const listEvents = () =>
    new Promise(resolve => {
      waiting.push(() => resolve({ items: [], isWhole: true }));
      most = Math.max(most, waiting.length);
    });
  return {
    clusters: {
      client: () => ({ name: 'local', listEvents }),
    } as unknown as ClusterAccess,
    waiting,
    most: () => most,
  };
}

it('asks a cluster for six lists at a time, however many histories are opened, and answers all', async () => {
  const { clusters, waiting, most } = slowCluster();
  const reader = createHistoryReader({
    clusters,
    now: () => new Date('2026-11-25T12:00:00Z'),
  });
  const names = Array.from({ length: 10 }, (_, index) => `shop-${index}`);
  let answered = 0;
  const histories = names.map(async name => {
    await reader.of(cluster, used(name));
    answered += 1;
  });
  let asked = 0;
  while (answered < names.length) {
    await new Promise(setImmediate);
    const next = waiting.shift();
    if (!next) continue;
    asked += 1;
    next();
  }
  await Promise.all(histories);
  expect(asked).toBe(20);
  expect(most()).toBe(6);
});

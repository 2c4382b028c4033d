import { createSnapshot } from './snapshot';
import type { KubernetesObject } from './types';

const service = (namespace: string, name: string): KubernetesObject => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name, namespace },
});

const snapshotOf = (objects: unknown[]) =>
  createSnapshot({
    cluster: 'local',
    observedAt: '2030-01-01T00:00:00Z',
    objects: objects as KubernetesObject[],
  });

describe('createSnapshot', () => {
  it('finds objects by kind, namespace and name', () => {
    const a = service('shop', 'a');
    const b = service('docs', 'a');
    const snapshot = snapshotOf([a, b]);
    expect(snapshot.get('Service', 'shop', 'a')).toBe(a);
    expect(snapshot.get('Service', 'docs', 'a')).toBe(b);
    expect(snapshot.get('Service', 'docs', 'b')).toBeUndefined();
    expect(snapshot.list('Service')).toEqual([a, b]);
    expect(snapshot.list('Service', 'docs')).toEqual([b]);
    expect(snapshot.list('Gateway')).toEqual([]);
  });

  it('keeps the last of two objects with one name', () => {
    const later = service('shop', 'a');
    const snapshot = snapshotOf([service('shop', 'a'), later]);
    expect(snapshot.list('Service', 'shop')).toEqual([later]);
    expect(snapshot.get('Service', 'shop', 'a')).toBe(later);
  });

  it('leaves out what is no Kubernetes object', () => {
    const junk = [
      undefined,
      null,
      7,
      {},
      { kind: 'Service' },
      { kind: 'Service', metadata: null },
      { kind: 'Service', metadata: { name: 7 } },
      { kind: 'Service', metadata: { name: 'a', namespace: {} } },
    ];
    expect(snapshotOf(junk).list('Service')).toEqual([]);
  });
});

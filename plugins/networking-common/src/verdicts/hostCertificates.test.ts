import type { CertificateFacts, ListenerRef } from '../certificates/types';
import { certificatesOfHosts } from './hostCertificates';
import {
  find,
  healthyWorld,
  HOST,
  NOW,
  snapshotOf,
  type World,
} from './__testUtils__/world';

const factsFor = (name: string, ...dnsNames: string[]): CertificateFacts => ({
  secret: { namespace: 'kube-system', name },
  certificate: {
    namespace: 'kube-system',
    name,
    secretName: name,
    dnsNames,
    isCa: false,
    conditions: [],
  },
});

const wildcard = factsFor('wildcard', '*.127-0-0-1.nip.io');
const docs = factsFor('docs', 'docs.127-0-0-1.nip.io');

function read(change: (world: World) => void = () => {}) {
  const world = healthyWorld();
  change(world);
  const asked: ListenerRef[] = [];
  const found = certificatesOfHosts({
    route: world.route,
    snapshot: snapshotOf(world),
    settings: world.settings,
    facts: {
      certificates: listener => {
        asked.push(listener);
        return [wildcard, docs];
      },
    },
    now: NOW,
  });
  return { found, asked };
}

describe('certificatesOfHosts', () => {
  it('asks what the listener of the host serves', () => {
    const { found, asked } = read();
    expect(found).toEqual([{ hosts: [HOST], facts: wildcard }]);
    expect(asked).toContainEqual({
      kind: 'Gateway',
      namespace: 'kube-system',
      name: 'idp-gateway',
      section: 'https',
    });
  });

  it('takes hosts of one certificate together, and another for a host that it names', () => {
    const { found } = read(world => {
      world.route.spec!.hostnames = [
        HOST,
        'docs.127-0-0-1.nip.io',
        'beta.127-0-0-1.nip.io',
      ];
    });
    expect(found).toEqual([
      { hosts: [HOST, 'beta.127-0-0-1.nip.io'], facts: wildcard },
      { hosts: ['docs.127-0-0-1.nip.io'], facts: docs },
    ]);
  });

  it('is nothing for hosts without TLS', () => {
    const { found } = read(world => {
      world.route.spec!.parentRefs![0].sectionName = 'http';
    });
    expect(found).toEqual([]);
  });

  it('is nothing where the gateway does not exist', () => {
    const { found } = read(world => {
      find(world, 'Gateway', 'idp-gateway').metadata.name = 'another';
    });
    expect(found).toEqual([]);
  });
});

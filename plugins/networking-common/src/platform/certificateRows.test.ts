import fc from 'fast-check';
import { createSnapshot } from '../gateway-api/snapshot';
import type { Certificate, HttpRoute, Issuer } from '../gateway-api/types';
import type { CertificateRow } from '../certificates/types';
import type { Exposure } from '../exposures/types';
import { evaluateExposure } from '../verdicts/evaluate';
import {
  condition,
  factsOf,
  find,
  healthyWorld,
  HOST,
  lookupOf,
  remove,
  summary,
  type World,
} from '../verdicts/__testUtils__/world';
import { certificateRows } from './certificateRows';

const ENTITY = 'component:default/shop';

function rows(
  change: (world: World) => void = () => {},
  arrange: <T>(objects: T[]) => T[] = objects => objects,
  see: (exposures: Exposure[]) => void = () => {},
): CertificateRow[] {
  const world = healthyWorld();
  change(world);
  const { settings, now } = world;
  const snapshot = createSnapshot({
    cluster: 'local',
    observedAt: now,
    objects: arrange([...world.objects, world.route]),
    gaps: world.gaps,
  });
  const exposures = arrange(
    snapshot.list('HTTPRoute', 'shop').map(route =>
      evaluateExposure({
        route,
        snapshot,
        settings,
        facts: factsOf(world, snapshot),
        now,
        entities: [{ entityRef: ENTITY, reason: 'annotation' }],
      }),
    ),
  );
  see(exposures);
  return certificateRows({
    snapshot,
    settings,
    certificates: lookupOf(world, snapshot),
    exposures,
    now,
  });
}

const titles = (found: CertificateRow[]) =>
  found.map(({ role, secret, word }) => `${role} ${secret.name} ${word}`);

/** A second listener with a certificate of its own, which nobody has parsed. */
const withAnotherListener = (world: World) => {
  const { spec } = find(world, 'Gateway', 'idp-gateway');
  spec!.listeners!.push({
    ...structuredClone(spec!.listeners![1]),
    name: 'web',
    hostname: '*.team.example.org',
    tls: { certificateRefs: [{ name: 'web-cert' }] },
  });
  const copy: Certificate = structuredClone(
    find(world, 'Certificate', 'idp-wildcard-cert'),
  );
  Object.assign(copy.metadata, { name: 'web', uid: 'uid-web' });
  Object.assign(copy.spec!, {
    secretName: 'web-cert',
    dnsNames: ['*.team.example.org'],
  });
  world.objects.push(copy);
};

const anotherRoute = (world: World, host: string, section: string) => {
  const copy: HttpRoute = structuredClone(world.route);
  Object.assign(copy.metadata, {
    name: host.split('.')[0],
    uid: `uid-${host}`,
  });
  copy.spec!.hostnames = [host];
  copy.spec!.parentRefs![0].sectionName = section;
  world.objects.push(copy);
};

describe('certificateRows', () => {
  it('are not judged by what is served to a host that the certificate is not for', () => {
    const deep = `deep.${HOST}`;
    const [row] = rows(world => {
      world.route.spec!.hostnames = [deep];
      world.probe = {
        ...world.probe!,
        host: deep,
        tls: {
          verified: false,
          verificationError: 'DEPTH_ZERO_SELF_SIGNED_CERT',
          leaf: summary({
            subject: 'CN=default',
            issuer: 'CN=default',
            fingerprintSha256: 'DD',
          }),
        },
      };
    });
    expect(row).toMatchObject({
      secret: { name: 'idp-wildcard-cert' },
      word: 'Good',
      hosts: [{ host: deep }],
      served: [],
    });
  });

  it('has a row for what is served, and one for its CA, with the hosts that hang on them', () => {
    expect(rows()).toMatchObject([
      {
        role: 'served',
        secret: { namespace: 'kube-system', name: 'idp-wildcard-cert' },
        listeners: [{ kind: 'Gateway', name: 'idp-gateway', section: 'https' }],
        word: 'Good',
        findings: [],
        hosts: [
          {
            host: HOST,
            exposure: { cluster: 'local', namespace: 'shop', name: 'shop' },
            entities: [ENTITY],
          },
        ],
        served: [{ host: HOST, hosts: 1, at: '2026-11-23T11:59:48Z' }],
        renewable: { possible: true },
      },
      {
        role: 'ca',
        secret: { namespace: 'cert-manager', name: 'idp-demo-ca-secret' },
        listeners: [],
        word: 'Good',
        hosts: [{ host: HOST }],
        served: [],
        facts: { leaf: { subject: 'CN=idp-demo-ca' } },
      },
    ]);
  });

  it('has rows for every listener, and tells the hosts of one from those of another', () => {
    const found = rows(world => {
      withAnotherListener(world);
      anotherRoute(world, 'blog.team.example.org', 'web');
      anotherRoute(world, 'docs.127-0-0-1.nip.io', 'https');
    });
    const hosts = Object.fromEntries(
      found.map(({ secret, hosts: all }) => [
        secret.name,
        all.map(({ host }) => host),
      ]),
    );
    expect(hosts).toEqual({
      'web-cert': ['blog.team.example.org'],
      'idp-wildcard-cert': ['docs.127-0-0-1.nip.io', HOST],
      'idp-demo-ca-secret': [
        'blog.team.example.org',
        'docs.127-0-0-1.nip.io',
        HOST,
      ],
    });
  });

  it('has one row for a Secret that several listeners name', () => {
    const found = rows(world => {
      withAnotherListener(world);
      const { listeners } = find(world, 'Gateway', 'idp-gateway').spec!;
      listeners![2].tls = listeners![1].tls;
    });
    expect(titles(found)).toEqual([
      'served idp-wildcard-cert Good',
      'ca idp-demo-ca-secret Good',
    ]);
    expect(found[0].listeners.map(({ section }) => section)).toEqual([
      'https',
      'web',
    ]);
  });

  it('puts trouble first: bad, then degraded, and of equals what ends first', () => {
    const found = rows(world => {
      withAnotherListener(world);
      Object.assign(find(world, 'Certificate', 'idp-demo-ca').spec!, {
        privateKey: {},
      });
      world.certificate!.leaf!.notAfter = '2026-11-01T00:00:00Z';
      world.probe!.tls!.leaf!.notAfter = '2026-11-01T00:00:00Z';
    });
    expect(titles(found)).toEqual([
      'served idp-wildcard-cert Bad',
      'ca idp-demo-ca-secret Degraded',
      'served web-cert Unknown',
    ]);
  });

  describe('after its CA has got another key', () => {
    const rekeyed = (world: World) => {
      world.certificate!.signer!.subjectKeyId = 'NEW';
      world.certificate!.leaf!.authorityKeyId = 'OLD';
      world.certificate!.verified = false;
    };

    it('has the CA degraded, which names what to renew', () => {
      const found = rows(world => {
        rekeyed(world);
        delete world.probe!.tls;
      });
      expect(titles(found)).toEqual([
        'served idp-wildcard-cert Bad',
        'ca idp-demo-ca-secret Degraded',
      ]);
      expect(found[1].finding).toMatchObject({
        reason: 'CaKeyReplaced',
        message: expect.stringContaining(
          'Certificate kube-system/idp-wildcard-cert',
        ),
        remedy: 'Renew Certificate kube-system/idp-wildcard-cert.',
      });
    });

    it('has the CA good once all is issued anew, also where the gateway has yet to serve it', () => {
      const found = rows(world => {
        world.certificate!.signer!.subjectKeyId = 'NEW';
        world.certificate!.leaf!.authorityKeyId = 'NEW';
        world.probe!.tls!.verified = false;
        world.probe!.tls!.leaf = summary({
          fingerprintSha256: 'BEFORE',
          authorityKeyId: 'OLD',
        });
      });
      expect(titles(found)).toEqual([
        'served idp-wildcard-cert Bad',
        'ca idp-demo-ca-secret Good',
      ]);
    });
  });

  it('keeps the row of a CA to which no issuer leads any more', () => {
    const found = rows(world => {
      for (const { spec } of world.objects.filter(
        (object): object is Issuer => object.kind === 'ClusterIssuer',
      )) {
        spec!.ca = { secretName: 'nowhere' };
      }
      world.certificate!.trust = 'issued';
    });
    expect(titles(found)).toEqual([
      'served idp-wildcard-cert Unknown',
      'ca idp-demo-ca-secret Good',
    ]);
    expect(found[1].hosts).not.toEqual([]);
  });

  it('comes to the same whatever the order of objects and exposures', () => {
    const change = (world: World) => {
      withAnotherListener(world);
      anotherRoute(world, 'blog.team.example.org', 'web');
      anotherRoute(world, 'docs.127-0-0-1.nip.io', 'https');
    };
    const expected = rows(change);
    fc.assert(
      fc.property(fc.infiniteStream(fc.nat()), seeds => {
        const found = rows(change, objects =>
          objects
            .map(object => ({ object, key: seeds.next().value as number }))
            .sort((a, b) => a.key - b.key)
            .map(({ object }) => object),
        );
        expect(found).toEqual(expected);
      }),
      { numRuns: 30 },
    );
  });

  it('is as bad as the worst of what is served, and tells each distinct certificate', () => {
    const [row] = rows(world => {
      world.probe!.tls!.leaf = summary({
        serialNumber: '00',
        fingerprintSha256: 'OLD',
        notBefore: '2026-01-01T00:00:00Z',
      });
    });
    expect(row).toMatchObject({
      word: 'Degraded',
      finding: { reason: 'CertificateNotServedYet' },
      served: [{ leaf: { serialNumber: '00' }, hosts: 1 }],
    });
  });

  it('leaves out what was served before a renewal that is known to be taken up, and not what is served since', () => {
    const other = 'docs.127-0-0-1.nip.io';
    const reasonWithOldSeenAt = (at: string) => {
      const [row] = rows(
        world => anotherRoute(world, other, 'https'),
        undefined,
        exposures => {
          const hosts = exposures.flatMap(exposure => exposure.hosts);
          const { probe } = hosts.find(({ host }) => host === HOST)!;
          const leaf = summary({
            fingerprintSha256: 'OLD',
            notBefore: '2025-10-30T00:00:00Z',
            notAfter: '2026-10-31T00:00:00Z',
          });
          hosts.find(({ host }) => host === other)!.probe = {
            ...probe!,
            host: other,
            at,
            tls: { verified: false, leaf },
          };
        },
      );
      return row.finding.reason;
    };
    expect(reasonWithOldSeenAt('2026-10-29T23:59:00Z')).toBe('CertificateGood');
    expect(reasonWithOldSeenAt('2026-11-23T11:59:00Z')).toBe(
      'CertificateExpired',
    );
  });

  it('tells nothing of what stands in for a certificate that was never issued', () => {
    const [row] = rows(world => {
      const certificate = find(world, 'Certificate', 'idp-wildcard-cert');
      certificate.metadata.creationTimestamp = '2026-11-15T08:00:00Z';
      certificate.status = {};
      world.certificate = {};
      remove(world, 'CertificateRequest');
      Object.assign(world.probe!.tls!, {
        verified: false,
        verificationError: 'DEPTH_ZERO_SELF_SIGNED_CERT',
        leaf: summary({ fingerprintSha256: 'DD', dnsNames: ['default'] }),
      });
    });
    const reasons = row.findings.map(({ reason }) => reason);
    expect([row.word, row.finding.reason]).toEqual(['Bad', 'IssuanceOverdue']);
    expect(reasons).toEqual(['IssuanceOverdue']);
    expect(row.served).toMatchObject([{ leaf: { dnsNames: ['default'] } }]);
  });

  it('says for admins what to do, and asks nobody', () => {
    const [row] = rows(world => {
      world.certificate!.leaf!.notAfter = '2026-11-01T00:00:00Z';
      delete world.probe!.tls;
    });
    expect(row.finding.remedy).toBe(
      'Renew Certificate kube-system/idp-wildcard-cert.',
    );
  });

  describe('does not offer to renew', () => {
    const cases: Record<string, [(world: World) => void, RegExp]> = {
      'what no Certificate fills': [
        world => remove(world, 'Certificate', 'idp-wildcard-cert'),
        /No Certificate of cert-manager fills Secret/,
      ],
      'what is being issued': [
        world => {
          const { status } = find(world, 'Certificate', 'idp-wildcard-cert');
          status!.conditions!.push(condition('Issuing'));
        },
        /being issued at this moment/,
      ],
      'what an issuer is to sign that does not exist': [
        world => remove(world, 'ClusterIssuer', 'idp-demo-ca'),
        /ClusterIssuer idp-demo-ca, which is to sign it, does not exist/,
      ],
    };
    it.each(Object.entries(cases))('%s', (_, [change, why]) => {
      const row = rows(change).find(({ role }) => role === 'served');
      expect(row?.renewable).toMatchObject({
        possible: false,
        why: expect.stringMatching(why),
      });
    });
  });

  it('has none where no listener names a certificate', () => {
    expect(
      rows(world => {
        find(world, 'Gateway', 'idp-gateway').spec!.listeners![1].tls = {};
      }),
    ).toEqual([]);
  });
});

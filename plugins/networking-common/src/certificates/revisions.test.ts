import type { Certificate, CertificateRequest } from '../gateway-api/types';
import {
  find,
  healthyWorld,
  pem,
  remove,
  snapshotOf,
  type World,
} from '../verdicts/__testUtils__/world';
import {
  currentIssue,
  earlierIssues,
  issuedRevision,
  type KeptRevision,
} from './revisions';

const NAME = 'idp-wildcard-cert';
const UID = 'uid-of-the-certificate';

const kept = (revision: number, text: string): KeptRevision => ({
  revision,
  leafPem: pem(text),
  chainPem: [pem('ca')],
  seenAt: '2026-03-01T00:00:00Z',
});

function read(
  change: (world: World, certificate: Certificate) => void = () => {},
  revisions: KeptRevision[] = [],
) {
  const world = healthyWorld();
  const certificate = find(world, 'Certificate', NAME) as Certificate;
  certificate.metadata.uid = UID;
  const request = find(world, 'CertificateRequest', `${NAME}-1`);
  for (const owner of request.metadata.ownerReferences ?? []) owner.uid = UID;
  change(world, certificate);
  const snapshot = snapshotOf(world);
  const keptOf = (uid: string) => (uid === UID ? revisions : []);
  return {
    current: currentIssue(snapshot, certificate, keptOf),
    earlier: earlierIssues(snapshot, certificate, keptOf),
    issued: issuedRevision(snapshot, certificate),
  };
}

const withoutRequest = (world: World) =>
  remove(world, 'CertificateRequest', `${NAME}-1`);

describe('what was issued for the current revision', () => {
  it('is told by its request', () => {
    const { current } = read();
    expect(current).toMatchObject({
      leafPem: pem('leaf'),
      chainPem: [pem('ca')],
      request: { metadata: { name: `${NAME}-1` } },
    });
    expect(current.keptAt).toBeUndefined();
  });

  it('is told by its request, whatever was kept', () => {
    const { current } = read(undefined, [kept(1, 'kept')]);
    expect(current.leafPem).toBe(pem('leaf'));
    expect(current.keptAt).toBeUndefined();
  });

  it('is what was kept of that revision, where the request is gone', () => {
    const { current } = read(withoutRequest, [kept(2, 'no'), kept(1, 'yes')]);
    expect(current).toEqual({
      leafPem: pem('yes'),
      chainPem: [pem('ca')],
      keptAt: '2026-03-01T00:00:00Z',
    });
  });

  const NOTHING: Record<string, (world: World, one: Certificate) => void> = {
    'of another revision alone': (world, certificate) => {
      withoutRequest(world);
      certificate.status!.revision = 3;
    },
    'of another Certificate': (world, certificate) => {
      withoutRequest(world);
      certificate.metadata.uid = 'another';
    },
    'and the Certificate has no uid': (world, certificate) => {
      withoutRequest(world);
      certificate.metadata.uid = undefined;
    },
    'and nothing was issued yet': (world, certificate) => {
      withoutRequest(world);
      certificate.status = {};
    },
  };
  it.each(Object.entries(NOTHING))(
    'is not known where it was kept %s',
    (_, change) => {
      expect(read(change, [kept(1, 'kept')]).current).toEqual({});
    },
  );

  it('is worth keeping with uid and revision', () => {
    expect(read().issued).toEqual({
      uid: UID,
      revision: 1,
      leafPem: pem('leaf'),
      chainPem: [pem('ca')],
    });
    expect(read(withoutRequest).issued).toBeUndefined();
  });

  it('is not what stands in a request that holds no certificate', () => {
    const { current, issued } = read(world => {
      const request = find(
        world,
        'CertificateRequest',
        `${NAME}-1`,
      ) as CertificateRequest;
      request.status!.certificate = btoa('hello');
    });
    expect(current.leafPem).toBeUndefined();
    expect(issued).toBeUndefined();
  });
});

describe('earlier revisions', () => {
  const current = (revision: number) => (world: World, one: Certificate) => {
    one.status!.revision = revision;
    void world;
  };

  it('are those before the current one, newest first', () => {
    const { earlier } = read(current(4), [
      kept(5, 'later'),
      kept(4, 'current'),
      kept(2, 'two'),
      kept(3, 'three'),
    ]);
    expect(earlier.map(({ revision }) => revision)).toEqual([3, 2, 1]);
  });

  it('are told by the cluster where it still does', () => {
    const { earlier } = read(current(2), [kept(1, 'kept')]);
    expect(earlier).toEqual([
      { revision: 1, leafPem: pem('leaf'), chainPem: [pem('ca')] },
    ]);
  });

  it('are none where there is no current one', () => {
    const { earlier } = read(
      (_, certificate) => {
        certificate.status = {};
      },
      [kept(1, 'kept')],
    );
    expect(earlier).toEqual([]);
  });
});

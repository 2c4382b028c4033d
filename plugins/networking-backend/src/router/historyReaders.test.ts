import type { Gateway } from 'backstage-plugin-networking-common';
import {
  ALEX,
  historyWorld,
  PAT,
  SAM,
  WILDCARD,
} from '../__testUtils__/fakeHistory';
import { issued } from '../__testUtils__/world';

const CA = 'cert-manager/idp-demo-ca';

const world = historyWorld();

describe('who may read it', () => {
  const LISTENER = 'shop-only';
  /** A second listener, whose certificate serves no exposure. */
  const addUnserved = () => {
    world.change<Gateway>('Gateway', 'idp-gateway', ({ spec }) => ({
      spec: {
        ...spec,
        listeners: [
          ...spec!.listeners!,
          {
            name: LISTENER,
            port: 30444,
            protocol: 'HTTPS',
            hostname: 'other.example.org',
            tls: { certificateRefs: [{ name: 'unserved' }] },
          },
        ],
      },
    }));
    world.server.put(
      ...issued({
        name: 'unserved',
        namespace: 'kube-system',
        secretName: 'unserved',
        issuer: 'idp-demo-ca',
        certificate: world.certificates.wildcard,
        ca: world.certificates.ca,
        dnsNames: ['other.example.org'],
      }),
    );
  };

  const CASES: Record<string, [string, string, number, (() => void)?]> = {
    'a reader of the platform: of what is served': [ALEX, WILDCARD, 200],
    'a reader of the platform: of the CA behind it': [ALEX, CA, 200],
    'a reader of the platform: of what serves no exposure': [
      ALEX,
      'kube-system/unserved',
      200,
      addUnserved,
    ],
    'a reader of the platform, of one that no listener uses: 404': [
      ALEX,
      'kube-system/none',
      404,
    ],
    'who may read an exposure that it serves': [SAM, WILDCARD, 200],
    'who may not read the exposures that it serves: 404': [PAT, WILDCARD, 404],
    'who reads an exposure, of the CA: 404': [SAM, CA, 404],
    'who reads an exposure, of what serves another: 404': [
      SAM,
      'kube-system/unserved',
      404,
      addUnserved,
    ],
    'who reads an exposure, of one that no listener uses: 404': [
      SAM,
      'kube-system/none',
      404,
    ],
  };
  it.each(Object.entries(CASES))(
    '%s',
    async (_, [user, certificate, code, arrange]) => {
      arrange?.();
      expect((await world.ask(certificate, user)).status).toBe(code);
    },
  );

  it('is told the same of one that is not theirs and of one that nobody uses, and nothing is asked of the cluster', async () => {
    const [theirs, nobodys] = await Promise.all(
      ['idp-wildcard-cert', 'none'].map(name =>
        world.ask(`kube-system/${name}`, PAT),
      ),
    );
    expect(theirs.body.error.name).toBe('NotFoundError');
    expect(
      theirs.body.error.message.replaceAll('idp-wildcard-cert', 'none'),
    ).toBe(nobodys.body.error.message);
    expect(world.asked()).toEqual([]);
  });

  it('is nobody whose cluster is not configured', async () => {
    const { status: code, body } = await world.backend
      .as(ALEX)
      .get(`/v1/certificates/elsewhere/${WILDCARD}/history`);
    expect(code).toBe(404);
    expect(body.error.message).toMatch(/Cluster elsewhere is not configured/);
  });
});

import type { KubernetesObject } from '../gateway-api/types';
import { planExposure } from './plan';
import type { ExposureRequest } from './types';
import {
  entityOf,
  gatewayOf,
  listenerOf,
  routeOf,
  settingsOf,
  shopPlatform,
  snapshotOf,
  SUFFIX,
} from './__testUtils__/fixtures';
import {
  ENTITY_REF,
  HOST,
  NAME,
  own,
  plan,
  ports,
  SHOP,
  without,
} from './__testUtils__/planning';

describe('planExposure', () => {
  it('fills in the request and renders the route', () => {
    const draft = plan({});
    expect(draft.request).toEqual({
      entityRef: SHOP,
      cluster: 'local',
      namespace: 'shop',
      service: { name: 'shop', port: 8080 },
      hostLabel: 'shop',
      takeOwnership: false,
    });
    expect(draft.resolved).toEqual(draft.request);
    expect(draft).toMatchObject({
      host: HOST,
      url: `https://${HOST}`,
      name: NAME,
      desired: { metadata: { name: NAME, namespace: 'shop' } },
    });
    expect(draft.yaml).toContain(`- ${HOST}\n`);
    expect(draft).not.toHaveProperty('liveEntityRef');
  });

  it('shows the public port in the URL', () => {
    const { url } = plan({ settings: { network: { publicHttpsPort: 30443 } } });
    expect(url).toBe(`https://${HOST}:30443`);
  });

  it('puts blocking findings first', () => {
    const { findings } = plan({
      objects: [...ports({ port: 443 }), routeOf('payments/x', [HOST])],
    });
    expect(findings.map(finding => finding.reason)).toEqual([
      'HostTaken',
      'BackendProtocolHttps',
    ]);
  });

  it('shows YAML and host also where a finding forbids the write', () => {
    const draft = plan({ add: [routeOf('payments/x', [HOST])] });
    expect(draft.desired).toBeDefined();
    expect(draft.yaml).not.toBe('');
  });

  it('tells what is there under the name, and whose it is', () => {
    const live = own();
    expect(plan({ add: [live] })).toMatchObject({
      live,
      liveEntityRef: SHOP,
    });
    const other = own(undefined, {
      annotations: { [ENTITY_REF]: 'component:default/other' },
    });
    expect(plan({ add: [other] })).toMatchObject({
      live: other,
      liveEntityRef: 'component:default/other',
    });
  });

  it('keeps the name when the suffix has changed, so that the route moves to the new host', () => {
    const moved = '10-0-0-9.nip.io';
    const draft = plan({
      settings: { network: { dnsSuffix: moved } },
      objects: [
        ...without('Gateway', 'idp-gateway'),
        gatewayOf(listenerOf({ hostname: `*.${moved}` })),
        own(),
      ],
    });
    expect(draft.findings).toEqual([]);
    expect(draft.live?.metadata.name).toBe(NAME);
    expect(draft.desired?.spec?.hostnames).toEqual([`shop.${moved}`]);
  });

  it('gives two entities with one label names of their own, and the second finds the host taken', () => {
    const second = plan({
      add: [own()],
      request: { hostLabel: 'shop' },
      entity: { ref: 'component:default/shop2' },
    });
    expect(second.name).not.toBe(NAME);
    expect(second.findings.map(finding => finding.reason)).toEqual([
      'HostTaken',
    ]);
  });

  describe('about a route of someone else', () => {
    const taken = routeOf('payments/secret-project', [HOST], {
      annotations: { [ENTITY_REF]: 'component:default/payments' },
    });
    const second = routeOf('payments/secret-second', [HOST]);
    const wildcard = routeOf('payments/secret-wildcard', [`*.${SUFFIX}`]);
    const foreign = own(undefined, {
      annotations: { [ENTITY_REF]: 'component:default/secret-owner' },
    });

    it('names route and owner to one who may read it', () => {
      const [finding] = plan({ add: [taken], mayRead: () => true }).findings;
      expect(finding.message).toContain('payments/secret-project');
      expect(finding.message).toContain('component:default/payments');
      expect(finding.details).toEqual({
        route: 'payments/secret-project',
        entityRef: 'component:default/payments',
      });
    });

    it('says nothing else than "a route of another team" to any other, once', () => {
      const findings = [
        ...plan({ add: [taken, second, foreign] }).findings,
        ...plan({ add: [wildcard] }).findings,
      ];
      expect(findings.map(finding => finding.reason)).toEqual([
        'RouteOfAnotherEntity',
        'HostTaken',
        'HostShadowsWildcard',
      ]);
      expect(JSON.stringify(findings)).not.toContain('secret');
      expect(JSON.stringify(findings)).not.toContain('payments');
      for (const finding of findings) {
        expect(finding.message).toContain('a route of another team');
      }
    });

    it('asks for each route by itself', () => {
      const { findings } = plan({
        add: [taken, second],
        mayRead: route => route.metadata.name === 'secret-second',
      });
      expect(JSON.stringify(findings)).not.toContain('secret-project');
      expect(JSON.stringify(findings)).toContain('payments/secret-second');
    });

    it('tells who has a route of this entity elsewhere that it is theirs', () => {
      const [finding] = plan({
        add: [own(`old/${NAME}`)],
        mayRead: () => true,
      }).findings;
      expect(finding.params).toMatchObject({
        isOwn: true,
        route: { namespace: 'old', name: NAME },
      });
    });
  });

  describe('with several clusters', () => {
    const both = (
      request: Partial<ExposureRequest>,
      east: KubernetesObject[],
      west?: KubernetesObject[],
    ) =>
      planExposure({
        request: { entityRef: SHOP, ...request },
        entity: entityOf(),
        snapshots: [
          snapshotOf(east, { cluster: 'east' }),
          ...(west ? [snapshotOf(west, { cluster: 'west' })] : []),
        ],
        settings: {
          east: settingsOf({ cluster: 'east' }),
          west: settingsOf({ cluster: 'west' }),
        },
      });
    const empty = without('Service', 'shop');
    const reasons = (draft: ReturnType<typeof both>) =>
      draft.findings.map(finding => finding.reason);

    it('takes the only one that has the Service', () => {
      expect(both({}, empty, shopPlatform()).resolved?.cluster).toBe('west');
    });

    it('asks which of two', () => {
      const draft = both({}, shopPlatform(), shopPlatform());
      expect(reasons(draft)).toEqual(['ClusterAmbiguous']);
      expect(draft.findings[0].remedy).toBe('Name cluster east or west.');
    });

    it('takes the one that was named', () => {
      const draft = both({ cluster: 'east' }, shopPlatform(), shopPlatform());
      expect(draft.resolved?.cluster).toBe('east');
    });

    it('says that none has the Service', () => {
      expect(reasons(both({}, empty, empty))).toEqual(['ServiceMissing']);
    });

    it('takes one that cannot be seen for the one that might have it', () => {
      expect(reasons(both({}, empty))).toEqual(['ClusterUnreachable']);
      expect(both({}, shopPlatform()).resolved?.cluster).toBe('east');
    });
  });

  it('says that no cluster is configured', () => {
    const draft = planExposure({
      request: { entityRef: SHOP },
      entity: entityOf(),
      snapshots: [],
      settings: {},
    });
    expect(draft.findings.map(finding => finding.reason)).toEqual([
      'ClusterUnknown',
    ]);
  });

  it('changes none of its inputs', () => {
    const freeze = <T>(value: T): T => {
      if (typeof value === 'object' && value !== null) {
        Object.values(value).forEach(freeze);
        Object.freeze(value);
      }
      return value;
    };
    const objects = freeze([...shopPlatform(), own(), routeOf('a/b', [HOST])]);
    expect(() =>
      planExposure({
        request: freeze({ entityRef: SHOP }),
        entity: freeze(entityOf()),
        snapshots: [snapshotOf(objects)],
        settings: freeze({ local: settingsOf() }),
      }),
    ).not.toThrow();
  });
});

import type {
  Gateway,
  Issuer,
  KubernetesObject,
  PlatformPart,
} from 'backstage-plugin-networking-common';
import { renderPlatform } from 'backstage-plugin-networking-common';
import { waitFor } from '../world/waitFor';
import { ALEX, SAM } from '../world/world';
import { CLUSTER, refusal, type Suite } from './support';

/** Path of an object in the API, for the kinds that the platform consists of. */
export function pathOf(object: KubernetesObject): string {
  const [group, version] = object.apiVersion.includes('/')
    ? object.apiVersion.split('/')
    : ['', object.apiVersion];
  const plural = /(ss|x)$/.test(object.kind)
    ? `${object.kind.toLowerCase()}es`
    : `${object.kind.toLowerCase()}s`;
  return [
    group ? `/apis/${group}/${version}` : `/api/${version}`,
    object.metadata.namespace && `/namespaces/${object.metadata.namespace}`,
    `/${plural}/${object.metadata.name}`,
  ]
    .filter(Boolean)
    .join('');
}

/** The platform as its admin sees it: whole, and with one thing broken at a time. */
export const platformHealth: Suite = world => {
  const parts = async (): Promise<PlatformPart[]> => {
    const { clusters } = await world().as(ALEX).getPlatform(CLUSTER);
    expect(
      clusters.map(({ cluster, reachable }) => ({ cluster, reachable })),
    ).toEqual([{ cluster: CLUSTER, reachable: true }]);
    return clusters[0].parts;
  };
  const allGood = () =>
    waitFor('every part of the platform to be good', async () => {
      const bad = (await parts()).filter(({ state }) => state !== 'good');
      if (bad.length > 0) {
        throw new Error(JSON.stringify(bad));
      }
      return true;
    });
  const badPart = (kind: PlatformPart['part']) =>
    waitFor(`part ${kind} to be bad`, async () =>
      (await parts()).find(
        ({ part, state }) => part === kind && state === 'bad',
      ),
    );

  it('is good in every part', async () => {
    await allGood();
    expect(new Set((await parts()).map(({ part }) => part))).toEqual(
      new Set([
        'gatewayclass',
        'gateway',
        'listener',
        'issuer',
        'certificate',
        'redirect',
      ]),
    );
  });

  it.each(['getPlatform', 'getSettings'] as const)(
    'refuses %s to a developer',
    async method => {
      expect(await refusal(world().as(SAM)[method]())).toMatchObject({
        status: 403,
        name: 'NotAllowedError',
      });
    },
  );

  it('shows each setting with its provenance', async () => {
    const { entries, file, findings } = await world().as(ALEX).getSettings();
    expect(findings).toEqual([]);
    expect(file?.path).toMatch(/config\.toml$/);
    const entry = (key: string) =>
      entries.find(each => each.key === key && each.cluster === CLUSTER);
    expect(entry('gateway.class')).toMatchObject({
      value: 'local-traefik',
      provenance: { source: 'config.toml' },
    });
    expect(entry('gateway.class')?.provenance.location).toMatch(
      /config\.toml:\d+/,
    );
    expect(entry('gateway.name')).toMatchObject({
      value: 'idp-gateway',
      provenance: { source: 'default' },
    });
    expect(entry('network.dns_suffix')).toMatchObject({
      value: world().platform.settings.network.dnsSuffix,
      provenance: { source: 'computed' },
    });
  });

  it('consists of the objects that the pure core renders, accepted by the API server with strict validation', async () => {
    const { admin, platform } = world();
    const objects = renderPlatform(platform.settings);
    expect(objects.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining([
        'GatewayClass',
        'Gateway',
        'HTTPRoute',
        'ClusterIssuer',
        'Certificate',
      ]),
    );
    for (const object of objects) {
      const live = await admin.get(pathOf(object));
      const applied = await admin.apply(pathOf(object), object, {
        fieldManager: 'integration-test',
        force: true,
        dryRun: true,
      });
      expect((applied as { spec?: unknown }).spec).toEqual(
        (live as { spec?: unknown }).spec,
      );
    }
  });

  it('names the listener that is missing when it was renamed', async () => {
    const { admin, platform } = world();
    const { gateway: settings } = platform.settings;
    const path = `/apis/gateway.networking.k8s.io/v1/namespaces/${settings.namespace}/gateways/${settings.name}`;
    const gateway = await admin.get<Gateway>(path);
    const index = (gateway.spec?.listeners ?? []).findIndex(
      ({ name }) => name === settings.httpsSection,
    );
    const rename = (name: string) =>
      admin.patch(path, 'json', [
        { op: 'replace', path: `/spec/listeners/${index}/name`, value: name },
      ]);
    await rename('renamed');
    try {
      const part = await badPart('listener');
      expect(part.findings[0]).toMatchObject({ severity: 'error' });
      expect(part.findings[0].message).toContain(settings.httpsSection);
      expect(part.findings[0].remedy).toBeTruthy();
    } finally {
      await rename(settings.httpsSection);
    }
    await allGood();
  });

  it('names the issuer that is missing', async () => {
    const { admin, platform } = world();
    const name = platform.settings.certificates.issuer;
    const path = `/apis/cert-manager.io/v1/clusterissuers/${name}`;
    const issuer = await admin.get<Issuer>(path);
    await admin.remove(path);
    try {
      const part = await badPart('issuer');
      expect(part.name).toBe(name);
      expect(part.findings[0].message).toContain(name);
    } finally {
      await admin.create('/apis/cert-manager.io/v1/clusterissuers', {
        apiVersion: issuer.apiVersion,
        kind: issuer.kind,
        metadata: { name, labels: issuer.metadata.labels },
        spec: issuer.spec,
      });
    }
    await allGood();
  });
};

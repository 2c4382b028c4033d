import { readFile, writeFile } from 'node:fs/promises';
import {
  ANNOTATION_ENTITY_REF,
  KUBERNETES_ID,
  type ExposureDetail,
  type HttpRoute,
  type KubernetesObject,
} from 'backstage-plugin-networking-common';
import { routePath } from '../world/admin';
import { getVerified } from '../world/gateway';
import { waitFor } from '../world/waitFor';
import { SAM } from '../world/world';
import { CLUSTER, removeRoutes, SHOP, type Suite } from './support';

/** What the cluster says, against what the gateway really answers. */
export const contradictions: Suite = world => {
  const parentRef = () => {
    const { gateway } = world().platform.settings;
    return { name: gateway.name, namespace: gateway.namespace };
  };

  /** A route that somebody wrote by hand. */
  const applyRoute = (
    label: string,
    spec: Partial<NonNullable<HttpRoute['spec']>>,
    annotations: Record<string, string> = {},
  ) =>
    world().admin.apply<HttpRoute>(
      routePath('shop', label),
      {
        apiVersion: 'gateway.networking.k8s.io/v1',
        kind: 'HTTPRoute',
        metadata: {
          name: label,
          namespace: 'shop',
          labels: { [KUBERNETES_ID]: 'shop' },
          annotations: { [ANNOTATION_ENTITY_REF]: SHOP, ...annotations },
        },
        spec: {
          parentRefs: [{ ...parentRef(), sectionName: 'https' }],
          hostnames: [world().hostOf(label)],
          rules: [{ backendRefs: [{ name: 'shop', port: 8080 }] }],
          ...spec,
        },
      },
      { fieldManager: 'integration-test', force: true },
    );

  const read = (name: string) =>
    world().as(SAM).getExposure({ cluster: CLUSTER, namespace: 'shop', name });

  const readUntil = (
    name: string,
    what: string,
    holds: (exposure: ExposureDetail) => boolean,
  ) =>
    waitFor(`${name} to be ${what}`, async () => {
      const exposure = await read(name);
      if (holds(exposure)) return exposure;
      const { word, finding } = exposure.verdict;
      throw new Error(`It is ${word} ${finding.reason}: ${finding.message}`);
    });

  const isBrokenBy =
    (reason: string) =>
    ({ verdict }: ExposureDetail) =>
      verdict.word === 'Broken' && verdict.finding.reason === reason;

  const isLive = ({ verdict }: ExposureDetail) => verdict.word === 'Live';

  const get = async (label: string) =>
    getVerified({
      address: world().platform.gateway.address,
      port: world().platform.gateway.httpsPort,
      host: world().hostOf(label),
      ca: (await world().as(SAM).getCa(CLUSTER)).pem,
    });

  afterEach(() => removeRoutes(world().admin));

  it('a redirect route on every listener sends browsers round in circles', async () => {
    const { httpsPort } = world().platform.gateway;
    const rules = [
      {
        filters: [
          {
            type: 'RequestRedirect',
            requestRedirect: { scheme: 'https', port: httpsPort },
          },
        ],
      },
    ];
    await applyRoute('loop', { parentRefs: [parentRef()], rules });

    const { verdict } = await readUntil(
      'loop',
      'Broken by its redirect',
      isBrokenBy('RedirectsToItself'),
    );

    expect(verdict.finding.subject).toMatchObject({
      kind: 'HTTPRoute',
      name: 'loop',
      field: 'spec.parentRefs[0].sectionName',
    });
    const { status, headers } = await get('loop');
    expect([status, headers.location]).toEqual([
      302,
      `https://${world().hostOf('loop')}:${httpsPort}/`,
    ]);
  });

  describe('a Service whose pods have no port of its name', () => {
    const slicePath =
      '/apis/discovery.k8s.io/v1/namespaces/shop/endpointslices/shop-v1-local';
    const restored = async () => {
      const { workloads } = world().platform;
      await workloads.stop('shop-v1');
      await workloads.start('shop-v1');
    };
    const label = '0 of 1 pods serve port http';
    const wayOf = ({ hosts }: ExposureDetail) =>
      hosts[0].way.map(stop => stop.label);
    const losePort = () =>
      world().admin.patch(slicePath, 'merge', {
        ports: null,
        endpoints: [{ addresses: ['192.0.2.1'], conditions: { ready: true } }],
      });
    const rules = [{ backendRefs: [{ name: 'shop-v1', port: 8080 }] }];

    afterAll(restored);

    it('is Live while it answers, and the way tells the count', async () => {
      await applyRoute('portless', { rules });
      await readUntil('portless', 'Live', isLive);
      await losePort();

      const seen = await readUntil(
        'portless',
        'Live with the count',
        exposure => isLive(exposure) && wayOf(exposure).includes(label),
      );

      expect(seen.findings.map(({ reason }) => reason)).toContain(
        'EndpointsLackPort',
      );
    });

    it('is Broken for that once nothing answers', async () => {
      await applyRoute('portless', { rules });
      await world().platform.workloads.stop('shop-v1');
      await losePort();

      const seen = await readUntil(
        'portless',
        'Broken for want of the port',
        isBrokenBy('EndpointsLackPort'),
      );

      expect(seen.verdict.finding.subject).toMatchObject({
        kind: 'Service',
        name: 'shop-v1',
        namespace: 'shop',
      });
      expect(wayOf(seen)).toContain(label);
    });
  });

  describe('under a controller that never tells a generation', () => {
    const controller = 'example.com/quiet';
    let asShipped: string;

    beforeAll(async () => {
      asShipped = await readFile(world().settings, 'utf8');
      await writeFile(
        world().settings,
        asShipped.replace(/^controller = .*$/m, `controller = "${controller}"`),
      );
    });
    afterAll(() => writeFile(world().settings, asShipped));

    it('a changed route is Live by its answer, and the silence is told', async () => {
      await applyRoute('quiet', {});
      const changed = await applyRoute('quiet', {
        rules: [{ backendRefs: [{ name: 'shop-v2', port: 8080 }] }],
      });
      expect(changed.metadata.generation).toBe(2);
      const said = (type: string) => ({
        type,
        status: 'True',
        reason: type,
        message: '',
        lastTransitionTime: new Date().toISOString(),
      });
      await world().admin.patch(
        `${routePath('shop', 'quiet')}/status`,
        'merge',
        {
          status: {
            parents: [
              {
                controllerName: controller,
                parentRef: { ...parentRef(), sectionName: 'https' },
                conditions: [said('Accepted'), said('ResolvedRefs')],
              },
            ],
          },
        } as unknown as KubernetesObject,
      );

      const seen = await readUntil('quiet', 'Live', isLive);

      expect(seen.findings.map(({ reason }) => reason)).toContain(
        'GenerationNotTold',
      );
      expect((await get('quiet')).body).toContain('shop v2 says hello');
    });
  });
};

import { tmpdir } from 'node:os';
import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import { createExposeComponentAction } from 'backstage-plugin-scaffolder-backend-module-networking';
import { parse } from 'yaml';
import { changesSomething } from '../world/auditLog';
import { getVerified } from '../world/gateway';
import { PAT, SAM } from '../world/world';
import { authored, CLUSTER, removeRoutes, type Suite } from './support';

const INPUT = {
  entityRef: 'shop',
  service: 'shop-v2',
  port: 8080,
  hostLabel: 'templated',
};

/** `networking:component:expose` against the real backend and the real API server. */
export const templateAction: Suite = world => {
  const templatedHost = () => world().hostOf('templated');
  afterEach(() => removeRoutes(world().admin));

  async function run(userRef: string, isDryRun = false, input: object = {}) {
    const action = createExposeComponentAction({
      auth: mockServices.auth({ pluginId: 'scaffolder' }),
      discovery: mockServices.discovery.mock({
        getBaseUrl: async () => world().traffic.baseUrl(),
      }),
      wait: { intervalMs: 200 },
    });
    const log: string[] = [];
    const outputs: Record<string, unknown> = {};
    const write = (line: unknown) => void log.push(String(line));
    const ctx = {
      ...createMockActionContext({
        input: { ...INPUT, ...input },
        workspacePath: tmpdir(),
        logger: mockServices.logger.mock({ info: write, warn: write }),
      }),
      isDryRun,
      getInitiatorCredentials: async () => mockCredentials.user(userRef),
      output: (name: string, value: unknown) => {
        outputs[name] = value;
      },
    };
    await action.handler(ctx as Parameters<typeof action.handler>[0]);
    return { log, outputs };
  }

  it('writes nothing in a dry run and puts out what it would make', async () => {
    const { result, events } = await world().audit.during(() => run(SAM, true));

    expect(events.filter(changesSomething)).toEqual([]);
    expect(await world().admin.routes('shop')).toEqual([]);
    expect(result.outputs).toMatchObject({
      url: `https://${templatedHost()}:${world().platform.gateway.httpsPort}`,
      host: templatedHost(),
      namespace: 'shop',
      tlsReady: false,
    });
    expect(parse(String(result.outputs.manifest))).toMatchObject({
      kind: 'HTTPRoute',
      spec: { hostnames: [templatedHost()] },
    });
  });

  it('exposes, waits until the URL answers, and puts out where', async () => {
    const { outputs, log } = await run(SAM);

    expect(outputs).toMatchObject({
      url: `https://${templatedHost()}:${world().platform.gateway.httpsPort}`,
      host: templatedHost(),
      namespace: 'shop',
      tlsReady: true,
    });
    expect(log.some(line => line.startsWith('Live'))).toBe(true);
    const route = await world().admin.route('shop', String(outputs.name));
    expect(authored(route)).toEqual(authored(parse(String(outputs.manifest))));
    const { gateway } = world().platform;
    const answer = await getVerified({
      address: gateway.address,
      port: gateway.httpsPort,
      host: templatedHost(),
      ca: (await world().as(SAM).getCa(CLUSTER)).pem,
    });
    expect(answer).toMatchObject({ status: 200 });
    expect(answer.body).toContain('shop v2 says hello');
  });

  it('changes nothing on a retry', async () => {
    const first = await run(SAM);
    const before = await world().admin.route(
      'shop',
      String(first.outputs.name),
    );

    const second = await run(SAM);

    expect(second.outputs).toEqual(first.outputs);
    expect(second.log.join('\n')).toContain('nothing was changed');
    const after = await world().admin.route('shop', String(first.outputs.name));
    expect(after.metadata.resourceVersion).toBe(
      before.metadata.resourceVersion,
    );
  });

  describe('at a URL that another Service answers', () => {
    const answering = async () => {
      const [route] = await world().admin.routes('shop');
      return route.spec?.rules?.[0].backendRefs?.[0].name;
    };

    it('fails, changes nothing, and names a label that is free', async () => {
      await run(SAM);
      const { events } = await world().audit.during(async () => {
        for (const isDryRun of [true, false]) {
          await expect(run(SAM, isDryRun, { service: 'shop' })).rejects.toThrow(
            /shop-v2 port 8080.*replace.*Host label shop is free/,
          );
        }
      });
      expect(events.filter(changesSomething)).toEqual([]);
      expect(await answering()).toBe('shop-v2');
    });

    it('replaces it where the input says so, and tells of it', async () => {
      await run(SAM);
      const { log, outputs } = await run(SAM, false, {
        service: 'shop',
        replace: true,
      });
      expect(await answering()).toBe('shop');
      expect(log[0]).toContain('Live traffic was redirected');
      expect(outputs.replaced).toContain('Service shop port 8080');
    });
  });

  it('has no more rights than the person who runs the template', async () => {
    const { events } = await world().audit.during(() =>
      expect(run(PAT)).rejects.toThrow(/was not exposed/),
    );
    expect(events.filter(changesSomething)).toEqual([]);
    expect(await world().admin.routes('shop')).toEqual([]);
  });
};

import { spawn } from 'node:child_process';
import { get } from 'node:http';
import { join } from 'node:path';
import { freePort } from '../processes/ports';
import { waitUntil } from '../processes/waiting';
import {
  DEMO_NAMESPACES,
  DEMO_WORKLOADS,
  renderEndpointSlice,
  renderNamespace,
  renderService,
} from './demo';

describe('the demo services', () => {
  it('lie in namespaces that grant their owners', () => {
    const namespaces = DEMO_NAMESPACES.map(renderNamespace);
    for (const { namespace } of DEMO_WORKLOADS) {
      const found = namespaces.find(
        ({ metadata }) => metadata.name === namespace,
      );
      expect(found?.metadata.annotations?.['idp.networking/owners']).toMatch(
        /^group:default\/team-/,
      );
    }
  });

  it('have one process each, whose endpoints say whether it answers', () => {
    const services = DEMO_WORKLOADS.flatMap(workload =>
      workload.services.map(service => `${workload.namespace}/${service}`),
    );
    expect(services).toEqual([
      'shop/shop',
      'shop/shop-v1',
      'shop/shop-v2',
      'payments/payments',
      'docs/docs',
    ]);
    expect(
      renderEndpointSlice(DEMO_WORKLOADS[1], 'shop-v2', false),
    ).toMatchObject({
      metadata: {
        name: 'shop-v2-local',
        labels: { 'kubernetes.io/service-name': 'shop-v2' },
      },
      endpoints: [{ addresses: ['192.0.2.2'], conditions: { ready: false } }],
    });
  });

  it('carry the label by which Backstage finds them', () => {
    expect(
      renderService(DEMO_WORKLOADS[0], 'shop').metadata.labels,
    ).toMatchObject({
      'backstage.io/kubernetes-id': 'shop',
      app: 'shop',
    });
  });
});

describe('server.mjs', () => {
  const fetchText = (port: number, path: string) =>
    new Promise<string>((resolve, reject) => {
      get({ host: '127.0.0.1', port, path, agent: false }, response => {
        let text = `${response.statusCode} `;
        response.setEncoding('utf8').on('data', chunk => (text += chunk));
        response.on('end', () => resolve(text));
      }).on('error', reject);
    });

  it('answers with its text, says which path was asked, and any status asked for', async () => {
    const port = await freePort();
    // eslint-disable-next-line no-restricted-syntax -- runs from its sources only
    const child = spawn(
      process.execPath,
      [
        join(__dirname, 'server.mjs'),
        'shop v1 says hello',
        String(port),
        '127.0.0.1',
      ],
      {
        env: { ...process.env, NODE_OPTIONS: '' },
      },
    );
    try {
      await waitUntil({
        what: 'The answer',
        deadlineMs: 10_000,
        intervalMs: 10,
        check: async () => ({ ready: true, value: await fetchText(port, '/') }),
      });
      expect(await fetchText(port, '/')).toBe('200 shop v1 says hello\n');
      expect(await fetchText(port, '/?a=1')).toBe('200 shop v1 says hello\n');
      expect(await fetchText(port, '/api/x')).toBe(
        '200 shop v1 says hello at /api/x\n',
      );
      expect(await fetchText(port, '/status/503')).toBe(
        '503 shop v1 says hello at /status/503\n',
      );
    } finally {
      const ended = new Promise(done => child.once('exit', done));
      child.kill('SIGTERM');
      expect(await ended).toBe(0);
    }
  });
});

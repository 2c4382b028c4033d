import { createServer } from 'node:http';
import type { AddressInfo, Server } from 'node:net';
import { findResource, groupPath, resourcePath } from './discovery';
import { hasStatus, KubeError } from './errors';
import { kubeconfig } from './kubeconfig';
import { KubeClient } from './kubeClient';

describe('paths', () => {
  const route = { name: 'httproutes', namespaced: true };
  it('tells the core group from others', () => {
    expect(groupPath('v1')).toBe('/api/v1');
    expect(groupPath('apps/v1')).toBe('/apis/apps/v1');
  });
  it.each([
    ['all objects of a kind', undefined, undefined, '/apis/g/v1/httproutes'],
    [
      'those of a namespace',
      'shop',
      undefined,
      '/apis/g/v1/namespaces/shop/httproutes',
    ],
    ['one object', 'shop', 'a', '/apis/g/v1/namespaces/shop/httproutes/a'],
    [
      'a name that needs escaping',
      'shop',
      'a/b?c',
      '/apis/g/v1/namespaces/shop/httproutes/a%2Fb%3Fc',
    ],
  ])('names %s', (_, namespace, name, path) => {
    expect(resourcePath('g/v1', route, namespace, name)).toBe(path);
  });
  it('leaves the namespace out of what lies in none', () => {
    expect(
      resourcePath(
        'v1',
        { name: 'namespaces', namespaced: false },
        'shop',
        'a',
      ),
    ).toBe('/api/v1/namespaces/a');
  });
  it('takes the resource and not a subresource of the same kind', () => {
    const resources = [
      { name: 'gateways/status', kind: 'Gateway', namespaced: true },
      { name: 'gateways', kind: 'Gateway', namespaced: true },
    ];
    expect(findResource({ resources }, 'Gateway')?.name).toBe('gateways');
    expect(findResource({}, 'Gateway')).toBeUndefined();
  });
});

describe('KubeClient', () => {
  let server: Server;
  let client: KubeClient;
  beforeEach(async () => {
    server = createServer((_, response) => response.end());
    await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
    const { port } = server.address() as AddressInfo;
    client = new KubeClient({
      url: `https://127.0.0.1:${port}/`,
      token: 't',
      ca: '',
    });
  });
  afterEach(() => {
    client.close();
    server.close();
  });

  it('says that a server cannot be reached, without a status', async () => {
    const error: KubeError = await client
      .request<never>({ path: '/readyz' })
      .catch(e => e);
    expect(error).toBeInstanceOf(KubeError);
    expect(error.status).toBeUndefined();
    expect(error.message).toMatch(/^GET \/readyz: /);
    expect(hasStatus(error, 404)).toBe(false);
  });

  const answering = (answers: Record<string, unknown>) => {
    const calls: string[] = [];
    jest
      .spyOn(client, 'request')
      .mockImplementation(async ({ method = 'GET', path, contentType }) => {
        calls.push([method, path, contentType].filter(Boolean).join(' '));
        const answer = answers[path];
        if (answer instanceof Error) throw answer;
        return answer;
      });
    return calls;
  };
  const GROUP = '/apis/gateway.networking.k8s.io/v1';
  const resources = [
    { name: 'httproutes', kind: 'HTTPRoute', namespaced: true },
  ];
  const ref = {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    namespace: 'shop',
    name: 'a',
  };

  it('applies strictly and unforced unless told, and discovers a kind once', async () => {
    const calls = answering({ [GROUP]: { resources } });
    const object = { ...ref, metadata: { name: 'a', namespace: 'shop' } };
    await client.apply(object, { fieldManager: 'm' });
    await client.apply(object, {
      fieldManager: 'm',
      force: true,
      dryRun: true,
    });
    const patch = `PATCH ${GROUP}/namespaces/shop/httproutes/a?fieldManager=m&fieldValidation=Strict`;
    expect(calls).toEqual([
      `GET ${GROUP}`,
      `${patch}&force=false application/apply-patch+yaml`,
      `${patch}&force=true&dryRun=All application/apply-patch+yaml`,
    ]);
  });

  it('asks again for a kind that was not served', async () => {
    const answers: Record<string, unknown> = {
      [GROUP]: new KubeError('no', { status: 404 }),
    };
    answering(answers);
    await expect(client.get(ref)).rejects.toMatchObject({
      status: 404,
      reason: 'NotServed',
    });
    expect(await client.serves(ref.apiVersion, ref.kind)).toBe(false);
    answers[GROUP] = { resources };
    expect(await client.serves(ref.apiVersion, ref.kind)).toBe(true);
  });

  it('gives listed objects the kind that the list leaves out', async () => {
    answering({
      [GROUP]: { resources },
      [`${GROUP}/httproutes`]: { items: [{ metadata: { name: 'a' } }] },
    });
    expect(await client.list(ref.apiVersion, ref.kind)).toEqual([
      {
        apiVersion: ref.apiVersion,
        kind: 'HTTPRoute',
        metadata: { name: 'a' },
      },
    ]);
  });

  it('takes what is not there as deleted, and no other refusal', async () => {
    const path = `${GROUP}/namespaces/shop/httproutes/a`;
    const answers: Record<string, unknown> = {
      [GROUP]: { resources },
      [path]: new KubeError('gone', { status: 404 }),
    };
    answering(answers);
    await expect(client.delete(ref)).resolves.toBeUndefined();
    answers[path] = new KubeError('uid', { status: 409, reason: 'Conflict' });
    await expect(client.delete(ref, { uid: 'u' })).rejects.toMatchObject({
      status: 409,
    });
  });
});

it('writes a kubeconfig with one context that names its CA by file', () => {
  const config = JSON.parse(
    kubeconfig({ url: 'https://127.0.0.1:1', caFile: '/ca', token: 't' }),
  );
  expect(config['current-context']).toBe(config.contexts[0].name);
  expect(config.clusters[0].cluster).toEqual({
    server: 'https://127.0.0.1:1',
    'certificate-authority': '/ca',
  });
  expect(config.users[0].user).toEqual({ token: 't' });
});

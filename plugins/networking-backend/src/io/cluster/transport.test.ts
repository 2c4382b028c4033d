import { createServer, type Server } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import {
  makeCertificate,
  type TestCertificate,
} from '../../__testUtils__/certificates';
import { fieldConflicts, type ClusterError } from './errors';
import {
  createTransport,
  type Transport,
  type TransportRequest,
} from './transport';

const OPERATION = {
  cluster: 'local',
  verb: 'patch',
  resource: 'httproutes',
  namespace: 'shop',
  name: 'shop-1',
};
const REQUEST = { method: 'GET' as const, path: '/x' };

let ca: TestCertificate;
let leaf: TestCertificate;
let server: Server;
let transport: Transport;
const sockets = new Set<Socket>();
const requests: string[] = [];
let answer: { status: number; body: unknown } | 'silence' | 'reset';
let resetNext = false;

beforeAll(async () => {
  ca = await makeCertificate({ name: 'ca', isCa: true });
  leaf = await makeCertificate({
    name: 'localhost',
    ips: ['127.0.0.1'],
    issuer: ca,
  });
});

beforeEach(async () => {
  sockets.clear();
  server = createServer(leaf, (request, response) => {
    requests.push(request.method ?? '');
    if (answer === 'reset' || resetNext) {
      resetNext = false;
      request.socket.destroy();
      return;
    }
    if (answer === 'silence') return;
    response.writeHead(answer.status, { location: 'https://127.0.0.1:1/' });
    response.end(JSON.stringify(answer.body));
  });
  server.on('secureConnection', socket => sockets.add(socket));
  await new Promise<void>(resolve =>
    server.listen(0, '127.0.0.1', () => resolve()),
  );
  transport = connect();
});

afterEach(async () => {
  transport.close();
  server.closeAllConnections();
  await new Promise(resolve => server.close(resolve));
});

function connect(options: { trust?: string; timeoutMs?: number } = {}) {
  const { port } = server.address() as AddressInfo;
  return createTransport(
    {
      name: 'local',
      server: new URL(`https://127.0.0.1:${port}`),
      options: async () => ({
        ca: options.trust ?? ca.cert,
        headers: { authorization: 'Bearer token' },
      }),
    },
    { timeoutMs: options.timeoutMs },
  );
}

const failure = (of: Transport = transport): Promise<ClusterError> =>
  of.send(OPERATION, REQUEST).then(
    () => {
      throw new Error('it succeeded');
    },
    error => error,
  );

describe('requests to an API server', () => {
  it('share one connection', async () => {
    answer = { status: 200, body: { ok: true } };
    await transport.send(OPERATION, REQUEST);
    await expect(transport.send(OPERATION, REQUEST)).resolves.toEqual({
      ok: true,
    });
    expect(sockets.size).toBe(1);
  });

  it('do not follow redirects', async () => {
    answer = { status: 302, body: {} };
    await expect(failure()).resolves.toMatchObject({ httpStatus: 302 });
  });

  it('end where no answer comes in time', async () => {
    answer = 'silence';
    await expect(failure(connect({ timeoutMs: 50 }))).resolves.toMatchObject({
      name: 'ClusterError',
      code: 'ETIMEDOUT',
      unreachable: true,
    });
  });

  it('are not sent to a server that the CA did not sign', async () => {
    const other = await makeCertificate({ name: 'other', isCa: true });
    answer = { status: 200, body: {} };
    await expect(
      failure(connect({ trust: other.cert })),
    ).resolves.toMatchObject({
      code: expect.stringMatching(/SELF_SIGNED|UNABLE_TO/),
    });
  });
});

describe('a kept connection that the server closed meanwhile', () => {
  /** The server resets the next request on a connection that has served one. */
  async function keptAndReset(sent: TransportRequest) {
    answer = { status: 200, body: { ok: true } };
    await transport.send(OPERATION, REQUEST);
    resetNext = true;
    requests.length = 0;
    return transport.send(OPERATION, sent);
  }

  it.each<[string, TransportRequest]>([
    ['a read', REQUEST],
    ['a dry run', { ...REQUEST, method: 'PATCH', repeatable: true, body: {} }],
  ])('is no failure of %s', async (_, sent) => {
    await expect(keptAndReset(sent)).resolves.toEqual({ ok: true });
    expect(requests).toHaveLength(2);
    expect(sockets.size).toBe(2);
  });

  it('leaves a write unknown, which is not sent twice', async () => {
    await expect(
      keptAndReset({ ...REQUEST, method: 'PATCH', body: {} }),
    ).rejects.toMatchObject({ code: 'ECONNRESET', mayHaveTakenEffect: true });
    expect(requests).toHaveLength(1);
  });

  it('is told of a read where the new connection is reset as well', async () => {
    answer = 'reset';
    await expect(failure()).resolves.toMatchObject({ code: 'ECONNRESET' });
  });

  it('is not used again after a request on it got no answer in time', async () => {
    // What is answered here must not run into it on a busy machine.
    const impatient = connect({ timeoutMs: 3_000 });
    answer = { status: 200, body: { ok: true } };
    await Promise.all([1, 2, 3].map(() => impatient.send(OPERATION, REQUEST)));
    expect(sockets.size).toBe(3);
    answer = 'silence';
    await failure(impatient);
    answer = { status: 200, body: { ok: true } };
    await impatient.send(OPERATION, REQUEST);
    expect(sockets.size).toBe(4);
    impatient.close();
  });
});

describe('a refusal', () => {
  it('keeps status, reason and details, and none of the server’s words', async () => {
    answer = {
      status: 422,
      body: {
        kind: 'Status',
        reason: 'Invalid',
        message: 'route secret-route of another team',
        details: { kind: 'HTTPRoute' },
      },
    };
    const error = await failure();
    expect(error).toMatchObject({
      httpStatus: 422,
      reason: 'Invalid',
      details: { kind: 'HTTPRoute' },
    });
    expect(error.message).toBe(
      'patch httproutes shop-1 in namespace shop on cluster local was answered 422 Invalid',
    );
  });

  it('names field managers and fields', async () => {
    answer = {
      status: 409,
      body: {
        reason: 'Conflict',
        details: {
          causes: [
            {
              reason: 'FieldManagerConflict',
              message: 'conflict with "kubectl" using v1',
              field: '.spec.rules',
            },
          ],
        },
      },
    };
    expect(fieldConflicts(await failure())).toEqual([
      { manager: 'kubectl', field: 'spec.rules' },
    ]);
  });

  const FORBIDDEN: Record<string, { message: string; byRbac: boolean }> = {
    'by RBAC': {
      message:
        'httproutes.gateway.networking.k8s.io "x" is forbidden: User "sa" cannot patch resource "httproutes" in API group "gateway.networking.k8s.io" in the namespace "shop"',
      byRbac: true,
    },
    'by an admission policy': {
      message: 'admission webhook "policy" denied the request: no',
      byRbac: false,
    },
  };

  it.each(Object.entries(FORBIDDEN))(
    'is told apart: %s',
    async (_, { message, byRbac }) => {
      answer = { status: 403, body: { reason: 'Forbidden', message } };
      await expect(failure()).resolves.toMatchObject({
        forbiddenByRbac: byRbac,
      });
    },
  );
});

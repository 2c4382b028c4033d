import dns from 'node:dns';
import {
  createServer as createTcpServer,
  type AddressInfo,
  type Server,
  type Socket,
} from 'node:net';
import { createServer, type TlsOptions } from 'node:tls';
import {
  makeCertificate,
  type TestCertificate,
} from '../../__testUtils__/certificates';
import { dial, type DialFacts } from './dial';

const HOST = 'shop.127-0-0-1.nip.io';

let ca: TestCertificate;
let good: TestCertificate;
const servers: Server[] = [];
const sockets: Socket[] = [];

beforeAll(async () => {
  ca = await makeCertificate({ name: 'ca', isCa: true });
  good = await makeCertificate({
    name: 'wildcard',
    dnsNames: ['*.127-0-0-1.nip.io'],
    issuer: ca,
  });
});

afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await Promise.all(
    servers
      .splice(0)
      .map(server => new Promise(resolve => server.close(resolve))),
  );
});

async function listen(server: Server): Promise<number> {
  servers.push(server);
  server.on('connection', socket => {
    sockets.push(socket);
    socket.on('error', () => {});
  });
  await new Promise<void>(resolve =>
    server.listen(0, '127.0.0.1', () => resolve()),
  );
  return (server.address() as AddressInfo).port;
}

/** A TLS server that writes these bytes as soon as a request has begun. */
async function tlsServer(
  answer: string | undefined,
  certificate: TlsOptions = good,
) {
  let hangUp: () => void;
  const hungUp = new Promise<void>(resolve => {
    hangUp = resolve;
  });
  const seen = { requests: '', connections: 0, hungUp };
  const server = createServer(
    { cert: certificate.cert, key: certificate.key },
    socket => {
      seen.connections += 1;
      socket.on('error', () => {});
      socket.on('close', () => hangUp());
      socket.on('data', data => {
        seen.requests += data.toString();
        if (answer !== undefined) socket.write(answer);
      });
    },
  );
  server.on('tlsClientError', () => {});
  return { port: await listen(server), seen };
}

const ask = (
  port: number,
  options: { caPem?: string; path?: string; signal?: AbortSignal } = {},
): Promise<DialFacts> =>
  dial(
    { address: '127.0.0.1', port },
    {
      host: HOST,
      path: options.path ?? '/',
      hostHeader: `${HOST}:30443`,
      caPem: options.caPem ?? ca.cert,
    },
    options.signal ?? AbortSignal.timeout(5_000),
  );

const OK = 'HTTP/1.1 200 OK\r\nServer: demo\r\nContent-Length: 2\r\n\r\nhi';

describe('one dial', () => {
  it('sends the host as SNI and Host header, asks one path, and reads the answer', async () => {
    const { port, seen } = await tlsServer(OK);
    const facts = await ask(port, { path: '/api' });
    expect(facts).toMatchObject({
      tls: {
        verified: true,
        protocol: 'TLSv1.3',
        leaf: { subject: 'CN=wildcard' },
        issuer: 'CN=ca',
      },
      http: { status: 200, server: 'demo' },
    });
    expect(facts.failure).toBeUndefined();
    expect(seen.requests).toContain('GET /api HTTP/1.1\r\n');
    expect(seen.requests).toContain(`host: ${HOST}:30443\r\n`);
  });

  it('never resolves a name', async () => {
    const { port } = await tlsServer(OK);
    const lookup = jest.spyOn(dns, 'lookup');
    await ask(port);
    expect(lookup).not.toHaveBeenCalled();
    lookup.mockRestore();
  });

  it('does not follow a redirect', async () => {
    const { port, seen } = await tlsServer(
      'HTTP/1.1 302 Found\r\nLocation: https://169.254.169.254/\r\nContent-Length: 0\r\n\r\n',
    );
    await expect(ask(port)).resolves.toMatchObject({ http: { status: 302 } });
    expect(seen.connections).toBe(1);
  });

  it('hangs up on an endless body', async () => {
    const { port } = await tlsServer(
      `HTTP/1.1 200 OK\r\n\r\n${'x'.repeat(100_000)}`,
    );
    await expect(ask(port)).resolves.toMatchObject({ http: { status: 200 } });
  });

  const UNFINISHED: Record<string, string> = {
    'a stream of events that has not begun':
      'HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n',
    'a body in chunks that stalls':
      'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n',
    'a body shorter than its length':
      'HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nx',
  };

  it.each(Object.entries(UNFINISHED))(
    'takes the status for the answer and hangs up: %s',
    async (_, answer) => {
      const { port, seen } = await tlsServer(answer);
      const facts = await ask(port, { signal: new AbortController().signal });
      expect(facts.http).toEqual({ status: 200 });
      expect(facts.failure).toBeUndefined();
      await seen.hungUp;
    },
  );

  it('trusts an intermediate that signs today', async () => {
    const intermediate = await makeCertificate({
      name: 'intermediate',
      isCa: true,
      issuer: ca,
    });
    const leaf = await makeCertificate({
      name: 'leaf',
      dnsNames: [HOST],
      issuer: intermediate,
    });
    const { port } = await tlsServer(OK, leaf);
    await expect(
      ask(port, { caPem: intermediate.cert }),
    ).resolves.toMatchObject({ tls: { verified: true } });
  });
});

describe('what is served', () => {
  it('is told in the order of the server, with whatever does not belong there', async () => {
    const intermediate = await makeCertificate({
      name: 'intermediate',
      isCa: true,
      issuer: ca,
    });
    const leaf = await makeCertificate({
      name: 'leaf',
      dnsNames: [HOST],
      issuer: intermediate,
    });
    const chain = [leaf, good, ca, intermediate, intermediate];
    const { port } = await tlsServer(OK, {
      key: leaf.key,
      cert: chain.map(({ cert }) => cert).join(''),
    });
    const { tls } = await ask(port);
    expect(tls?.chain?.map(({ subject }) => subject)).toEqual([
      'CN=leaf',
      'CN=wildcard',
      'CN=ca',
      'CN=intermediate',
      'CN=intermediate',
    ]);
    expect(tls?.leaf).toEqual(tls?.chain?.[0]);
  });

  it('is the leaf alone where the server sends no more, whatever is trusted', async () => {
    const { port } = await tlsServer(OK);
    const { tls } = await ask(port);
    expect(tls?.chain).toHaveLength(1);
  });

  it('is told as far as ten certificates', async () => {
    const { port } = await tlsServer(OK, {
      key: good.key,
      cert: good.cert + ca.cert.repeat(20),
    });
    const { tls } = await ask(port);
    expect(tls?.chain).toHaveLength(10);
  });
});

describe('an answer that may be the gateway’s', () => {
  const BODIES: Record<
    string,
    { status?: number; headers?: string; body: string; is?: string }
  > = {
    'is told by how it begins': {
      body: 'Access denied\r\n',
      is: 'Access denied',
    },
    'is told of 404, 421 and 5xx alike': {
      status: 421,
      body: 'Misdirected Request',
      is: 'Misdirected Request',
    },
    'is told in 64 characters at most': {
      status: 503,
      body: 'é'.repeat(5_000),
      is: 'é'.repeat(64),
    },
    'is told in one line of what can be shown': {
      status: 502,
      body: '\u202e<b>\u0000up\u001b[31mstream\n\n\tgone\u0007</b>\ufeff',
      is: '<b>up[31mstream gone</b>',
    },
    'is told where its length is not said and the connection ends': {
      status: 404,
      headers: 'Connection: close\r\n',
      body: '404 page not found',
      is: '404 page not found',
    },
    'has no beginning where it is empty': { status: 404, body: '' },
    'has no beginning where its bytes are no text': {
      status: 500,
      body: '\u0000\u0001\u0002',
    },
    'is not looked into where a gateway gives no such answer': {
      status: 400,
      body: 'secret of the service',
    },
    'is not looked into where it is good': {
      status: 200,
      body: 'secret of the service',
    },
  };

  it.each(Object.entries(BODIES))('%s', async (_, one) => {
    const { status = 403, headers, body, is } = one;
    const { port } = await tlsServer(
      `HTTP/1.1 ${status} X\r\n${
        headers ?? `Content-Length: ${Buffer.byteLength(body)}\r\n`
      }\r\n${body}`,
    );
    const { http } = await ask(port);
    expect(http).toEqual({ status, ...(is !== undefined && { body: is }) });
  });

  it('is told by what has come where the rest does not', async () => {
    const { port, seen } = await tlsServer(
      'HTTP/1.1 503 X\r\nContent-Length: 1000\r\n\r\nno healthy upstream',
    );
    const { http, failure } = await ask(port, {
      signal: AbortSignal.timeout(300),
    });
    expect(http).toEqual({ status: 503, body: 'no healthy upstream' });
    expect(failure).toBeUndefined();
    await seen.hungUp;
  });

  it('is of a service where the proxy says so', async () => {
    const { port } = await tlsServer(
      'HTTP/1.1 200 OK\r\nServer: envoy\r\nX-Envoy-Upstream-Service-Time: 3\r\nContent-Length: 0\r\n\r\n',
    );
    const { http } = await ask(port);
    expect(http).toEqual({ status: 200, server: 'envoy', fromService: true });
  });
});

const UNVERIFIED: Record<
  string,
  { certificate: () => Promise<TestCertificate>; code: RegExp }
> = {
  'an expired certificate': {
    certificate: () =>
      makeCertificate({
        name: 'old',
        dnsNames: [HOST],
        issuer: ca,
        notBefore: new Date(Date.now() - 200_000_000),
        notAfter: new Date(Date.now() - 100_000_000),
      }),
    code: /^CERT_HAS_EXPIRED$/,
  },
  'a certificate for another name': {
    certificate: () =>
      makeCertificate({ name: 'x', dnsNames: ['other.example'], issuer: ca }),
    code: /^ERR_TLS_CERT_ALTNAME_INVALID$/,
  },
  'a wildcard that stands for two labels': {
    certificate: () =>
      makeCertificate({ name: 'x', dnsNames: ['*.nip.io'], issuer: ca }),
    code: /^ERR_TLS_CERT_ALTNAME_INVALID$/,
  },
  'a certificate of a CA with the same name and another key': {
    certificate: async () =>
      makeCertificate({
        name: 'x',
        dnsNames: [HOST],
        issuer: await makeCertificate({ name: 'ca', isCa: true }),
      }),
    code: /UNABLE_TO|CERT_SIGNATURE_FAILURE|SELF_SIGNED/,
  },
};

describe('a certificate that does not verify', () => {
  it.each(Object.entries(UNVERIFIED))(
    'is a fact beside the answer: %s',
    async (_, { certificate, code }) => {
      const { port } = await tlsServer(OK, await certificate());
      await expect(ask(port)).resolves.toMatchObject({
        tls: {
          verified: false,
          verificationError: expect.stringMatching(code),
        },
        http: { status: 200 },
      });
    },
  );
});

describe('what fails names its stage and code', () => {
  it('nobody listens', async () => {
    const port = await listen(createTcpServer());
    await new Promise(resolve => servers.pop()?.close(resolve));
    await expect(ask(port)).resolves.toMatchObject({
      failure: { stage: 'connect', code: 'ECONNREFUSED' },
    });
  });

  it('the time is over before a connection is made', async () => {
    const { port, seen } = await tlsServer(OK);
    await expect(
      ask(port, { signal: AbortSignal.abort() }),
    ).resolves.toMatchObject({
      failure: { stage: 'connect', code: 'ETIMEDOUT' },
    });
    expect(seen.requests).toBe('');
  });

  it('TLS is not spoken', async () => {
    const port = await listen(
      createTcpServer(socket => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')),
    );
    await expect(ask(port)).resolves.toMatchObject({
      failure: { stage: 'tls' },
    });
  });

  it('the connection is closed during the handshake', async () => {
    const port = await listen(createTcpServer(socket => socket.destroy()));
    await expect(ask(port)).resolves.toMatchObject({
      failure: { stage: 'tls', code: 'ECONNRESET' },
    });
  });

  it('no answer comes in time', async () => {
    const { port } = await tlsServer(undefined);
    await expect(
      ask(port, { signal: AbortSignal.timeout(200) }),
    ).resolves.toMatchObject({
      tls: { verified: true },
      failure: { stage: 'http', code: 'ETIMEDOUT' },
    });
  });

  it('the answer is not HTTP', async () => {
    const { port } = await tlsServer('SSH-2.0-OpenSSH\r\n');
    await expect(ask(port)).resolves.toMatchObject({
      failure: { stage: 'http', code: expect.stringMatching(/^HPE_/) },
    });
  });

  it.each(['http://169.254.169.254/', '*', '', 'other.example:443'])(
    'the path is none of the host: %j',
    async path => {
      const { port, seen } = await tlsServer(OK);
      await expect(ask(port, { path })).resolves.toMatchObject({
        failure: { stage: 'http', code: 'ERR_INVALID_URL' },
      });
      expect(seen.requests).toBe('');
    },
  );

  it('the path cannot be sent', async () => {
    const { port } = await tlsServer(OK);
    await expect(ask(port, { path: '/a\r\nEvil: 1' })).resolves.toMatchObject({
      failure: { stage: 'http' },
    });
  });
});

import { makeCertificate } from '../../__testUtils__/certificates';
import {
  ask,
  HOST,
  OK,
  tlsServer,
  trusted,
  useServers,
} from './__testUtils__/servers';

useServers();

describe('what is served', () => {
  it('is told in the order of the server, with whatever does not belong there', async () => {
    const intermediate = await makeCertificate({
      name: 'intermediate',
      isCa: true,
      issuer: trusted.ca,
    });
    const leaf = await makeCertificate({
      name: 'leaf',
      dnsNames: [HOST],
      issuer: intermediate,
    });
    const chain = [leaf, trusted.good, trusted.ca, intermediate, intermediate];
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
      key: trusted.good.key,
      cert: trusted.good.cert + trusted.ca.cert.repeat(20),
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
    'is empty where there is none': { status: 404, body: '', is: '' },
    'has no beginning where none of it came': {
      status: 404,
      headers: 'Content-Length: 5\r\n',
      body: '',
    },
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
    const { http, failure } = await ask(port);
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

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

describe('a redirect', () => {
  const redirected = async (headers: string, status = 302, path?: string) => {
    const { port } = await tlsServer(
      `HTTP/1.1 ${status} X\r\n${headers}Content-Length: 0\r\n\r\n`,
    );
    const { http } = await ask(port, { ...(path !== undefined && { path }) });
    return http;
  };

  it('is told by where it leads, without what its query holds', async () => {
    const http = await redirected(
      'Location: https://sso.example.com/auth?state=s3cret#frag\r\n',
    );
    expect(http).toEqual({
      status: 302,
      redirect: {
        scheme: 'https',
        host: 'sso.example.com',
        port: 443,
        path: '/auth',
        hasQuery: true,
      },
    });
  });

  it('leads, as a path alone, to the port that people use', async () => {
    const http = await redirected('Location: login\r\n', 301, '/app/');
    expect(http?.redirect).toEqual({
      scheme: 'https',
      host: HOST,
      port: 30443,
      path: '/app/login',
      hasQuery: false,
    });
  });

  it('tells that a cookie comes with it, and not which', async () => {
    const http = await redirected(
      'Location: /\r\nSet-Cookie: session=s3cret\r\n',
    );
    expect(http?.setsCookie).toBe(true);
    expect(JSON.stringify(http)).not.toContain('s3cret');
  });

  it('leads nowhere without a Location, and with one that is no URL', async () => {
    expect(await redirected('')).toEqual({ status: 302 });
    expect(await redirected('Location: https://\r\n')).toEqual({
      status: 302,
    });
  });

  it('is none where another status names a Location', async () => {
    expect(await redirected('Location: /made\r\n', 201)).toEqual({
      status: 201,
    });
  });
});

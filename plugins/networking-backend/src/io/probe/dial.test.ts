import dns from 'node:dns';
import { createServer as createTcpServer } from 'node:net';
import {
  makeCertificate,
  type TestCertificate,
} from '../../__testUtils__/certificates';
import {
  ask,
  HOST,
  listen,
  OK,
  tlsServer,
  trusted,
  useServers,
} from './__testUtils__/servers';

useServers();

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
      issuer: trusted.ca,
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

const UNVERIFIED: Record<
  string,
  { certificate: () => Promise<TestCertificate>; code: RegExp }
> = {
  'an expired certificate': {
    certificate: () =>
      makeCertificate({
        name: 'old',
        dnsNames: [HOST],
        issuer: trusted.ca,
        notBefore: new Date(Date.now() - 200_000_000),
        notAfter: new Date(Date.now() - 100_000_000),
      }),
    code: /^CERT_HAS_EXPIRED$/,
  },
  'a certificate for another name': {
    certificate: () =>
      makeCertificate({
        name: 'x',
        dnsNames: ['other.example'],
        issuer: trusted.ca,
      }),
    code: /^ERR_TLS_CERT_ALTNAME_INVALID$/,
  },
  'a wildcard that stands for two labels': {
    certificate: () =>
      makeCertificate({
        name: 'x',
        dnsNames: ['*.nip.io'],
        issuer: trusted.ca,
      }),
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
    const server = createTcpServer();
    const port = await listen(server);
    await new Promise(resolve => server.close(resolve));
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
    const { port, seen } = await tlsServer(undefined);
    const time = new AbortController();
    // Nothing may run out before the request is there, however busy the machine is.
    seen.asked.then(() => time.abort());
    await expect(ask(port, { signal: time.signal })).resolves.toMatchObject({
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

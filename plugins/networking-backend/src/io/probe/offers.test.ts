import type { TlsOptions } from 'node:tls';
import { createServer as createTcpServer, type Socket } from 'node:net';
import {
  alternativeNames,
  commonName,
  derCertificate,
  ecKey,
  ed25519Key,
  ed448Key,
  extension,
  pemOf,
  rsaKey,
  rsaPssKey,
  sequence,
  time,
  tlv,
  type DerKey,
} from '../../__testUtils__/der';
import {
  ask,
  HOST,
  listen,
  OK,
  tlsServer,
  useServers,
} from './__testUtils__/servers';
import { offerOptions } from './offers';
import { trusting } from './secureContexts';

useServers();

const DAY_MS = 86_400_000;
const dates = () => ({
  notBefore: time(new Date(Date.now() - DAY_MS)),
  notAfter: time(new Date(Date.now() + 30 * DAY_MS)),
});
const IS_CA = extension('2.5.29.19', sequence(tlv(0x01, Buffer.from([0xff]))));

/** A CA with this key. */
const caOf = (key: DerKey) => ({
  key,
  pem: pemOf(
    derCertificate({
      key,
      subject: commonName('offers ca'),
      extensions: [IS_CA],
      ...dates(),
    }),
  ),
});

/** What a server has with this key, signed by that CA. */
const leafOf = (key: DerKey, signer: DerKey): TlsOptions => ({
  cert: pemOf(
    derCertificate({
      key,
      signer,
      issuer: commonName('offers ca'),
      subject: commonName('leaf'),
      extensions: [alternativeNames(['dns', HOST])],
      ...dates(),
    }),
  ),
  key: key.privateKey.export({ type: 'pkcs8', format: 'pem' }),
});

let rsaCa: ReturnType<typeof caOf>;
beforeAll(() => {
  rsaCa = caOf(rsaKey(2048));
});

const TLS_ALERT = /^ERR_SSL_/;

/** Has a server use what OpenSSL would not by itself. */
const ANY_KEY = { ciphers: 'DEFAULT:@SECLEVEL=0' };

describe('a key of a server', () => {
  const TAKEN: Record<string, () => DerKey> = {
    'P-256': () => ecKey('P-256'),
    'P-384': () => ecKey('P-384'),
    'RSA with 2048 bits': () => rsaKey(2048),
    'RSA with 1024 bits, which Chromium takes': () => rsaKey(1024),
  };

  it.each(Object.entries(TAKEN))(
    'that Chromium takes needs one handshake: %s',
    async (_, makeKey) => {
      const { port, seen } = await tlsServer(
        OK,
        leafOf(makeKey(), rsaCa.key),
        ANY_KEY,
      );
      const facts = await ask(port, { caPem: rsaCa.pem });
      expect(facts).toMatchObject({
        tls: {
          verified: true,
          protocol: 'TLSv1.3',
          cipher: expect.stringMatching(/^TLS_/),
          group: expect.stringMatching(/^X25519/),
        },
        http: { status: 200 },
      });
      expect(facts.tls?.refused).toBeUndefined();
      expect(seen.tried).toBe(1);
    },
  );

  const REFUSED: Record<
    string,
    { key: () => DerKey; is: object; options?: TlsOptions }
  > = {
    Ed25519: { key: ed25519Key, is: { algorithm: 'Ed25519' } },
    Ed448: { key: ed448Key, is: { algorithm: 'Ed448' } },
    'P-521': {
      key: () => ecKey('P-521'),
      is: { algorithm: 'EC', curve: 'P-521' },
    },
    'for RSASSA-PSS alone': {
      key: () => rsaPssKey(2048),
      is: { algorithm: 'RSA-PSS', bits: 2048 },
    },
    'on a brainpool curve': {
      key: () => ecKey('brainpoolP256r1'),
      is: { algorithm: 'EC', curve: 'brainpoolP256r1' },
    },
    // TLS 1.3 has no signature for it (RFC 8446, section 4.2.3).
    'on the curve secp256k1': {
      key: () => ecKey('secp256k1'),
      options: { maxVersion: 'TLSv1.2', ecdhCurve: 'X25519:secp256k1' },
      is: { algorithm: 'EC', curve: 'secp256k1' },
    },
  };

  it.each(Object.entries(REFUSED))(
    'that Chromium refuses is told, with what is served: %s',
    async (_, { key, is, options }) => {
      const { port, seen } = await tlsServer(
        OK,
        leafOf(key(), rsaCa.key),
        options,
      );
      const facts = await ask(port, { caPem: rsaCa.pem });
      expect(facts).toMatchObject({
        tls: {
          verified: true,
          refused: {
            offer: 'chromium',
            code: expect.stringMatching(TLS_ALERT),
          },
          leaf: { key: is, subject: 'CN=leaf' },
        },
        http: { status: 200 },
      });
      expect(facts.failure).toBeUndefined();
      expect(seen.tried).toBe(2);
      expect(seen.connections).toBe(1);
    },
  );

  const CAS: Record<string, { key: () => DerKey; signature: string }> = {
    Ed25519: { key: ed25519Key, signature: 'Ed25519' },
    Ed448: { key: ed448Key, signature: 'Ed448' },
    // Node 24 ends the process where it makes an object of such a CA.
    secp256k1: { key: () => ecKey('secp256k1'), signature: 'ECDSA-SHA256' },
  };

  it.each(Object.entries(CAS))(
    'is verified against a CA whose own key browsers refuse, in one handshake: %s',
    async (_, { key, signature }) => {
      const ca = caOf(key());
      const leaf = leafOf(ecKey('P-256'), ca.key);
      const { port, seen } = await tlsServer(OK, {
        ...leaf,
        cert: `${leaf.cert}${ca.pem}`,
      });
      const { tls } = await ask(port, { caPem: ca.pem });
      expect(tls).toMatchObject({
        verified: true,
        leaf: { signatureAlgorithm: signature },
      });
      expect(tls?.refused).toBeUndefined();
      expect(seen.tried).toBe(1);
    },
  );
});

describe('a server that speaks only', () => {
  const SERVERS: Record<string, { options: TlsOptions; is: object }> = {
    'TLS 1.1': {
      options: {
        minVersion: 'TLSv1',
        maxVersion: 'TLSv1.1',
        ciphers: 'ALL:@SECLEVEL=0',
      },
      is: { protocol: 'TLSv1.1' },
    },
    'a cipher that browsers do not know': {
      options: {
        maxVersion: 'TLSv1.2',
        ciphers: 'ECDHE-RSA-AES128-SHA256',
      },
      is: { protocol: 'TLSv1.2', cipher: 'ECDHE-RSA-AES128-SHA256' },
    },
    'the group P-521': {
      options: { ecdhCurve: 'P-521' },
      is: { protocol: 'TLSv1.3', group: 'P-521' },
    },
    'the group X448': {
      options: { ecdhCurve: 'X448' },
      is: { protocol: 'TLSv1.3', group: 'X448' },
    },
  };

  it.each(Object.entries(SERVERS))(
    '%s is told to refuse what Chromium offers',
    async (_, { options, is }) => {
      const { port, seen } = await tlsServer(
        OK,
        leafOf(rsaKey(2048), rsaCa.key),
        options,
      );
      const facts = await ask(port, { caPem: rsaCa.pem });
      expect(facts).toMatchObject({
        tls: {
          ...is,
          verified: true,
          refused: { code: expect.stringMatching(TLS_ALERT) },
        },
        http: { status: 200 },
      });
      expect(seen.tried).toBe(2);
    },
  );
});

describe('a second handshake is not made', () => {
  /** A server that does this with each connection, and how many there were. */
  async function serverThat(does: (socket: Socket) => void) {
    const seen = { tried: 0 };
    const port = await listen(
      createTcpServer(socket => {
        seen.tried += 1;
        does(socket);
      }),
    );
    return { port, seen };
  }

  /** A record of TLS with an alert (RFC 8446, section 6). */
  const alert = (description: number) =>
    Buffer.from([21, 3, 3, 0, 2, 2, description]);

  const CASES: Record<string, (socket: Socket) => void> = {
    'where the connection ends without a word': socket => socket.destroy(),
    'where TLS is not spoken': socket =>
      socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'),
    'where the server does not know the name': socket => socket.end(alert(112)),
  };

  it.each(Object.entries(CASES))('%s', async (_, does) => {
    const { port, seen } = await serverThat(does);
    await expect(ask(port)).resolves.toMatchObject({
      failure: { stage: 'tls' },
    });
    expect(seen.tried).toBe(1);
  });

  it('a third time where nothing helps: what the first saw is told', async () => {
    const { port, seen } = await serverThat(socket => socket.end(alert(40)));
    const facts = await ask(port);
    expect(facts).toMatchObject({
      failure: { stage: 'tls', code: expect.stringMatching(TLS_ALERT) },
    });
    expect(facts.tls).toBeUndefined();
    expect(seen.tried).toBe(2);
  });

  it('where the time is over', async () => {
    const over = new AbortController();
    const { port, seen } = await serverThat(socket =>
      socket.once('data', () => over.abort()),
    );
    await expect(ask(port, { signal: over.signal })).resolves.toMatchObject({
      failure: { stage: 'tls', code: 'ETIMEDOUT' },
    });
    expect(seen.tried).toBe(1);
  });
});

describe('what is offered', () => {
  it('as Chromium is all that OpenSSL takes of its row, and no more', () => {
    const { sigalgs, minVersion, ciphers } = offerOptions('chromium');
    expect(sigalgs?.split(':')).not.toContain('ed25519');
    expect(sigalgs?.split(':')).not.toContain('ecdsa_secp521r1_sha512');
    expect(minVersion).toBe('TLSv1.2');
    expect(ciphers?.split(':')).not.toContain('DHE-RSA-AES128-GCM-SHA256');
    expect(() => trusting(rsaCa.pem, 'chromium')).not.toThrow();
  });

  it('is kept for each CA and offer', () => {
    expect(trusting(rsaCa.pem, 'chromium')).toBe(
      trusting(rsaCa.pem, 'chromium'),
    );
    expect(trusting(rsaCa.pem, 'openssl')).not.toBe(
      trusting(rsaCa.pem, 'chromium'),
    );
  });
});

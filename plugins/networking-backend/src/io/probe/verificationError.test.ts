import { createServer, type Server, type TLSSocket } from 'node:tls';
import type { AddressInfo } from 'node:net';
import {
  makeCertificate,
  type TestCertificate,
} from '../../__testUtils__/certificates';
import { nameConstraints } from '../../__testUtils__/nameConstraints';
import {
  alternativeNames,
  commonName,
  derCertificate,
  ecKey,
  extension,
  pemOf,
  rsaKey,
  sequence,
  time,
  tlv,
  type DerKey,
} from '../../__testUtils__/der';
import { parseCertificates, verify } from '../certificates';
import { dial } from './dial';

const HOST = 'shop.example.org';
const open: { server: Server; sockets: Set<TLSSocket> }[] = [];

afterEach(async () => {
  for (const { server, sockets } of open.splice(0)) {
    for (const socket of sockets) socket.destroy();
    await new Promise(resolve => server.close(resolve));
  }
});

interface Chain {
  leaf: TestCertificate;
  between?: TestCertificate[];
  root: TestCertificate;
}

/** What a handshake with a server of this chain says, to a client that trusts its root. */
async function seen({ leaf, between = [], root }: Chain) {
  const server = createServer({
    cert: [leaf, ...between].map(({ cert }) => cert).join(''),
    key: leaf.key,
    // A server that does not mind what it serves.
    ciphers: 'DEFAULT@SECLEVEL=0',
  });
  const sockets = new Set<TLSSocket>();
  open.push({ server, sockets });
  server.on('secureConnection', socket => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.end('HTTP/1.1 204 No Content\r\n\r\n');
  });
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  const { tls } = await dial(
    { address: '127.0.0.1', port },
    { host: HOST, path: '/', publicPort: 443, caPem: root.cert },
    AbortSignal.timeout(10_000),
  );
  return tls;
}

/** What is said of the same chain without any handshake. */
function judged({ leaf, between = [], root }: Chain) {
  const parse = ({ cert }: TestCertificate) => parseCertificates(cert)[0];
  return verify({
    leaf: parse(leaf),
    intermediates: between.map(parse),
    trusted: [parse(root)],
    now: new Date(),
  }).error;
}

const leafOf = (
  issuer: TestCertificate,
  more: Partial<Parameters<typeof makeCertificate>[0]> = {},
) => makeCertificate({ name: 'x', dnsNames: [HOST], issuer, ...more });

const caOf = (more: Partial<Parameters<typeof makeCertificate>[0]> = {}) =>
  makeCertificate({ name: 'ca', isCa: true, ...more });

const limited = async (limits: Parameters<typeof nameConstraints>[0]) => {
  const root = await caOf({ extensions: [nameConstraints(limits)] });
  return { root, leaf: await leafOf(root) };
};

const CLIENT_AUTH = '1.3.6.1.5.5.7.3.2';
const UNKNOWN = {
  id: '1.2.3.4.5',
  critical: true,
  value: tlv(0x04, Buffer.from('x')),
};

const CASES: Record<string, [make: () => Promise<Chain>, code: string]> = {
  'a name that the CA is not permitted to sign': [
    () => limited({ permitted: ['dns:example.com'] }),
    'PERMITTED_VIOLATION',
  ],
  'a name that the CA is forbidden to sign': [
    () => limited({ excluded: ['dns:example.org'] }),
    'EXCLUDED_VIOLATION',
  ],
  'subtrees with a minimum': [
    () => limited({ permitted: ['dns:example.org'], minimum: 1 }),
    'SUBTREE_MINMAX',
  ],
  'a critical extension that nobody knows': [
    async () => {
      const root = await caOf();
      return { root, leaf: await leafOf(root, { extensions: [UNKNOWN] }) };
    },
    'UNHANDLED_CRITICAL_EXTENSION',
  ],
  'a critical extension of a CA that nobody knows': [
    async () => {
      const root = await caOf({ extensions: [UNKNOWN] });
      return { root, leaf: await leafOf(root) };
    },
    'UNHANDLED_CRITICAL_EXTENSION',
  ],
  'a CA with more CAs below it than it may have': [
    async () => {
      const root = await caOf({ pathLength: 0 });
      const between = await caOf({ name: 'between', issuer: root });
      return { root, between: [between], leaf: await leafOf(between) };
    },
    'PATH_LENGTH_EXCEEDED',
  ],
  'a certificate for clients': [
    async () => {
      const root = await caOf();
      return { root, leaf: await leafOf(root, { usages: [CLIENT_AUTH] }) };
    },
    'INVALID_PURPOSE',
  ],
  'a CA for clients': [
    async () => {
      const root = await caOf();
      const between = await caOf({
        name: 'between',
        issuer: root,
        usages: [CLIENT_AUTH],
      });
      return { root, between: [between], leaf: await leafOf(between) };
    },
    'INVALID_PURPOSE',
  ],
};

describe('a handshake and the certificates say the same of', () => {
  it.each(Object.entries(CASES))('%s', async (_, [make, code]) => {
    const chain = await make();
    await expect(seen(chain)).resolves.toMatchObject({
      verified: false,
      verificationError: code,
    });
    expect(judged(chain)).toBe(code);
  });
});

const algorithmOf = (name: string) => {
  const { algorithm, hash } = ecKey('prime256v1', name);
  return { algorithm, hash };
};

/** Signed with keys and hashes that no library signs with any more. */
function weak(options: { leafKey?: DerKey; hash?: string }): Chain {
  const rootKey = ecKey('prime256v1');
  const caKey = ecKey('prime256v1');
  const { leafKey = ecKey('prime256v1'), hash } = options;
  const constraints = extension(
    '2.5.29.19',
    sequence(tlv(0x01, Buffer.from([0xff]))),
    true,
  );
  const dates = {
    notBefore: time(new Date(Date.now() - 86_400_000)),
    notAfter: time(new Date(Date.now() + 86_400_000)),
  };
  const made = (der: Buffer, { privateKey }: DerKey): TestCertificate => ({
    cert: pemOf(der),
    key: String(privateKey.export({ type: 'pkcs8', format: 'pem' })),
    keys: {} as CryptoKeyPair,
    name: '',
  });
  const root = derCertificate({
    key: rootKey,
    subject: commonName('root'),
    extensions: [constraints],
    ...dates,
  });
  const signer = hash ? { ...rootKey, ...algorithmOf(hash) } : rootKey;
  const between = derCertificate({
    key: caKey,
    signer,
    subject: commonName('between'),
    issuer: commonName('root'),
    extensions: [constraints],
    ...dates,
  });
  const leaf = derCertificate({
    key: leafKey,
    signer: caKey,
    subject: commonName('leaf'),
    issuer: commonName('between'),
    extensions: [alternativeNames(['dns', HOST])],
    ...dates,
  });
  return {
    root: made(root, rootKey),
    between: [made(between, caKey)],
    leaf: made(leaf, leafKey),
  };
}

describe('a handshake leaves to the table of clients', () => {
  it.each<[string, () => Chain]>([
    ['a key that is too short', () => weak({ leafKey: rsaKey(1024) })],
    ['a CA that is signed over a weak hash', () => weak({ hash: 'SHA-1' })],
  ])('%s', async (_, make) => {
    expect(await seen(make())).toMatchObject({ verified: true });
  });
});

describe('a handshake alone tells of', () => {
  it('a signer that is no CA, in one way or another', async () => {
    const root = await caOf();
    const between = await makeCertificate({ name: 'between', issuer: root });
    const chain = { root, between: [between], leaf: await leafOf(between) };
    const tls = await seen(chain);
    expect(['INVALID_CA', 'INVALID_PURPOSE']).toContain(tls?.verificationError);
    expect(judged(chain)).toBe('INVALID_CA');
  });

  it('a leaf without what signed it', async () => {
    const root = await caOf();
    const between = await caOf({ name: 'between', issuer: root });
    const chain = { root, leaf: await leafOf(between) };
    const tls = await seen(chain);
    expect([
      'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
      'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
    ]).toContain(tls?.verificationError);
    expect(judged(chain)).toBe('UNABLE_TO_VERIFY_LEAF_SIGNATURE');
  });

  it('what Node has no name for, in the words of OpenSSL', async () => {
    const tls = await seen(await limited({ permitted: ['dns:example.com'] }));
    expect(tls?.verificationMessage).toBe('permitted subtree violation');
  });
});

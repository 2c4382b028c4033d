import { createPublicKey, X509Certificate } from 'node:crypto';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readStat } from '../processes/procfs';
import { openState, statePaths } from './state';

/** Self-signed and worth nothing: its private key was never kept. */
const TEN_YEAR_CERTIFICATE = `-----BEGIN CERTIFICATE-----
MIIBeTCCAR+gAwIBAgIUHKRuJrH5y7htQoqRxPsMoVl8b8swCgYIKoZIzj0EAwIw
EjEQMA4GA1UEAwwHZXhhbXBsZTAeFw0yNjExMjMxNTQ5MzFaFw0zNjExMjAxNTQ5
MzFaMBIxEDAOBgNVBAMMB2V4YW1wbGUwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNC
AAQX0j7g0Xlms3SrRuG8vF/H6sbcxgCUrXpp2iKud3/81qJmziRGPqTYc0bZSGZ8
0qhPIS1bcJFPWZzp+vwjUFhNo1MwUTAdBgNVHQ4EFgQUvY1LnLu99Xpbn8d4WSG7
s+bkO/swHwYDVR0jBBgwFoAUvY1LnLu99Xpbn8d4WSG7s+bkO/swDwYDVR0TAQH/
BAUwAwEB/zAKBggqhkjOPQQDAgNIADBFAiEA4DuAPfaP6/GuzAgq+7q9Qxzzk1Un
rum+PA8D+cgMMB4CIAHSunH7+XnwkR3468Lms6XRJqrVNcg8S+fkBivvv6Rj
-----END CERTIFICATE-----
`;

describe('openState', () => {
  let dir: string;
  beforeEach(async () => {
    dir = join(await mkdtemp(join(tmpdir(), 'state-')), 'platform');
  });
  afterEach(() => rm(join(dir, '..'), { recursive: true }));

  it('keeps tokens and keys from run to run', async () => {
    const first = await openState(dir);
    const key = await readFile(first.paths.serviceAccountKey, 'utf8');
    await first.release();
    const second = await openState(dir);
    expect(second.tokens).toEqual(first.tokens);
    expect(await readFile(second.paths.serviceAccountKey, 'utf8')).toBe(key);
    expect(new Set(Object.values(second.tokens)).size).toBe(4);
  });

  it('gives the API server a key pair that belongs together', async () => {
    const { paths } = await openState(dir);
    const derived = createPublicKey(
      await readFile(paths.serviceAccountKey),
    ).export({ type: 'spki', format: 'pem' });
    expect(await readFile(paths.serviceAccountPublicKey, 'utf8')).toBe(derived);
  });

  it('lets no other user read the folder, tokens and keys', async () => {
    const { paths } = await openState(dir);
    const mode = async (file: string) => (await stat(file)).mode % 0o1000;
    expect(await mode(dir)).toBe(0o700);
    expect(await mode(paths.tokenFile)).toBe(0o600);
    expect(await mode(paths.serviceAccountKey)).toBe(0o600);
  });

  it('refuses a folder on which another platform runs', async () => {
    await (await openState(dir)).release();
    const parent = process.ppid;
    await writeFile(
      join(dir, 'lock'),
      `${parent} ${readStat(parent)!.startTime}\n`,
    );
    await expect(openState(dir)).rejects.toThrow(
      `A local platform already runs on ${dir} (process ${parent}): stop it first.`,
    );
  });

  it('takes over the lock of a process that is gone, even where its id has been given again', async () => {
    await openState(dir);
    await writeFile(join(dir, 'lock'), `${process.ppid} 1\n`);
    await expect(openState(dir)).resolves.toBeDefined();
  });

  it('keeps a certificate that is good and drops one that is about to end', async () => {
    const { paths } = await openState(dir);
    const pem = TEN_YEAR_CERTIFICATE;
    await writeFile(paths.apiServerCa, pem);
    jest.useFakeTimers({
      now: Date.parse(new X509Certificate(pem).validTo) - 31 * 86_400_000,
      doNotFake: ['nextTick', 'setImmediate'],
    });
    try {
      await openState(dir);
      expect(await readFile(paths.apiServerCa, 'utf8')).toBe(pem);
      jest.setSystemTime(
        Date.parse(new X509Certificate(pem).validTo) - 29 * 86_400_000,
      );
      await openState(dir);
      await expect(stat(paths.apiServerCa)).rejects.toMatchObject({
        code: 'ENOENT',
      });
    } finally {
      jest.useRealTimers();
    }
  });

  it('says in one sentence that the folder cannot be used', async () => {
    await writeFile(dir, 'a file');
    await expect(openState(join(dir, 'below'))).rejects.toThrow(
      /^The state folder .* cannot be used \(ENOTDIR\): make it a folder that this user can write\.$/,
    );
  });
});

it('puts sockets where their path fits into a socket address', () => {
  const short = statePaths('/state').etcdSocket;
  expect(short).toBe('/state/etcd/client.sock');
  const deep = `/${'deep/'.repeat(30)}state`;
  const { etcdSocket } = statePaths(deep);
  expect(etcdSocket.length).toBeLessThan(108);
  expect(etcdSocket).not.toBe(statePaths(`${deep}2`).etcdSocket);
});

import { createServer } from 'node:net';
import type { AddressInfo, Server } from 'node:net';
import { freePort, listeningInodes, requireFreePorts } from './ports';

const TABLE = `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0100007F:76EB 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 111 1 0 100 0 0 10 0
   1: 0100007F:76EB 0100007F:9C40 01 00000000:00000000 00:00000000 00000000     0        0 222 1 0 20 4 30 10 -1
   2: 00000000:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 333 1 0 100 0 0 10 0
`;

describe('listeningInodes', () => {
  it('finds the listener of a port, and no connection on it', () => {
    expect(listeningInodes(TABLE, 30443)).toEqual(['111']);
    expect(listeningInodes(TABLE, 8080)).toEqual(['333']);
    expect(listeningInodes(TABLE, 80)).toEqual([]);
  });
});

describe('requireFreePorts', () => {
  let server: Server;
  let port: number;
  beforeEach(async () => {
    server = createServer();
    await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
    port = (server.address() as AddressInfo).port;
  });
  afterEach(() => server.close());

  const wanted = () => ({ host: '127.0.0.1', port, use: 'the listener' });

  it('names the port, its use, the program that holds it and both remedies', async () => {
    await expect(
      requireFreePorts([{ ...wanted(), otherwise: 'set https_port' }]),
    ).rejects.toThrow(
      new RegExp(
        `^Port ${port}, which is for the listener, is in use by .+ \\(process ${process.pid}\\): stop it, or set https_port\\.$`,
      ),
    );
  });
  it('passes when the port is free again', async () => {
    await new Promise(done => server.close(done));
    await expect(requireFreePorts([wanted()])).resolves.toBeUndefined();
  });
  it('says which address cannot be had', async () => {
    await expect(
      requireFreePorts([{ host: '192.0.2.1', port: 0, use: 'the listener' }]),
    ).rejects.toThrow(/192\.0\.2\.1:0.*EADDRNOTAVAIL/);
  });
});

it('finds a port that is free, and that no connection is given by itself', async () => {
  const port = await freePort();
  expect(port).toBeGreaterThanOrEqual(20_000);
  expect(port).toBeLessThan(30_000);
  await expect(
    requireFreePorts([{ host: '127.0.0.1', port, use: 'anything' }]),
  ).resolves.toBeUndefined();
});

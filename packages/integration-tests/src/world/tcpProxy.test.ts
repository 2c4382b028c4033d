import { once } from 'node:events';
import {
  connect,
  createServer,
  type AddressInfo,
  type Server,
  type Socket,
} from 'node:net';
import { startTcpProxy, type TcpProxy } from './tcpProxy';

describe('a TCP proxy', () => {
  let server: Server;
  let proxy: TcpProxy;
  let client: Socket;
  const first: string[] = [];

  beforeEach(async () => {
    first.length = 0;
    // The proxy resets what is open when it closes.
    server = createServer(socket =>
      socket
        .on('error', () => {})
        .on('data', data => socket.write(`${data} heard`)),
    ).listen(0, '127.0.0.1');
    await once(server, 'listening');
    proxy = await startTcpProxy(
      { host: '127.0.0.1', port: (server.address() as AddressInfo).port },
      {
        onFirstBytes(bytes) {
          first.push(String(bytes));
          return String(bytes) !== 'reset me';
        },
      },
    );
    client = connect(proxy.port, '127.0.0.1').on('error', () => {});
    await once(client, 'connect');
  });
  afterEach(async () => {
    client.destroy();
    await proxy.close();
    await new Promise(done => server.close(done));
  });

  const heard = async () => String((await once(client, 'data'))[0]);

  it('passes on, and tells what a client says first', async () => {
    client.write('one');
    expect(await heard()).toBe('one heard');
    client.write('two');
    expect(await heard()).toBe('two heard');
    expect(first).toEqual(['one']);
  });

  it('resets whom it is told to', async () => {
    const closed = new Promise(done => client.once('close', done));
    client.write('reset me');
    await closed;
    expect(first).toEqual(['reset me']);
  });

  it('keeps what is said while it holds, and passes it on afterwards', async () => {
    proxy.hold();
    const late = connect(proxy.port, '127.0.0.1');
    await once(late, 'connect');
    const answers: string[] = [];
    client.on('data', data => answers.push(`open: ${data}`));
    late.on('data', data => answers.push(`late: ${data}`));
    const seen = new Promise<void>(resolve => {
      late.on('data', () => answers.length === 2 && resolve());
      client.on('data', () => answers.length === 2 && resolve());
    });
    client.write('one');
    late.write('two');
    // Another connection's whole way there and back, past the held ones.
    const direct = connect((server.address() as AddressInfo).port, '127.0.0.1');
    direct.write('past');
    await once(direct, 'data');
    expect(answers).toEqual([]);
    proxy.heal();
    await seen;
    expect(answers.sort()).toEqual(['late: two heard', 'open: one heard']);
    direct.destroy();
    late.destroy();
  });

  it('closes while it holds', async () => {
    proxy.hold();
    const closed = new Promise(done => client.once('close', done));
    client.write('one');
    await proxy.close();
    await closed;
    expect(proxy.connections()).toBe(0);
  });
});

import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { connect } from 'node:tls';
import { serverNameOf } from './handshakes';

/** What a client of Node says first. */
async function firstBytes(servername?: string): Promise<Buffer> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const client = connect({
    host: '127.0.0.1',
    port: (server.address() as AddressInfo).port,
    ...(servername && { servername }),
  }).on('error', () => {});
  const [socket] = await once(server, 'connection');
  const [bytes] = await once(socket, 'data');
  client.destroy();
  socket.destroy();
  await new Promise(done => server.close(done));
  return bytes;
}

describe('the server name of a handshake', () => {
  it('is the one that the client asks for', async () => {
    expect(serverNameOf(await firstBytes('shop.example.com'))).toBe(
      'shop.example.com',
    );
  });

  it('is none where the client names none, or speaks something else', async () => {
    expect(serverNameOf(await firstBytes())).toBeUndefined();
    expect(
      serverNameOf(Buffer.from('GET / HTTP/1.1\r\nhost: a\r\n\r\n')),
    ).toBeUndefined();
  });
});

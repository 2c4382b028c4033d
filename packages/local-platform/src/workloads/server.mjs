/**
 * A demo service: `server.mjs <text> <port> <address>...` answers `GET /` with the text on every address. Other paths
 * say which they are, so that rewrites and matches can be seen; `/status/<code>` answers that code.
 */
import { createServer } from 'node:http';

const [text, port, ...addresses] = process.argv.slice(2);

function answer(request, response) {
  const { pathname } = new URL(request.url, 'http://service');
  const status = /^\/status\/([2-5]\d\d)$/.exec(pathname);
  response.writeHead(status ? Number(status[1]) : 200, {
    'content-type': 'text/plain; charset=utf-8',
    'cache-control': 'no-store',
  });
  response.end(pathname === '/' ? `${text}\n` : `${text} at ${pathname}\n`);
}

for (const host of addresses) {
  createServer(answer)
    .on('error', error => {
      process.stderr.write(`${error.message}\n`);
      process.exit(1);
    })
    .listen({ host, port: Number(port) });
}

process.once('SIGTERM', () => process.exit(0));

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { test } from 'node:test';

import { gatewayPorts, holderOf, isFree, requireFreePorts } from './ports.mjs';

async function withListener(work) {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    return await work(server.address().port);
  } finally {
    server.close();
    await once(server, 'close');
  }
}

test('a port that someone listens on is named with its program and a second way out', () =>
  withListener(async port => {
    assert.equal(await isFree(port), false);
    await assert.rejects(
      requireFreePorts([{ port, use: 'Backstage', remedy: 'choose another' }]),
      {
        name: 'Failure',
        message: `Port ${port} of 127.0.0.1, which is for Backstage, is in use by node (process ${process.pid}).`,
        remedy: 'Stop that program, or choose another.',
      },
    );
  }));

test('a port is free once nobody listens on it', async () => {
  const port = await withListener(async taken => taken);
  assert.equal(await isFree(port), true);
  assert.equal(holderOf(port), undefined);
  await requireFreePorts([{ port, use: 'Backstage' }]);
});

test("the gateway's ports are read from config.toml, with the platform's defaults", () => {
  assert.deepEqual(gatewayPorts(''), { http: 30080, https: 30443 });
  assert.deepEqual(
    gatewayPorts('[gateway]\n http_port = 31080\nhttps_port=31443\n'),
    { http: 31080, https: 31443 },
  );
  assert.deepEqual(
    gatewayPorts('# https_port = 1\npublic_https_port = 443\n'),
    {
      http: 30080,
      https: 30443,
    },
  );
});

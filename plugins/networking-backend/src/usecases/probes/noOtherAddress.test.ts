import { createSocket, type Socket as UdpSocket } from 'node:dgram';
import http from 'node:http';
import { decode, encode } from 'dns-packet';
import { recordConnections } from '../../__testUtils__/connections';
import { expectNowhereElse, useGateway } from './__testUtils__/gateway';

const METADATA = '169.254.169.254';

const gateway = useGateway();

describe('settings', () => {
  const REFUSED = [
    'localhost',
    'localhost:443',
    'gateway.example:443',
    '2130706433',
    '0x7f000001',
    '127.1',
    '0177.0.0.1',
    '127.0.0.1:0',
    '127.0.0.1:65536',
    '127.0.0.1:443@169.254.169.254',
    'user@127.0.0.1:443',
    'http://127.0.0.1:443',
    '127.0.0.1/24',
    '127.0.0.1 169.254.169.254',
    '[::1',
    '::1]:443',
    '[127.0.0.1]:443',
    '[::1]x:443',
    'fe80::1%eth0',
    '[fe80::1%25eth0]:443',
    '127.0.0.1\n169.254.169.254',
  ];

  it.each(REFUSED)(
    'take no address that is a name, a form of one or more than one: %j',
    address => {
      expect(() => gateway.settings({ probe: { address } })).toThrow(
        /probe\.address/,
      );
    },
  );

  it.each(REFUSED)(
    'with %j, if they ever held it, have nothing dialled',
    async address => {
      const settings = structuredClone(gateway.settings());
      settings.probe.address = address;
      const { route: made, cluster } = gateway.world();
      await gateway.probeAll(made, cluster(settings));
      expect(gateway.connections.opened).toEqual([]);
      expect(gateway.connections.lookedUp).toEqual([]);
    },
  );

  it('with an IPv6 form of an IPv4 address have that dialled, and nothing of the route', async () => {
    const { port } = gateway;
    const { route: made, cluster } = gateway.world();
    await gateway.probeAll(
      made,
      cluster(
        gateway.settings({ probe: { address: `[::ffff:127.0.0.1]:${port}` } }),
      ),
    );
    expect(gateway.connections.opened).toEqual([`::ffff:127.0.0.1:${port}`]);
    expect(gateway.connections.lookedUp).toEqual([]);
  });

  it('of "none" have nothing dialled', async () => {
    const { route: made, cluster } = gateway.world();
    await gateway.probeAll(
      made,
      cluster(gateway.settings({ probe: { address: 'none' } })),
    );
    expect(gateway.connections.opened).toEqual([]);
  });
});

describe('no proxy and no resolver', () => {
  const PROXY_VARIABLES = ['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY'].flatMap(
    name => [name, name.toLowerCase()],
  );

  it('of the environment is used', async () => {
    const before = { ...process.env };
    const { globalAgent } = http;
    for (const name of PROXY_VARIABLES) {
      process.env[name] = `http://${METADATA}:3128`;
    }
    process.env.NODE_USE_ENV_PROXY = '1';
    // What Node itself makes of those variables where it heeds them.
    http.globalAgent = new http.Agent({
      proxyEnv: process.env,
    } as http.AgentOptions);
    try {
      const { route: made, cluster } = gateway.world();
      await gateway.probeAll(made, cluster());
      expect(gateway.connections.opened).toEqual([gateway.address]);
      expectNowhereElse(gateway);
    } finally {
      http.globalAgent = globalAgent;
      for (const name of [...PROXY_VARIABLES, 'NODE_USE_ENV_PROXY']) {
        if (before[name] === undefined) delete process.env[name];
        else process.env[name] = before[name];
      }
    }
  });

  it('turns the probe: what DNS answers, and answers otherwise the next time, is compared and told', async () => {
    gateway.connections.stop();
    let count = 0;
    const resolver: UdpSocket = createSocket('udp4');
    resolver.on('message', (message, from) => {
      const { id, questions = [] } = decode(message);
      const [{ name, type }] = questions;
      count += 1;
      const data = count % 2 === 0 ? METADATA : '10.0.0.5';
      resolver.send(
        encode({
          type: 'response',
          id,
          questions,
          answers: type === 'A' ? [{ name, type: 'A', ttl: 0, data }] : [],
        }),
        from.port,
        from.address,
      );
    });
    await new Promise<void>(done =>
      resolver.bind(0, '127.0.0.1', () => done()),
    );
    const { port } = resolver.address();
    const spied = recordConnections();
    // The resolver of this test has to answer.
    jest.spyOn(Object.getPrototypeOf(resolver), 'send').mockRestore();
    gateway.connections = spied;
    try {
      const { route: made, cluster } = gateway.world();
      const settings = gateway.settings({
        probe: { resolver: `127.0.0.1:${port}` },
      });
      const probes = await gateway.probeAll(made, cluster(settings));
      expect(probes).toMatchObject([
        {
          address: '127.0.0.1',
          dns: { state: 'other', expected: '127.0.0.1' },
        },
      ]);
      expectNowhereElse(gateway, 1);
    } finally {
      await new Promise<void>(done => resolver.close(() => done()));
    }
  });
});

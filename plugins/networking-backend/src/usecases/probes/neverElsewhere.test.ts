import { createSocket, type Socket as UdpSocket } from 'node:dgram';
import http from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { createServer, type Server } from 'node:tls';
import { TestDatabases } from '@backstage/backend-test-utils';
import {
  createSnapshot,
  resolveSettings,
  type Gateway,
  type HttpRoute,
  type KubernetesObject,
} from 'backstage-plugin-networking-common';
import { decode, encode } from 'dns-packet';
import { makeCertificate } from '../../__testUtils__/certificates';
import {
  recordConnections,
  type Connections,
} from '../../__testUtils__/connections';
import { accepted, clusterObjects, route } from '../../__testUtils__/world';
import { connectDatabase, createProbeStore } from '../../io/database';
import { createProber, type Prober } from '../../io/probe';
import { probeTargetsOf } from '../exposures/probeTargets';
import type { ReadCluster, Services } from '../services';

/** Whose answers would be worth having to whoever can turn the probe there. */
const METADATA = '169.254.169.254';

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });

let prober: Prober;
let server: Server;
let gateway: string;
let connections: Connections;
let answer: string;
let requests: string[];
let names: (string | false)[];
const sockets = new Set<Socket>();

beforeAll(async () => {
  const certificate = await makeCertificate({ name: 'gateway' });
  server = createServer(
    { cert: certificate.cert, key: certificate.key },
    socket => {
      sockets.add(socket);
      names.push((socket as { servername?: string | false }).servername ?? '');
      socket.on('error', () => {});
      socket.on('data', data => {
        requests.push(data.toString('latin1'));
        socket.end(answer);
      });
    },
  );
  server.on('tlsClientError', () => {});
  await new Promise<void>(done => server.listen(0, '127.0.0.1', () => done()));
  gateway = `127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(async () => {
  sockets.forEach(socket => socket.destroy());
  await new Promise(done => server.close(done));
});

const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n';

beforeEach(async () => {
  answer = OK;
  requests = [];
  names = [];
  const client = await databases.init('SQLITE_3');
  const database = await connectDatabase({ getClient: async () => client });
  prober = createProber({
    store: createProbeStore({ database, replica: 'one' }),
  });
  connections = recordConnections();
});

afterEach(() => connections.stop());

const settingsOf = (appConfig: Record<string, object> = {}) =>
  resolveSettings({
    clusters: ['local'],
    appConfig: {
      gateway: {
        controller: 'traefik.io/gateway-controller',
        class: 'local-traefik',
      },
      ...appConfig,
      network: { lanIp: '127.0.0.1', ...appConfig.network },
      probe: { address: gateway, ...appConfig.probe },
    },
  }).byCluster.local;

const find = (objects: KubernetesObject[], kind: string) =>
  objects.find(object => object.kind === kind)!;

/** A route whose listener takes every host. */
function world(
  change: (made: HttpRoute, objects: KubernetesObject[]) => void = () => {},
): {
  cluster: (settings?: ReturnType<typeof settingsOf>) => ReadCluster;
  route: HttpRoute;
} {
  const objects = structuredClone(clusterObjects());
  const made = accepted(route('shop'));
  made.metadata.uid = 'uid-of-shop';
  const { spec } = find(objects, 'Gateway') as Gateway;
  for (const listener of spec!.listeners!) delete listener.hostname;
  change(made, objects);
  return {
    route: made,
    cluster: (settings = settingsOf()) =>
      ({
        settings,
        snapshot: createSnapshot({
          cluster: 'local',
          observedAt: '2026-01-01T00:00:00Z',
          objects: [...objects, made],
        }),
        state: { cluster: 'local', reachable: true, findings: [] },
      } as ReadCluster),
  };
}

/** Has all hosts of a route asked, by each of the ways in which they are. */
async function probeAll(
  made: HttpRoute,
  cluster: ReadCluster,
): Promise<unknown[]> {
  const targets = probeTargetsOf(
    {
      certificates: { lookup: () => () => [], material: () => undefined },
    } as Pick<Services, 'certificates'>,
    cluster,
    made,
  );
  const { settings } = cluster;
  const { probes } = await prober.check(targets, { settings });
  await prober.latest(targets, { settings });
  for (const target of targets) await prober.sweep(target, { settings });
  return probes;
}

/** Only ever the address in settings, and no name was resolved to get there. */
function expectNowhereElse(count?: number) {
  expect(new Set(connections.opened)).toEqual(
    new Set(connections.opened.length > 0 ? [gateway] : []),
  );
  expect(connections.lookedUp).toEqual([]);
  expect(connections.sent).toEqual([]);
  if (count !== undefined) expect(connections.opened).toHaveLength(count);
}

describe('the probe dials the address in settings and none else', () => {
  const HOSTS = [
    // Names that public DNS services read as other addresses.
    '10-0-0-5.nip.io',
    '169-254-169-254.sslip.io',
    'app.10.0.0.5.nip.io',
    '7f000001.nip.io',
    'localhost',
    'localtest.me',
    'metadata.google.internal',
    'kubernetes.default.svc.cluster.local',
    // Addresses, in the forms that resolvers and parsers take.
    '127.0.0.1',
    METADATA,
    '2130706433',
    '0x7f000001',
    '0x7f.1',
    '0177.0.0.1',
    '127.1',
    '0',
    '::1',
    '[::1]',
    '[::ffff:127.0.0.1]',
    'fe80::1%eth0',
    // What URLs and requests read as another host.
    'shop.example@169.254.169.254',
    'user:password@shop.example',
    'shop.example:22',
    'shop.example/..//169.254.169.254',
    'shop.example#@169.254.169.254',
    'shop.example?x=1',
    'shop.example\\@169.254.169.254',
    'shop.example\r\nHost: 169.254.169.254',
    'shop.example\n\nGET / HTTP/1.1',
    'shop.example\u0000.169.254.169.254',
    'shop.example%00.example',
    'shop.example%0d%0aX:1',
    'shop。example',
    'ⓢhop.example',
    '１２７.0.0.1',
    ' 127.0.0.1',
    'unix:/var/run/docker.sock',
    'file:///etc/passwd',
    `${'a'.repeat(64)}.example`,
    `${'a.'.repeat(130)}example`,
    '..',
    '',
  ];

  it.each(HOSTS)('for a route with host %j', async host => {
    const { route: made, cluster } = world(one => {
      one.spec!.hostnames = [host];
    });
    await probeAll(made, cluster());
    expectNowhereElse();
    // What was sent is one request for a name, whatever is in it.
    for (const text of requests) {
      expect(text.match(/^host:/gim)).toHaveLength(1);
      expect(text.split('\r\n\r\n')).toHaveLength(2);
      expect(text).toMatch(/^host: [a-z0-9.-]+(:\d+)?\r$/m);
    }
  });

  it.each(HOSTS)(
    'even for a target with host %j that no route gave',
    async host => {
      const { cluster } = world();
      const { settings } = cluster();
      const target = {
        host,
        path: '/',
        route: { uid: 'uid', generation: 1 },
      };
      await prober.check([target], { settings });
      expectNowhereElse(1);
      for (const text of requests) {
        expect(text.match(/^host:/gim)).toHaveLength(1);
        expect(text.split('\r\n\r\n')).toHaveLength(2);
      }
    },
  );

  const PATHS = [
    '//169.254.169.254/',
    '/\\169.254.169.254',
    '/@169.254.169.254/',
    '/../../',
    '/?url=http://169.254.169.254/',
    `http://${METADATA}/latest`,
    `https://${METADATA}`,
    `${METADATA}:80`,
    '*',
    '/ HTTP/1.1\r\nHost: 169.254.169.254\r\n\r\nGET /',
    '/\u0000',
    '/\u{1F600}',
  ];

  it.each(PATHS)('for a route with path %j', async value => {
    const { route: made, cluster } = world(one => {
      one.spec!.rules![0].matches = [{ path: { type: 'PathPrefix', value } }];
    });
    await probeAll(made, cluster());
    expectNowhereElse();
    for (const text of requests) {
      expect(text).toMatch(/^GET \/[^ \r\n]* HTTP\/1\.1\r\n/);
      expect(text.match(/^host:/gim)).toHaveLength(1);
    }
  });

  const WORLDS: Record<
    string,
    (made: HttpRoute, objects: KubernetesObject[]) => void
  > = {
    'whose Gateway says another address': (_, objects) => {
      (find(objects, 'Gateway') as Gateway).status!.addresses = [
        { type: 'IPAddress', value: METADATA },
        { type: 'Hostname', value: 'metadata.google.internal' },
      ];
    },
    'whose Gateway asks for another address': (_, objects) => {
      Object.assign(find(objects, 'Gateway') as object, {
        spec: {
          ...(find(objects, 'Gateway') as Gateway).spec,
          addresses: [{ type: 'IPAddress', value: METADATA }],
        },
      });
    },
    'whose Service has external addresses and a load balancer': (
      _,
      objects,
    ) => {
      const service = find(objects, 'Service') as KubernetesObject & {
        spec: object;
        status?: object;
      };
      service.spec = {
        ...service.spec,
        type: 'LoadBalancer',
        externalIPs: [METADATA],
        loadBalancerIP: METADATA,
        clusterIP: METADATA,
      };
      service.status = { loadBalancer: { ingress: [{ ip: METADATA }] } };
    },
    'whose Service is another name': (_, objects) => {
      const service = find(objects, 'Service') as KubernetesObject & {
        spec: object;
      };
      service.spec = { type: 'ExternalName', externalName: 'localhost' };
    },
    'whose endpoints are elsewhere': (_, objects) => {
      Object.assign(find(objects, 'EndpointSlice'), {
        endpoints: [{ addresses: [METADATA], conditions: { ready: true } }],
      });
    },
    'that rewrites host and path': one => {
      Object.assign(one.spec!.rules![0], {
        filters: [
          {
            type: 'URLRewrite',
            urlRewrite: {
              hostname: METADATA,
              path: { type: 'ReplaceFullPath', replaceFullPath: '/latest' },
            },
          },
        ],
      });
    },
    'that redirects and mirrors': one => {
      Object.assign(one.spec!.rules![0], {
        filters: [
          {
            type: 'RequestRedirect',
            requestRedirect: {
              scheme: 'http',
              hostname: METADATA,
              port: 80,
              statusCode: 302,
            },
          },
          {
            type: 'RequestMirror',
            requestMirror: { backendRef: { name: METADATA, port: 80 } },
          },
        ],
      });
    },
    'that names ports in its hosts and parents': one => {
      one.spec!.hostnames = ['shop.example', 'shop.example:22'];
      Object.assign(one.spec!.parentRefs![0], { port: 22 });
    },
    'whose listener has another port': (_, objects) => {
      for (const listener of (find(objects, 'Gateway') as Gateway).spec!
        .listeners!) {
        if (listener.name === 'https') listener.port = 22;
      }
    },
    'whose annotations name a host, an address and a port': one => {
      one.metadata.annotations = {
        'external-dns.alpha.kubernetes.io/target': METADATA,
        'external-dns.alpha.kubernetes.io/hostname': METADATA,
        'idp.networking/entity-ref': `component:default/${METADATA}`,
      };
    },
    'whose status names another controller’s address': one => {
      Object.assign(one.status!.parents![0], {
        addresses: [{ value: METADATA }],
      });
    },
  };

  it.each(Object.entries(WORLDS))('for a route %s', async (_, change) => {
    const { route: made, cluster } = world(change);
    await probeAll(made, cluster());
    expectNowhereElse();
    expect(requests.join('')).not.toContain(METADATA);
  });

  const ANSWERS: Record<string, string> = {
    'a redirect to another host': `HTTP/1.1 302 Found\r\nLocation: http://${METADATA}/\r\nContent-Length: 0\r\n\r\n`,
    'a redirect to a path of the same host':
      'HTTP/1.1 307 Temporary Redirect\r\nLocation: /internal\r\nContent-Length: 0\r\n\r\n',
    'a redirect without scheme': `HTTP/1.1 301 Moved\r\nLocation: //${METADATA}/\r\nContent-Length: 0\r\n\r\n`,
    'a lasting redirect with a body': `HTTP/1.1 308 X\r\nLocation: https://${METADATA}/\r\nContent-Length: 2\r\n\r\nhi`,
    'a refresh': `HTTP/1.1 200 OK\r\nRefresh: 0; url=http://${METADATA}/\r\nContent-Length: 0\r\n\r\n`,
    'an alternative service': `HTTP/1.1 200 OK\r\nAlt-Svc: h2="${METADATA}:443"; ma=86400\r\nContent-Length: 0\r\n\r\n`,
    'a misdirected request with an alternative': `HTTP/1.1 421 X\r\nAlt-Svc: h3=":22"\r\nContent-Length: 0\r\n\r\n`,
    'an upgrade to another protocol':
      'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n',
    'a proxy to use': `HTTP/1.1 305 Use Proxy\r\nLocation: http://${METADATA}:3128/\r\nContent-Length: 0\r\n\r\n`,
    'a demand to sign in at a proxy':
      'HTTP/1.1 407 X\r\nProxy-Authenticate: Basic\r\nContent-Length: 0\r\n\r\n',
    'links to load early': `HTTP/1.1 103 Early Hints\r\nLink: <http://${METADATA}/>; rel=preload\r\n\r\n${OK}`,
    'a page that loads another': `HTTP/1.1 503 X\r\nContent-Type: text/html\r\nContent-Length: 60\r\n\r\n<meta http-equiv=refresh content="0;url=http://${METADATA}/">`,
  };

  it.each(Object.entries(ANSWERS))(
    'whatever answers it: %s',
    async (_, text) => {
      answer = text;
      const { route: made, cluster } = world();
      await probeAll(made, cluster());
      expectNowhereElse(1);
      expect(requests).toHaveLength(1);
    },
  );
});

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
      expect(() => settingsOf({ probe: { address } })).toThrow(
        /probe\.address/,
      );
    },
  );

  it.each(REFUSED)(
    'with %j, if they ever held it, have nothing dialled',
    async address => {
      const settings = structuredClone(settingsOf());
      settings.probe.address = address;
      const { route: made, cluster } = world();
      await probeAll(made, cluster(settings));
      expect(connections.opened).toEqual([]);
      expect(connections.lookedUp).toEqual([]);
    },
  );

  it('with an IPv6 form of an IPv4 address have that dialled, and nothing of the route', async () => {
    const { port } = server.address() as AddressInfo;
    const { route: made, cluster } = world();
    await probeAll(
      made,
      cluster(settingsOf({ probe: { address: `[::ffff:127.0.0.1]:${port}` } })),
    );
    expect(connections.opened).toEqual([`::ffff:127.0.0.1:${port}`]);
    expect(connections.lookedUp).toEqual([]);
  });

  it('of "none" have nothing dialled', async () => {
    const { route: made, cluster } = world();
    await probeAll(made, cluster(settingsOf({ probe: { address: 'none' } })));
    expect(connections.opened).toEqual([]);
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
      const { route: made, cluster } = world();
      await probeAll(made, cluster());
      expectNowhereElse(1);
    } finally {
      http.globalAgent = globalAgent;
      for (const name of [...PROXY_VARIABLES, 'NODE_USE_ENV_PROXY']) {
        if (before[name] === undefined) delete process.env[name];
        else process.env[name] = before[name];
      }
    }
  });

  it('turns the probe: what DNS answers, and answers otherwise the next time, is compared and told', async () => {
    connections.stop();
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
    connections = spied;
    try {
      const { route: made, cluster } = world();
      const settings = settingsOf({
        probe: { resolver: `127.0.0.1:${port}` },
      });
      const probes = await probeAll(made, cluster(settings));
      expect(probes).toMatchObject([
        {
          address: '127.0.0.1',
          dns: { state: 'other', expected: '127.0.0.1' },
        },
      ]);
      expectNowhereElse(1);
    } finally {
      await new Promise<void>(done => resolver.close(() => done()));
    }
  });
});

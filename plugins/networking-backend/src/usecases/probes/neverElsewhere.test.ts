import type {
  Gateway,
  HttpRoute,
  KubernetesObject,
} from 'backstage-plugin-networking-common';
import {
  expectNowhereElse,
  findObject,
  OK,
  useGateway,
} from './__testUtils__/gateway';

/** Whose answers would be worth having to whoever can turn the probe there. */
const METADATA = '169.254.169.254';

const gateway = useGateway();

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
    const { route: made, cluster } = gateway.world(one => {
      one.spec!.hostnames = [host];
    });
    await gateway.probeAll(made, cluster());
    expectNowhereElse(gateway);
    // What was sent is one request for a name, whatever is in it.
    for (const text of gateway.requests) {
      expect(text.match(/^host:/gim)).toHaveLength(1);
      expect(text.split('\r\n\r\n')).toHaveLength(2);
      expect(text).toMatch(/^host: [a-z0-9.-]+(:\d+)?\r$/m);
    }
  });

  it.each(HOSTS)(
    'even for a target with host %j that no route gave',
    async host => {
      const { cluster } = gateway.world();
      const { settings } = cluster();
      const target = {
        host,
        path: '/',
        route: { uid: 'uid', generation: 1 },
      };
      await gateway.prober.check([target], { settings });
      expectNowhereElse(gateway, 1);
      for (const text of gateway.requests) {
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
    const { route: made, cluster } = gateway.world(one => {
      one.spec!.rules![0].matches = [{ path: { type: 'PathPrefix', value } }];
    });
    await gateway.probeAll(made, cluster());
    expectNowhereElse(gateway);
    for (const text of gateway.requests) {
      expect(text).toMatch(/^GET \/[^ \r\n]* HTTP\/1\.1\r\n/);
      expect(text.match(/^host:/gim)).toHaveLength(1);
    }
  });

  const WORLDS: Record<
    string,
    (made: HttpRoute, objects: KubernetesObject[]) => void
  > = {
    'whose Gateway says another address': (_, objects) => {
      (findObject(objects, 'Gateway') as Gateway).status!.addresses = [
        { type: 'IPAddress', value: METADATA },
        { type: 'Hostname', value: 'metadata.google.internal' },
      ];
    },
    'whose Gateway asks for another address': (_, objects) => {
      Object.assign(findObject(objects, 'Gateway') as object, {
        spec: {
          ...(findObject(objects, 'Gateway') as Gateway).spec,
          addresses: [{ type: 'IPAddress', value: METADATA }],
        },
      });
    },
    'whose Service has external addresses and a load balancer': (
      _,
      objects,
    ) => {
      const service = findObject(objects, 'Service') as KubernetesObject & {
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
      const service = findObject(objects, 'Service') as KubernetesObject & {
        spec: object;
      };
      service.spec = { type: 'ExternalName', externalName: 'localhost' };
    },
    'whose endpoints are elsewhere': (_, objects) => {
      Object.assign(findObject(objects, 'EndpointSlice'), {
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
      for (const listener of (findObject(objects, 'Gateway') as Gateway).spec!
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
    const { route: made, cluster } = gateway.world(change);
    await gateway.probeAll(made, cluster());
    expectNowhereElse(gateway);
    expect(gateway.requests.join('')).not.toContain(METADATA);
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
      gateway.answer = text;
      const { route: made, cluster } = gateway.world();
      await gateway.probeAll(made, cluster());
      expectNowhereElse(gateway, 1);
      expect(gateway.requests).toHaveLength(1);
    },
  );
});

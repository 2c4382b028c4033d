import {
  all,
  find,
  HOST,
  judge,
  onAnotherListener,
  type World,
} from './__testUtils__/world';
import type { ProbeFacts, VerdictWord } from './types';

const failing =
  (stage: 'connect' | 'tls' | 'http', code: string) => (world: World) => {
    delete world.probe!.http;
    if (stage !== 'http') delete world.probe!.tls;
    world.probe!.failure = { stage, code, message: 'raw words' };
  };

const answering = (status: number) => (world: World) => {
  world.probe!.http = { status };
};

const probing = (rest: Partial<ProbeFacts>) => (world: World) => {
  world.probe = { ...world.probe!, ...rest };
};

/** The URL shows 443, which a mapping outside the cluster is to lead to the node port. */
const mapped = (world: World) => {
  world.settings.network.publicHttpsPort = 443;
};

/** Of the Gateway and of each of its listeners. */
const gatewayConditions = (world: World) => {
  const { status } = find(world, 'Gateway', 'idp-gateway');
  return [
    ...status!.conditions!,
    ...status!.listeners!.flatMap(({ conditions }) => conditions!),
  ];
};

/** Served by the http listener alone. */
const inClear = (world: World) => {
  world.route.spec!.parentRefs![0].sectionName = 'http';
  world.route.status!.parents![0].parentRef!.sectionName = 'http';
};

it.each<[string, boolean]>([
  ['names the https listener where the Gateway has one', true],
  ['names none where the Gateway has none', false],
])('the remedy for a host in clear %s', (_, hasHttps) => {
  const { verdict } = judge(
    all(inClear, world => {
      if (hasHttps) return;
      const { spec } = find(world, 'Gateway', 'idp-gateway');
      spec!.listeners = spec!.listeners!.filter(
        ({ protocol }) => protocol !== 'HTTPS',
      );
    }),
  );
  const { finding } = verdict;
  expect(finding.reason).toBe('ProbeNotPossible');
  expect(finding.params).toMatchObject({
    why: 'noHttps',
    ...(hasHttps && { attach: 'https' }),
  });
  expect('attach' in finding.params!).toBe(hasHttps);
});

describe('verdict on a probe', () => {
  const cases: Record<
    string,
    {
      change: (world: World) => void;
      word: VerdictWord;
      reason: string;
      params?: object;
    }
  > = {
    'that was not made is Unknown': {
      change: world => {
        world.probe = undefined;
      },
      word: 'Unknown',
      reason: 'NotProbed',
      params: {
        host: 'shop.127-0-0-1.nip.io',
        url: 'https://shop.127-0-0-1.nip.io:30443',
        isAccepted: true,
      },
    },
    'that is not made on this cluster is Unknown': {
      change: world => {
        world.probe = undefined;
        world.settings.probe.address = 'none';
      },
      word: 'Unknown',
      reason: 'ProbeOff',
      params: {
        host: 'shop.127-0-0-1.nip.io',
        url: 'https://shop.127-0-0-1.nip.io:30443',
        isAccepted: true,
      },
    },
    'that is not made, as no address is known, is Unknown': {
      change: world => {
        world.probe = undefined;
        world.settings.network.lanIp = undefined;
      },
      word: 'Unknown',
      reason: 'ProbeAddressUnknown',
    },
    'that is made at the address that the settings name, without that of a LAN, is Unknown until it is made':
      {
        change: world => {
          world.probe = undefined;
          world.settings.network.lanIp = undefined;
          world.settings.probe.address = '192.0.2.1';
        },
        word: 'Unknown',
        reason: 'NotProbed',
      },
    'of a computed address at which the Gateway has not shown itself is Unknown, whatever was found there':
      {
        change: all(
          probing({
            notShown: { found: 'refused' },
            tls: undefined,
            http: undefined,
          }),
          failing('connect', 'ECONNREFUSED'),
        ),
        word: 'Unknown',
        reason: 'GatewayNotShown',
      },
    'of another program at a computed address is Unknown': {
      change: probing({
        notShown: { found: 'otherCertificate' },
        tls: undefined,
        http: undefined,
      }),
      word: 'Unknown',
      reason: 'GatewayNotShown',
    },
    'cannot be made of a host in clear, whatever is known of the address: Unknown':
      {
        change: all(inClear, world => {
          world.probe = undefined;
          world.settings.network.lanIp = undefined;
        }),
        word: 'Unknown',
        reason: 'ProbeNotPossible',
      },
    'cannot be made of a host in clear at a computed address either: Unknown': {
      change: all(
        inClear,
        probing({ notShown: { found: 'noTls' }, tls: undefined }),
      ),
      word: 'Unknown',
      reason: 'ProbeNotPossible',
    },
    'that was not made, of a gateway without an address, is no worse': {
      change: world => {
        world.probe = undefined;
        for (const one of gatewayConditions(world)) {
          if (one.type !== 'Programmed') continue;
          one.status = 'False';
          one.reason = 'AddressNotAssigned';
        }
      },
      word: 'Unknown',
      reason: 'NotProbed',
      params: {
        host: 'shop.127-0-0-1.nip.io',
        url: 'https://shop.127-0-0-1.nip.io:30443',
        isAccepted: true,
      },
    },
    'that was not made, of a route without references that resolve, claims no acceptance':
      {
        change: world => {
          world.probe = undefined;
          world.route.status!.parents![0].conditions!.pop();
        },
        word: 'Pending',
        reason: 'NoStatusYet',
      },
    'of an older generation is Unknown': {
      change: probing({ route: { uid: 'uid-shop', generation: 0 } }),
      word: 'Unknown',
      reason: 'ProbeOlder',
      params: {
        host: 'shop.127-0-0-1.nip.io',
        url: 'https://shop.127-0-0-1.nip.io:30443',
      },
    },
    'of a route of the same name that is gone is Unknown': {
      change: probing({ route: { uid: 'uid-gone', generation: 1 } }),
      word: 'Unknown',
      reason: 'ProbeOlder',
    },
    'of no route that is known is Unknown': {
      change: probing({ route: undefined }),
      word: 'Unknown',
      reason: 'ProbeOlder',
    },
    'that ended without an answer or a reason is Broken': {
      change: probing({ http: undefined }),
      word: 'Broken',
      reason: 'NoHttpAnswer',
    },
    'of a wildcard host cannot be made: Unknown': {
      change: world => {
        world.route.spec!.hostnames = ['*.127-0-0-1.nip.io'];
        delete world.route.metadata.annotations;
      },
      word: 'Unknown',
      reason: 'ProbeNotPossible',
      params: {
        host: '*.127-0-0-1.nip.io',
        isAccepted: true,
        why: 'wildcard',
        isHttps: true,
        gateway: {
          kind: 'Gateway',
          namespace: 'kube-system',
          name: 'idp-gateway',
        },
        listener: 'https',
        attach: 'https',
      },
    },
    'of a route that answers POST alone cannot be made: Unknown': {
      change: world => {
        world.route.spec!.rules![0].matches = [{ method: 'POST' }];
      },
      word: 'Unknown',
      reason: 'ProbeNotPossible',
    },
    'that is refused is Broken': {
      change: failing('connect', 'ECONNREFUSED'),
      word: 'Broken',
      reason: 'ProbeRefused',
      params: { place: '127.0.0.1:30443' },
    },
    'that times out is Broken': {
      change: failing('connect', 'ETIMEDOUT'),
      word: 'Broken',
      reason: 'ProbeTimedOut',
    },
    'that finds no way is Broken': {
      change: failing('connect', 'EHOSTUNREACH'),
      word: 'Broken',
      reason: 'ProbeUnreachable',
    },
    'that only the node port answered is Broken: the URL has another port': {
      change: all(mapped, probing({ port: 30443 })),
      word: 'Broken',
      reason: 'PublicPortNotReached',
      params: {
        host: 'shop.127-0-0-1.nip.io',
        url: 'https://shop.127-0-0-1.nip.io',
        address: '127.0.0.1',
        publicPort: 443,
        port: 30443,
      },
    },
    'that only the node port of a given address answered is Broken': {
      change: all(mapped, probing({ port: 30443 }), world => {
        world.settings.probe.address = '127.0.0.1';
      }),
      word: 'Broken',
      reason: 'PublicPortNotReached',
    },
    'that the port of the URL answered is Live': {
      change: all(mapped, probing({ port: 443 })),
      word: 'Live',
      reason: 'Answered',
    },
    'of an address whose port the settings give is Live': {
      change: all(mapped, probing({ port: 30443 }), world => {
        world.settings.probe.address = '127.0.0.1:30443';
      }),
      word: 'Live',
      reason: 'Answered',
    },
    'whose connection the node port ended is Broken for that': {
      change: all(
        mapped,
        probing({ port: 30443 }),
        failing('tls', 'ECONNRESET'),
      ),
      word: 'Broken',
      reason: 'TlsHandshakeFailed',
    },
    'of a host of another https listener is not made, and said so: Unknown': {
      change: onAnotherListener,
      word: 'Unknown',
      reason: 'ProbeNotPossible',
      params: {
        host: 'shop.127-0-0-1.nip.io',
        isAccepted: true,
        why: 'portUnknown',
        isHttps: true,
        gateway: {
          kind: 'Gateway',
          namespace: 'kube-system',
          name: 'idp-gateway',
        },
        listener: 'web',
        attach: 'https',
      },
    },
    'whose handshake fails is Broken': {
      change: failing('tls', 'ECONNRESET'),
      word: 'Broken',
      reason: 'TlsHandshakeFailed',
    },
    'whose handshake is refused by an alert is Broken, and not for a host that is not known':
      {
        change: all(
          failing('tls', 'ERR_SSL_SSL/TLS_ALERT_HANDSHAKE_FAILURE'),
          world => {
            world.settings.gateway.controller = 'io.cilium/gateway-controller';
          },
        ),
        word: 'Broken',
        reason: 'TlsHandshakeFailed',
        params: {
          host: 'shop.127-0-0-1.nip.io',
          place: '127.0.0.1:30443',
          isRefused: true,
        },
      },
    'whose answer never comes is Broken': {
      change: failing('http', 'ETIMEDOUT'),
      word: 'Broken',
      reason: 'ProbeTimedOut',
      params: {},
    },
    'whose connection ends before an answer is Broken': {
      change: failing('http', 'ECONNRESET'),
      word: 'Broken',
      reason: 'NoHttpAnswer',
    },
  };
  it.each(Object.entries(cases))(
    '%s',
    (_, { change, word, reason, params }) => {
      const { verdict } = judge(change);
      expect([verdict.word, verdict.finding.reason]).toEqual([word, reason]);
      expect(verdict.finding.params ?? {}).toMatchObject(params ?? {});
    },
  );

  it.each<[number, VerdictWord, string]>([
    [200, 'Live', 'Answered'],
    [204, 'Live', 'Answered'],
    [301, 'Live', 'Answered'],
    [304, 'Live', 'Answered'],
    [401, 'Live', 'Answered'],
    [405, 'Live', 'Answered'],
    [400, 'Degraded', 'AnswersClientError'],
    [429, 'Degraded', 'AnswersClientError'],
    [403, 'Degraded', 'AnswerAmbiguous'],
    [404, 'Degraded', 'AnswerAmbiguous'],
    [421, 'Degraded', 'AnswerAmbiguous'],
    [500, 'Broken', 'AnswersError'],
    [503, 'Broken', 'AnswersError'],
  ])('answered with %i is %s', (status, word, reason) => {
    const { verdict } = judge(answering(status));
    expect([verdict.word, verdict.finding.reason]).toEqual([word, reason]);
  });

  it('marks the address where only the node port answered, with the port of the URL', () => {
    const { way } = judge(all(mapped, probing({ port: 30443 }))).hosts[0];
    expect(way[1]).toMatchObject({
      kind: 'address',
      label: '127.0.0.1:443',
      state: 'failing',
    });
    expect(way[2].state).toBe('unknown');
  });

  it('says of 404 that it may be of either', () => {
    expect(judge(answering(404)).verdict.finding).toMatchObject({
      reason: 'AnswerAmbiguous',
      params: { path: '/', status: 404 },
    });
  });

  it('is not taken for the probe of another host', () => {
    const { verdict } = judge(world => {
      world.probe!.host = 'docs.127-0-0-1.nip.io';
    });
    expect([verdict.word, verdict.finding.reason]).toEqual([
      'Unknown',
      'NotProbed',
    ]);
  });

  it('keeps the error behind the sentence', () => {
    expect(
      judge(failing('connect', 'ECONNREFUSED')).verdict.finding.details,
    ).toEqual({
      at: '2026-11-23T11:59:48Z',
      code: 'ECONNREFUSED',
      message: 'raw words',
    });
    expect(judge().hosts[0].host).toBe(HOST);
  });
});

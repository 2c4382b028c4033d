import { createSocket, type Socket } from 'node:dgram';
import type { AddressInfo } from 'node:net';
import {
  decode,
  encode,
  type Answer,
  type Packet,
  type Question,
} from 'dns-packet';
import { resolveSettings } from 'backstage-plugin-networking-common';
import { expectedAddress, lookUp } from './lookUp';

const HOST = 'shop.example.org';
const EXPECTED = '192.0.2.1';

const sockets: Socket[] = [];

afterEach(async () => {
  await Promise.all(
    sockets
      .splice(0)
      .map(socket => new Promise<void>(done => socket.close(() => done()))),
  );
});

type Reply = (question: Question, query: Packet) => Buffer | undefined;

/** A DNS server on loopback, with what it was asked. */
async function serve(reply: Reply) {
  const asked: string[] = [];
  const socket = createSocket('udp4');
  sockets.push(socket);
  socket.on('message', (message, from) => {
    const query = decode(message);
    const [question] = query.questions!;
    asked.push(`${question.type} ${question.name}`);
    const answer = reply(question, query);
    if (answer) socket.send(answer, from.port, from.address);
  });
  await new Promise<void>(done => socket.bind(0, '127.0.0.1', () => done()));
  const { port } = socket.address() as AddressInfo;
  return { asked, resolver: `127.0.0.1:${port}` };
}

/** RCODEs of RFC 1035, section 4.1.1. */
const NOERROR = 0;
const SERVFAIL = 2;
const NXDOMAIN = 3;
const REFUSED = 5;

const respond = (
  { id, questions }: Packet,
  answers: Answer[],
  rcode = NOERROR,
): Buffer =>
  encode({
    type: 'response',
    id,
    // RD and RA: the resolver asks on.
    // eslint-disable-next-line no-bitwise
    flags: 0x0180 | rcode,
    questions,
    answers,
  });

/** Answers with these addresses. */
const holds =
  (addresses: { A?: string[]; AAAA?: string[] }): Reply =>
  ({ name, type }, query) =>
    respond(
      query,
      (addresses[type as 'A' | 'AAAA'] ?? []).map(data => ({
        name,
        type: type as 'A',
        ttl: 1,
        data,
      })),
    );

const CASES: Record<
  string,
  {
    reply: Reply;
    expected?: string;
    is: { state: string; addresses?: string[]; code?: string };
  }
> = {
  'to the gateway alone': {
    reply: holds({ A: [EXPECTED] }),
    is: { state: 'expected', addresses: [EXPECTED] },
  },
  'to a gateway with an IPv6 address, however that is written': {
    reply: holds({ AAAA: ['2001:db8:0:0::1'] }),
    expected: '2001:0db8::0001',
    is: { state: 'expected', addresses: ['2001:db8::1'] },
  },
  'to the gateway in the IPv6 form of an IPv4 address': {
    reply: holds({ AAAA: ['::ffff:192.0.2.1'] }),
    is: { state: 'expected', addresses: ['::ffff:192.0.2.1'] },
  },
  elsewhere: {
    reply: holds({ A: ['203.0.113.9'] }),
    is: { state: 'other', addresses: ['203.0.113.9'] },
  },
  'elsewhere too': {
    reply: holds({ A: [EXPECTED, '203.0.113.9'] }),
    is: { state: 'other', addresses: [EXPECTED, '203.0.113.9'] },
  },
  'elsewhere for those who have IPv6': {
    reply: holds({ A: [EXPECTED], AAAA: ['2001:db8::9'] }),
    is: { state: 'other', addresses: [EXPECTED, '2001:db8::9'] },
  },
  'by IPv6 alone, which is elsewhere': {
    reply: holds({ AAAA: ['2001:db8::9'] }),
    is: { state: 'other', addresses: ['2001:db8::9'] },
  },
  'to nothing, as a resolver that filters private addresses answers': {
    reply: holds({}),
    is: { state: 'empty', addresses: [], code: 'ENODATA' },
  },
  'to no such name': {
    reply: (_, query) => respond(query, [], NXDOMAIN),
    is: { state: 'empty', addresses: [], code: 'ENOTFOUND' },
  },
  'nobody knows where: the resolver refuses': {
    reply: (_, query) => respond(query, [], REFUSED),
    is: { state: 'failed', code: 'EREFUSED' },
  },
  'nobody knows where: the resolver fails': {
    reply: (_, query) => respond(query, [], SERVFAIL),
    is: { state: 'failed', code: 'ESERVFAIL' },
  },
  'nobody knows where: half of the answer is missing and the other half empty':
    {
      reply: ({ type }, query) =>
        respond(query, [], type === 'A' ? NOERROR : SERVFAIL),
      is: { state: 'failed', code: 'ESERVFAIL' },
    },
  'to the gateway, where only IPv6 is refused': {
    reply: (question, query) =>
      question.type === 'A'
        ? holds({ A: [EXPECTED] })(question, query)
        : respond(query, [], REFUSED),
    is: { state: 'expected', addresses: [EXPECTED] },
  },
  'to the gateway, behind an alias': {
    reply: ({ name, type }, query) =>
      respond(query, [
        { name, type: 'CNAME', ttl: 1, data: 'gateway.example.org' },
        ...(type === 'A'
          ? [
              {
                name: 'gateway.example.org',
                type: 'A' as const,
                ttl: 1,
                data: EXPECTED,
              },
            ]
          : []),
      ]),
    is: { state: 'expected', addresses: [EXPECTED] },
  },
};

describe('a host leads', () => {
  it.each(Object.entries(CASES))('%s', async (_, { reply, expected, is }) => {
    const { resolver, asked } = await serve(reply);
    const found = await lookUp(
      HOST,
      { resolver, expected: expected ?? EXPECTED },
      new AbortController().signal,
    );
    expect(found).toMatchObject({
      ...is,
      expected: expected ?? EXPECTED,
      resolver,
    });
    expect(new Set(asked)).toEqual(new Set([`A ${HOST}`, `AAAA ${HOST}`]));
  });

  it('to more addresses than anybody wants to read: the first eight', async () => {
    const all = Array.from({ length: 20 }, (_, index) => `203.0.113.${index}`);
    const { resolver } = await serve(holds({ A: all }));
    const found = await lookUp(
      HOST,
      { resolver, expected: EXPECTED },
      new AbortController().signal,
    );
    expect(found?.addresses).toHaveLength(8);
  });

  it('nobody knows where, as no answer comes in time', async () => {
    const stop = new AbortController();
    const { resolver, asked } = await serve(() => {
      stop.abort();
      return undefined;
    });
    await expect(
      lookUp(HOST, { resolver, expected: EXPECTED }, stop.signal),
    ).resolves.toMatchObject({ state: 'failed', code: 'ETIMEOUT' });
    expect(asked.length).toBeGreaterThan(0);
  });

  it('nobody knows where, as what comes is no answer', async () => {
    const stop = new AbortController();
    let count = 0;
    const { resolver } = await serve(() => {
      count += 1;
      if (count === 2) setImmediate(() => stop.abort());
      return Buffer.from('no DNS at all');
    });
    await expect(
      lookUp(HOST, { resolver, expected: EXPECTED }, stop.signal),
    ).resolves.toMatchObject({ state: 'failed', addresses: [] });
  });

  it('nobody knows where, as the settings name no resolver that could be asked', async () => {
    await expect(
      lookUp(
        HOST,
        { resolver: 'dns.example.org', expected: EXPECTED },
        new AbortController().signal,
      ),
    ).resolves.toMatchObject({ state: 'failed' });
  });

  it('nobody asks where, unless the settings say so and know the address', async () => {
    const { resolver, asked } = await serve(holds({ A: [EXPECTED] }));
    const { signal } = new AbortController();
    for (const options of [
      { resolver: 'off', expected: EXPECTED },
      { resolver, expected: undefined },
    ]) {
      await expect(lookUp(HOST, options, signal)).resolves.toBeUndefined();
    }
    expect(asked).toEqual([]);
  });
});

describe('the address that hosts are to lead to is', () => {
  const CONFIGS: Record<string, { config: object; is?: string }> = {
    'the LAN address': {
      config: {
        network: { lanIp: '192.0.2.1' },
        probe: { address: '192.0.2.9:30443' },
      },
      is: '192.0.2.1',
    },
    'that of the probe, without its port, where there is no other': {
      config: { probe: { address: '[2001:db8::1]:30443' } },
      is: '2001:db8::1',
    },
    'not known where nothing is dialled': {
      config: { probe: { address: 'none' } },
    },
  };

  it.each(Object.entries(CONFIGS))('%s', (_, { config, is }) => {
    const { byCluster } = resolveSettings({
      clusters: ['local'],
      appConfig: config,
    });
    expect(expectedAddress(byCluster.local)).toBe(is);
  });
});

import { createServer, type Server } from 'node:net';
import type { AddressInfo } from 'node:net';
import type {
  EntityExposures,
  HttpRoute,
  KubernetesObject,
} from 'backstage-plugin-networking-common';
import { startBackend, type TestBackend } from '../__testUtils__/backend';
import {
  startFakeApiServer,
  type FakeApiServer,
} from '../__testUtils__/fakeApiServer';
import {
  accepted,
  clusterObjects,
  route,
  SUFFIX,
  worldCertificates,
} from '../__testUtils__/world';

const SHOP = 'component:default/shop';
/** What the first answer of a tab may have, whatever the entity has. */
const MOST_BYTES = 200_000;

let server: FakeApiServer;
let gateway: Server;
/** Connections that were made to the gateway's address. */
let dialled = 0;
let backend: TestBackend;
let certificates: KubernetesObject[];

beforeAll(async () => {
  certificates = (await worldCertificates()).objects;
  server = await startFakeApiServer([]);
  gateway = createServer(socket => {
    dialled += 1;
    socket.destroy();
  });
  await new Promise<void>(resolve => gateway.listen(0, '127.0.0.1', resolve));
  const { port } = gateway.address() as AddressInfo;
  backend = await startBackend({
    server,
    networking: { probe: { address: `127.0.0.1:${port}` } },
  });
});
afterAll(async () => {
  await backend?.stop();
  gateway?.close();
  await server?.close();
});

const put = (...objects: KubernetesObject[]) =>
  server.reset(...clusterObjects(), ...certificates, ...objects);

/** One that sends requests to no Service that is there. */
const broken = (name: string) => route(name, { backend: 'gone' });

let worlds = 0;

/** @param world - part of their uids: of routes of another one nothing is known yet */
const numbered = (
  count: number,
  of: (name: string) => HttpRoute,
  world: string | number = (worlds += 1),
) =>
  Array.from({ length: count }, (_, index) => {
    const object = of(`s${String(index).padStart(3, '0')}`);
    object.metadata.labels = { 'backstage.io/kubernetes-id': 'shop' };
    object.metadata.uid = `${world}-${object.metadata.name}`;
    return accepted(object);
  });

const withHosts = (name: string, count: number): HttpRoute => {
  const object = route(name);
  object.spec!.hostnames = Array.from(
    { length: count },
    (_, index) => `${name}-${index}.${SUFFIX}`,
  );
  return object;
};

/** As long as Kubernetes lets names and hosts be. */
const longNamed = (name: string): HttpRoute => {
  const object = route(`${name}-${'n'.repeat(240)}`);
  object.spec!.hostnames = [
    `${name}-${'h'.repeat(50)}.${'long.'.repeat(30)}example.org`,
  ];
  return object;
};

const ofOtherKind = (name: string): KubernetesObject => ({
  ...route(name),
  kind: 'GRPCRoute',
});

async function read(query = ''): Promise<EntityExposures & { bytes: number }> {
  const { status, body, text } = await backend
    .as('user:default/sam')
    .get(`/v1/exposures?entityRef=${SHOP}${query}`);
  expect([status, body.error]).toEqual([200, undefined]);
  return { ...body, bytes: Buffer.byteLength(text) };
}

const names = ({ rows }: EntityExposures) => rows.map(({ name }) => name);

describe('the first answer is of bounded size and dials a bounded number of hosts', () => {
  const ENTITIES: Record<
    string,
    [KubernetesObject[], { total: number; whole: number; dialled: number }]
  > = {
    'of one URL, whole and probed': [
      numbered(1, route),
      { total: 1, whole: 1, dialled: 1 },
    ],
    'of eight URLs': [numbered(8, route), { total: 8, whole: 8, dialled: 8 }],
    'of nine': [numbered(9, route), { total: 9, whole: 0, dialled: 0 }],
    'of one route with eight hosts': [
      numbered(1, name => withHosts(name, 8)),
      { total: 1, whole: 1, dialled: 8 },
    ],
    'of one route with sixteen': [
      numbered(1, name => withHosts(name, 16)),
      { total: 1, whole: 0, dialled: 0 },
    ],
    'of 500 URLs': [numbered(500, route), { total: 500, whole: 0, dialled: 0 }],
    'of 500 URLs of the longest names': [
      numbered(500, longNamed),
      { total: 500, whole: 0, dialled: 0 },
    ],
    'of 512 URLs in 32 routes': [
      numbered(32, name => withHosts(name, 16)),
      { total: 32, whole: 0, dialled: 0 },
    ],
    'of 500 routes that are not judged': [
      numbered(500, name => ofOtherKind(name) as HttpRoute),
      { total: 0, whole: 0, dialled: 0 },
    ],
  };

  it.each(Object.entries(ENTITIES))('%s', async (_, [objects, expected]) => {
    put(...objects);
    dialled = 0;
    const answer = await read();
    expect({
      total: answer.totalItems,
      whole: answer.exposures.length,
      dialled,
    }).toEqual(expected);
    expect(answer.order).toHaveLength(expected.total);
    const most = await read('&limit=500');
    expect(most.rows).toHaveLength(Math.min(50, expected.total));
    expect(most.bytes).toBeLessThanOrEqual(MOST_BYTES);
    expect(answer.bytes).toBeLessThanOrEqual(MOST_BYTES);
  });
});

describe('of 500 URLs', () => {
  beforeAll(() => put(...numbered(500, route, 'paged')));

  it('the first 25 come, those in trouble first, with how many there are of each verdict', async () => {
    server.put(...numbered(500, broken, 'paged').slice(400, 402));
    const answer = await read();
    expect(answer.rows).toHaveLength(25);
    expect(names(answer).slice(0, 3)).toEqual(['s400', 's401', 's000']);
    expect(answer.verdicts).toEqual({ Broken: 2, Unknown: 498 });
    expect(answer.rows[0]).toMatchObject({
      host: `s400.${SUFFIX}`,
      url: `https://s400.${SUFFIX}`,
      hostCount: 1,
      verdict: { word: 'Broken', finding: { reason: 'ServiceMissing' } },
      tls: { word: 'Good' },
    });
    expect(answer.rows[0].verdict.finding.details).toBeUndefined();
    expect(answer.url).toBe(`https://s000.${SUFFIX}`);
  });

  it('each is on one page alone, though verdicts change between the pages', async () => {
    const { order } = await read();
    const seen: string[] = [];
    for (let start = 0; start < order.length; start += 50) {
      const page = order.slice(start, start + 50);
      server.put(
        ...numbered(500, broken, 'paged').slice(499 - start, 500 - start),
      );
      const answer = await read(`&id=${page.join('&id=')}`);
      expect(answer.rows.map(({ id }) => id)).toEqual(page);
      seen.push(...names(answer));
    }
    expect(new Set(seen).size).toBe(500);
  });

  it('a row that is read by its id tells what holds now', async () => {
    put(...numbered(500, route, 'paged'));
    const { rows } = await read();
    const [first] = rows;
    expect(first.verdict.word).toBe('Unknown');
    server.put(...numbered(1, broken, 'paged'));
    const again = await read(`&id=${first.id}`);
    expect(again.rows).toMatchObject([
      { id: first.id, name: 's000', verdict: { word: 'Broken' } },
    ]);
    server.remove('HTTPRoute', 'shop', 's000');
    const gone = await read(`&id=${first.id}&id=${rows[1].id}&id=unknown`);
    expect(names(gone)).toEqual(['s001']);
    expect(gone.totalItems).toBe(499);
  });

  it.each([
    ['&search=S12', 10, 's120'],
    ['&search=shop', 499, 's001'],
    ['&search=unknown', 499, 's001'],
    ['&search=nothing', 0, undefined],
    ['&search=', 499, 's001'],
    ['&limit=1', 499, 's001'],
  ])('%s finds %i', async (query, total, first) => {
    const answer = await read(query);
    expect([answer.totalItems, names(answer)[0]]).toEqual([total, first]);
    expect(answer.exposures).toEqual([]);
  });

  it('the whole of a row is read by its address, and that asks its host', async () => {
    dialled = 0;
    const { status, body } = await backend
      .as('user:default/sam')
      .get('/v1/exposures/local/shop/s007');
    expect([status, body.hosts[0].host]).toEqual([200, `s007.${SUFFIX}`]);
    expect(dialled).toBe(1);
  });

  it('no id leads to a route of another entity', async () => {
    const theirs = accepted(route('theirs', { namespace: 'payments' }));
    server.put(theirs);
    const { body } = await backend
      .as('user:default/pat')
      .get('/v1/exposures?entityRef=component:default/payments');
    const [{ id }] = body.rows;
    expect((await read(`&id=${id}`)).rows).toEqual([]);
  });

  it.each([
    ['no rows', 400, 'limit', '&limit=0'],
    ['too many rows', 400, 'limit', '&limit=501'],
    ['an empty id', 400, 'id', '&id='],
    ['an id that is none', 400, 'id', '&id=a%20b'],
    ['too many ids', 400, 'id', '&id=x'.repeat(51)],
    ['too long a search', 400, 'search', `&search=${'x'.repeat(254)}`],
    ['a cursor', 409, 'cursor', '&cursor=x'],
    ['a filter of the list', 409, 'verdict', '&verdict=Live'],
  ])(
    'a query with %s is answered %i, and %s is named',
    async (_, expected, field, query) => {
      const { status, body } = await backend
        .as('user:default/sam')
        .get(`/v1/exposures?entityRef=${SHOP}${query}`);
      expect([status, body.error.message]).toEqual([
        expected,
        expect.stringContaining(field),
      ]);
    },
  );
});

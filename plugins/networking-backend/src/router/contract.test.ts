import { gzipSync } from 'node:zlib';
import type request from 'supertest';
import { startBackend, type TestBackend } from '../__testUtils__/backend';
import {
  startFakeApiServer,
  type FakeApiServer,
} from '../__testUtils__/fakeApiServer';
import { clusterObjects } from '../__testUtils__/world';
import { readOpenApiDocument } from './openApiDocument';
import { OPERATIONS } from './operations';

let server: FakeApiServer;
let backend: TestBackend;

beforeAll(async () => {
  server = await startFakeApiServer();
  server.reset(...clusterObjects());
  backend = await startBackend({ server, policy: () => true });
});

afterAll(async () => {
  await backend.stop();
  await server.close();
});

const SHOP = 'component:default/shop';
const REQUEST = { entityRef: SHOP };
const JSON_TYPE = 'application/json';
const send = (method: string, path: string, body?: string | Buffer) =>
  backend.someone().send(method, path, body);
const plan = ({ body, headers }: Sent) =>
  send('POST', '/v1/plans', body).set({
    'Content-Type': JSON_TYPE,
    ...headers,
  });

/** Of every error: Backstage's shape, and kept by nobody but the caller's browser. */
function expectError(
  { status, headers, body }: request.Response,
  name: string,
) {
  expect(body).toMatchObject({
    error: { name, message: expect.stringMatching(/\S\.$/) },
    response: { statusCode: status },
  });
  expect(headers['cache-control']).toBe('private, no-cache');
}

it('has the operations of the contract, and no others', async () => {
  const { paths } = await readOpenApiDocument();
  const named = (items: object) =>
    Object.entries(items).map(([path, item]) => [
      path,
      ['get', 'post', 'delete', 'put', 'patch'].filter(
        method => method in item,
      ),
    ]);
  expect(named(OPERATIONS)).toEqual(expect.arrayContaining(named(paths!)));
  expect(Object.keys(OPERATIONS).sort()).toEqual(Object.keys(paths!).sort());
});

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'TRACE', 'OPTIONS'];
const PATHS: [path: string, methods: string[]][] = [
  ...Object.entries(OPERATIONS).map(
    ([path, operations]): [string, string[]] => [path, Object.keys(operations)],
  ),
  ['/openapi.json', ['get']],
];
const UNSUPPORTED = PATHS.flatMap(([path, methods]) =>
  METHODS.filter(method => !methods.includes(method.toLowerCase())).map(
    method => ({ method, path, methods }),
  ),
);

it.each(UNSUPPORTED)(
  '$method $path answers 405 with what is possible there',
  async ({ method, path, methods }) => {
    const answer = await send(method, path.replace(/\{\w+\}/g, 'shop'));
    expect(answer.status).toBe(405);
    expect(answer.headers.allow.split(', ')).toEqual(
      methods.flatMap(one =>
        one === 'get' ? ['GET', 'HEAD'] : one.toUpperCase(),
      ),
    );
    expectError(answer, 'MethodNotAllowedError');
  },
);

it.each([
  '/',
  '/v1',
  '/v1/nope',
  '/v2/exposures',
  '/v1/exposures/',
  '/v1/Exposures',
  '/v1/exposures/local',
  '/v1/exposures//shop/shop',
  '/v1/exposures/local/shop/shop/probe/again',
])('GET %s answers 404: there is no such path', async path => {
  const answer = await send('GET', path);
  expect(answer.status).toBe(404);
  expectError(answer, 'NotFoundError');
  expect(answer.body.error.message).toContain('/openapi.json');
});

it('a HEAD is answered as GET, without the body', async () => {
  for (const path of ['/v1/hosts', '/v1/platform', '/v1/settings']) {
    const { status, headers, text } = await send('HEAD', path);
    expect({ path, status, text }).toEqual({
      path,
      status: 200,
      text: undefined,
    });
    expect(Number(headers['content-length'])).toBeGreaterThan(0);
  }
  expect((await send('HEAD', '/v1/hosts?limit=0')).status).toBe(400);
});

const TEXT = JSON.stringify(REQUEST);
const PADDED = JSON.stringify({ ...REQUEST, padding: 'x'.repeat(40_000) });

interface Sent {
  body: string | Buffer;
  headers?: Record<string, string>;
}

const TAKEN_BODIES: Record<string, Sent> = {
  JSON: { body: TEXT },
  'JSON in UTF-8 that says so': {
    body: TEXT,
    headers: { 'Content-Type': 'Application/JSON; Charset="UTF-8"' },
  },
  'JSON with a parameter that means nothing': {
    body: TEXT,
    headers: { 'Content-Type': 'application/json; profile=x' },
  },
  'JSON in gzip': {
    body: gzipSync(TEXT),
    headers: { 'Content-Encoding': 'gzip' },
  },
};

const REFUSED_BODIES: Record<string, Sent & { status: number }> = {
  'text is not read': {
    body: TEXT,
    headers: { 'Content-Type': 'text/plain' },
    status: 415,
  },
  'a form is not read': {
    body: 'entityRef=x',
    headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
    status: 415,
  },
  'a type that JSON is only a part of is not read': {
    body: TEXT,
    headers: { 'Content-Type': 'application/merge-patch+json' },
    status: 415,
  },
  'a type that is none is not read': {
    body: TEXT,
    headers: { 'Content-Type': 'json' },
    status: 415,
  },
  'another charset is not read': {
    body: TEXT,
    headers: { 'Content-Type': 'application/json; charset=iso-8859-1' },
    status: 415,
  },
  'UTF-16 is not read': {
    body: Buffer.from(TEXT, 'utf16le'),
    headers: { 'Content-Type': 'application/json; charset=utf-16le' },
    status: 415,
  },
  'a compression that is not known is not read': {
    body: TEXT,
    headers: { 'Content-Encoding': 'br' },
    status: 415,
  },
  'bytes that are not UTF-8 are refused': {
    body: Buffer.concat([
      Buffer.from('{"entityRef":"component:default/'),
      Buffer.from([0xff]),
      Buffer.from('"}'),
    ]),
    status: 400,
  },
  'what is no JSON is refused': {
    body: '{"entityRef":',
    status: 400,
  },
  'what is no gzip is refused': {
    body: TEXT,
    headers: { 'Content-Encoding': 'gzip' },
    status: 400,
  },
  'JSON that is no object is refused': {
    body: 'null',
    status: 400,
  },
  'no body at all is refused': { body: '', status: 400 },
  'a key with a meaning to JavaScript is refused': {
    body: `{"entityRef":"${SHOP}","__proto__":{"hostLabel":"x"}}`,
    status: 400,
  },
  'more than 32 kB is too large': { body: PADDED, status: 413 },
  'more than 32 kB in gzip is too large': {
    body: gzipSync(PADDED),
    headers: { 'Content-Encoding': 'gzip' },
    status: 413,
  },
};

const ERRORS: Record<number, string> = {
  400: 'InputError',
  413: 'ContentTooLargeError',
  415: 'UnsupportedMediaTypeError',
};

describe('of bodies,', () => {
  it.each(Object.entries(TAKEN_BODIES))('%s is taken', async (_, sent) => {
    expect((await plan(sent)).status).toBe(200);
  });

  it.each(Object.entries(REFUSED_BODIES))(
    '%s',
    async (_, { status, ...sent }) => {
      const answer = await plan(sent);
      expect(answer.status).toBe(status);
      expectError(answer, ERRORS[status]);
      expect(JSON.stringify(answer.body)).not.toContain(SHOP);
    },
  );

  it('one for an operation that takes none is not read', async () => {
    const answer = await send('GET', '/v1/settings', '{').set(
      'Content-Type',
      JSON_TYPE,
    );
    expect(answer.status).toBe(200);
  });
});

/** Text as long as may be, of characters that are two UTF-16 units each. */
const LONG = '%F0%9F%98%80'.repeat(253);

const TAKEN_QUERIES: Record<string, string> = {
  'an empty search, which finds all': '/v1/hosts?search=',
  'an empty search of the list': '/v1/exposures?search=',
  'a plus for a space': '/v1/hosts?search=a+b',
  'a separator too many': '/v1/hosts?&limit=5&',
  'as many characters as may be, whatever encodes them': `/v1/hosts?search=${LONG}`,
};

const REFUSED_QUERIES: Record<string, { path: string; says: string }> = {
  'one character too many': {
    path: `/v1/hosts?search=${LONG}x`,
    says: 'Set search to text of at most 253 characters.',
  },
  'a value twice, where one is taken': {
    path: '/v1/hosts?limit=1&limit=2',
    says: 'Set limit only once.',
  },
  'one of a few values twice': {
    path: '/v1/exposures?verdict=Live&verdict=Live',
    says: 'Set verdict only once.',
  },
  'brackets in a name': {
    path: '/v1/hosts?search[a]=x',
    says: 'Leave out search[a]: this request takes cluster, namespace, verdict, owner, reason, search, sort, order, limit, cursor and nothing else.',
  },
  'brackets of a list': {
    path: '/v1/platform?cluster[]=local',
    says: 'Leave out cluster[]: this request takes cluster and nothing else.',
  },
  'a name with a meaning to JavaScript': {
    path: '/v1/platform?__proto__=x',
    says: 'Leave out __proto__: this request takes cluster and nothing else.',
  },
  'a parameter without a name': {
    path: '/v1/platform?=x',
    says: 'Leave out "": this request takes cluster and nothing else.',
  },
  'a parameter where none is taken': {
    path: '/v1/settings?verbose=1',
    says: 'Leave out verbose: this request takes no parameters.',
  },
  'bytes that are not UTF-8': {
    path: '/v1/hosts?search=%ff',
    says: 'Encode search and its value as UTF-8, percent-encoded.',
  },
  'a percent sign that encodes nothing': {
    path: '/v1/hosts?search=50%',
    says: 'Encode search and its value as UTF-8, percent-encoded.',
  },
  'bytes in the path that are not UTF-8': {
    path: '/v1/exposures/local/shop/%ff',
    says: 'Encode each part of the path as UTF-8, percent-encoded.',
  },
  'a name in the path that is too long': {
    path: `/v1/exposures/local/shop/${'x'.repeat(254)}`,
    says: 'Set name to text of at most 253 characters.',
  },
  'a line break in the path': {
    path: '/v1/exposures/local/shop/a%0Ab',
    says: 'Set name to one line of text, without control characters.',
  },
  'a number in another notation': {
    path: '/v1/hosts?limit=1e1',
    says: 'Set limit to a whole number.',
  },
  'a number in hexadecimal': {
    path: '/v1/hosts?limit=0x10',
    says: 'Set limit to a whole number.',
  },
  'a number with a fraction': {
    path: '/v1/exposures?limit=5.0',
    says: 'Set limit to a whole number.',
  },
  'a number with spaces': {
    path: '/v1/hosts?limit=+5',
    says: 'Set limit to a whole number.',
  },
  'an empty number': {
    path: '/v1/hosts?limit=',
    says: 'Set limit to a whole number.',
  },
  'a number that is too small': {
    path: '/v1/hosts?limit=0',
    says: 'Set limit to at least 1.',
  },
  'an empty name': {
    path: '/v1/exposures?cluster=',
    says: 'Set cluster to text that is not empty.',
  },
  'an entity without its kind': {
    path: '/v1/services?entityRef=shop',
    says: 'Set entityRef to a full entity ref, kind:namespace/name, such as component:default/shop.',
  },
  'a cursor of other characters': {
    path: '/v1/hosts?cursor=a.b',
    says: 'Set cursor to a nextCursor that this API gave.',
  },
};

describe('of parameters,', () => {
  it.each(Object.entries(TAKEN_QUERIES))('%s is taken', async (_, path) => {
    expect((await send('GET', path)).status).toBe(200);
  });

  it.each(Object.entries(REFUSED_QUERIES))(
    '%s is refused, and named',
    async (_, { path, says }) => {
      const answer = await send('GET', path);
      expect(answer.status).toBe(400);
      expectError(answer, 'InputError');
      expect(answer.body.error.message).toBe(
        `The request is not valid. ${says}`,
      );
    },
  );
});

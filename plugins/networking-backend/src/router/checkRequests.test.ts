import { startBackend, type TestBackend } from '../__testUtils__/backend';
import {
  startFakeApiServer,
  type FakeApiServer,
} from '../__testUtils__/fakeApiServer';
import { clusterObjects } from '../__testUtils__/world';

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
const ROUTE = '/v1/exposures/local/shop/shop';

interface Case {
  get?: string;
  post?: [path: string, body: unknown];
  delete?: string;
  says: string;
}

const CASES: Record<string, Case> = {
  'a key of the list that is not known, with those that are': {
    get: '/v1/exposures?nope=1',
    says: 'Leave out nope: this request takes entityRef, cluster, namespace, verdict, search, id, limit, cursor and nothing else.',
  },
  'a value that is none of a few, with the few': {
    get: '/v1/exposures?verdict=Fine',
    says: 'Set verdict to one of Live, Pending, Degraded, Broken, Unknown.',
  },
  'one of several values': {
    get: '/v1/hosts?verdict=Live&verdict=Fine',
    says: 'Set verdict to one of Live, Pending, Degraded, Broken, Unknown.',
  },
  'too many values': {
    get: `/v1/hosts?${Array(51).fill('verdict=Live').join('&')}`,
    says: 'Set verdict to at most 50 values.',
  },
  'a number that is none': {
    get: '/v1/hosts?limit=many',
    says: 'Set limit to a whole number.',
  },
  'a number that is too large': {
    get: '/v1/hosts?limit=501',
    says: 'Set limit to at most 500.',
  },
  'an empty value': {
    get: '/v1/hosts?owner=',
    says: 'Set owner to text that is not empty.',
  },
  'a text that is too long': {
    get: `/v1/hosts?search=${'x'.repeat(254)}`,
    says: 'Set search to text of at most 253 characters.',
  },
  'a key of the platform that is not known': {
    get: '/v1/platform?namespace=shop',
    says: 'Leave out namespace: this request takes cluster and nothing else.',
  },
  'what Services are asked for': {
    get: '/v1/services',
    says: 'Set entityRef to text.',
  },
  'a key of a body that is not known': {
    post: ['/v1/plans', { entityRef: SHOP, host: 'shop' }],
    says: 'Leave out host: this request takes entityRef, cluster, namespace, service, hostLabel, takeOwnership, intent, uid, replace and nothing else.',
  },
  'a key within a body': {
    post: ['/v1/plans', { entityRef: SHOP, service: { host: 'x', port: 1 } }],
    says: 'Leave out service.host: service takes name, port and nothing else.',
  },
  'several things at once, each': {
    post: [
      '/v1/exposures',
      { service: { port: 70_000 }, takeOwnership: 'yes' },
    ],
    says: 'Set entityRef to text. Set service.port to at most 65535. Set takeOwnership to true or false.',
  },
  'a digest that is none': {
    post: ['/v1/exposures', { entityRef: SHOP, digest: '?' }],
    says: 'Set digest to the digest of a plan.',
  },
  'a body that is a list': {
    post: ['/v1/plans', []],
    says: 'Send an object as JSON.',
  },
  'what shows which certificate is meant': {
    post: ['/v1/certificates/local/shop/shop/renewal', {}],
    says: 'Set uid to text.',
  },
  'what shows which route is meant': {
    delete: ROUTE,
    says: 'Set uid to text.',
  },
};

const NAMED = Object.entries(CASES);

describe('a request that is not valid names, with its remedy,', () => {
  const send = ({ get, post, delete: path }: Case) => {
    const me = backend.someone();
    if (get) return me.get(get);
    return post ? me.post(post[0], post[1] as object) : me.delete(path!);
  };

  it.each(NAMED)('%s', async (_, request) => {
    const { status, body } = await send(request);
    expect(status).toBe(400);
    expect(body.error.message).toBe(
      `The request is not valid. ${request.says}`,
    );
  });
});

it('as many values as may be are taken', async () => {
  const query = Array(50).fill('verdict=Live').join('&');
  const { status } = await backend.someone().get(`/v1/hosts?${query}`);
  expect(status).toBe(200);
});

it('what excludes one another is answered 409, naming it', async () => {
  const me = backend.someone();
  const path = `/v1/exposures?entityRef=${SHOP}`;
  const { status, body } = await me.get(
    `${path}&limit=5&cursor=x&verdict=Live`,
  );
  expect(status).toBe(409);
  expect(body.error.message).toContain('Leave out verdict, cursor');
  expect((await me.get(`${path}&search=`)).status).toBe(200);
  const ofNobody = await me.get('/v1/exposures?id=x');
  expect(ofNobody.status).toBe(409);
  expect(ofNobody.body.error.message).toContain('Add entityRef');
});

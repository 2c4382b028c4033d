import type {
  EntityExposures,
  ExposuresPage,
  HostsPage,
  HttpRoute,
} from 'backstage-plugin-networking-common';
import { startBackend, type TestBackend } from '../__testUtils__/backend';
import {
  startFakeApiServer,
  type FakeApiServer,
} from '../__testUtils__/fakeApiServer';
import { allExcept, type Policy } from '../__testUtils__/permissions';
import { accepted, clusterObjects, route } from '../__testUtils__/world';

const SHOP = 'component:default/shop';
const PAYMENTS = 'component:default/payments';
const HOST = 'shop.127-0-0-1.nip.io';

let server: FakeApiServer;
let backend: TestBackend;
let policy: Policy;

beforeAll(async () => {
  server = await startFakeApiServer();
  backend = await startBackend({ server, policy: check => policy(check) });
});

afterAll(async () => {
  await backend.stop();
  await server.close();
});

const created = (object: HttpRoute, creationTimestamp: string): HttpRoute =>
  accepted({ ...object, metadata: { ...object.metadata, creationTimestamp } });

const own = route('shop', { host: HOST });
const theirs = route('theirs', { namespace: 'payments', host: HOST });
const older = (object: HttpRoute) => created(object, '2026-11-01T00:00:00Z');
const younger = (object: HttpRoute) => created(object, '2026-11-02T00:00:00Z');

beforeEach(() => {
  policy = () => true;
  server.reset(...clusterObjects());
  server.put(younger(own), older(theirs));
});

type Calls = ReturnType<TestBackend['someone']>;

async function read<T>(caller: Calls, path: string): Promise<T> {
  const { status, body } = await caller.get(path);
  expect(status).toBe(200);
  return body;
}

const ofEntity = (caller: Calls, entityRef = SHOP) =>
  read<EntityExposures>(caller, `/v1/exposures?entityRef=${entityRef}`);

const hidden = allExcept(`networking.exposure.read ${PAYMENTS}`);

const NAMED = `Requests for / on ${HOST} go to payments/theirs (owner: ${PAYMENTS}), which is older.`;
const UNNAMED = `Requests for / on ${HOST} go to an older route of another team.`;

describe('the route that has the host of another', () => {
  const sentenceOf = {
    'on the entity’s page': async (caller: Calls) =>
      (await ofEntity(caller)).exposures[0].verdict.finding.message,
    'in the detail': async (caller: Calls) =>
      (
        await read<EntityExposures['exposures'][0]>(
          caller,
          '/v1/exposures/local/shop/shop',
        )
      ).verdict.finding.message,
    'in the list of exposures': async (caller: Calls) =>
      (await read<ExposuresPage>(caller, '/v1/exposures?namespace=shop'))
        .items[0].verdict.finding.message,
    'in the list of exposures by verdict': async (caller: Calls) =>
      (await read<ExposuresPage>(caller, '/v1/exposures?verdict=Broken'))
        .items[0].verdict.finding.message,
    'in the list of hosts': async (caller: Calls) =>
      (await read<HostsPage>(caller, '/v1/hosts?namespace=shop')).items[0]
        .verdict.finding.message,
  };

  it.each(Object.entries(sentenceOf))(
    'is named %s to one who may read it, and to no other who asks at the same time',
    async (_, sentence) => {
      const [friend, stranger] = [backend.someone(), backend.someone()];
      let friends: string | undefined;
      // The first who asks may read everything.
      policy = check => {
        friends ??= check.user;
        return check.user === friends || hidden(check);
      };
      expect(await sentence(friend)).toBe(NAMED);
      expect(await sentence(stranger)).toBe(UNNAMED);
      expect(await sentence(friend)).toBe(NAMED);
    },
  );

  it('is told whom it shadows, by the same rule', async () => {
    const wins = async (caller: Calls) =>
      (await ofEntity(caller, PAYMENTS)).exposures
        .flatMap(({ findings }) => findings)
        .filter(({ reason }) => reason === 'ShadowsAnotherRoute')
        .map(({ message }) => message);
    expect(await wins(backend.someone())).toEqual([
      `Requests for / on ${HOST} come here, and not to shop/shop (owner: ${SHOP}), which is younger.`,
    ]);
    policy = allExcept(`catalog.entity.read ${SHOP}`);
    expect(await wins(backend.someone())).toEqual([
      `Requests for / on ${HOST} come here, and not to a younger route of another team.`,
    ]);
  });

  it('is named to readers of the platform alone where it has no entity', async () => {
    server.reset(...clusterObjects());
    server.put(
      younger(own),
      older(route('nobodys', { namespace: 'kube-system', host: HOST })),
    );
    const message = async () =>
      (await ofEntity(backend.someone())).exposures[0].verdict.finding.message;
    expect(await message()).toContain('kube-system/nobodys, which is older');
    policy = allExcept('networking.platform.read');
    expect(await message()).toBe(UNNAMED);
  });
});

describe('a read of an entity asks for permission', () => {
  const asked = async (caller = backend.someone()) => {
    const { authorize, authorizeConditional } = backend.permissions;
    authorize.mockClear();
    authorizeConditional.mockClear();
    await ofEntity(caller);
    return {
      once: authorize.mock.calls.map(([requests]) =>
        requests.map(one => 'resourceRef' in one && one.resourceRef),
      ),
      conditional: authorizeConditional.mock.calls.length,
    };
  };

  it('once, where no other route is in the way', async () => {
    server.reset(...clusterObjects());
    server.put(
      own,
      route('other', { namespace: 'payments', host: `x.${HOST}` }),
    );
    const { once, conditional } = await asked();
    expect(once.map(refs => [...new Set(refs)])).toEqual([[SHOP]]);
    expect(conditional).toBe(0);
  });

  it('once, where the other route is of the same entity', async () => {
    server.reset(...clusterObjects());
    server.put(younger(own), older(route('twin', { host: HOST })));
    const { once, conditional } = await asked();
    expect(once.map(refs => [...new Set(refs)])).toEqual([[SHOP]]);
    expect(conditional).toBe(0);
  });

  it('about the other’s entities alone where one is in the way, and not again for a while', async () => {
    const caller = backend.someone();
    const first = await asked(caller);
    expect(first.once.map(refs => [...new Set(refs)])).toEqual([
      [SHOP],
      [PAYMENTS],
    ]);
    expect(first.conditional).toBe(1);
    const again = await asked(caller);
    expect(again.once).toHaveLength(1);
    expect(again.conditional).toBe(0);
  });
});

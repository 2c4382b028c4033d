import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CHANGES_CHANNEL } from 'backstage-plugin-networking-common';
import { startBackend, type TestBackend } from '../__testUtils__/backend';
import {
  startFakeApiServer,
  type FakeApiServer,
} from '../__testUtils__/fakeApiServer';
import { accepted, clusterObjects, route } from '../__testUtils__/world';

let server: FakeApiServer;
let backend: TestBackend;
let folder: string;

const configure = (text: string) =>
  writeFileSync(join(folder, 'config.toml'), text);

beforeAll(async () => {
  server = await startFakeApiServer();
  folder = mkdtempSync(join(tmpdir(), 'settings-'));
  configure('');
  backend = await startBackend({
    server,
    networking: { configFile: join(folder, 'config.toml') },
  });
});

afterAll(async () => {
  await backend.stop();
  await server.close();
  rmSync(folder, { recursive: true });
});

beforeEach(() => server.reset(...clusterObjects()));

const tabOf = async (name: string) => {
  const { body } = await backend
    .as('user:default/alex')
    .get(`/v1/exposures?entityRef=component:default/${name}`);
  return body;
};

const topicOf = async (name: string): Promise<string> =>
  (await tabOf(name)).topic;

const topicsOf = (signals: TestBackend['signals']): string[] =>
  signals.flatMap(({ message }) => (message as { topics: string[] }).topics);

/** Forgets what was told already, as one who has just read. */
const forget = () => backend.signals.splice(0);

/** The signals until this topic is told. */
async function toldUntil(topic: string): Promise<TestBackend['signals']> {
  // For what never comes: a busy machine may need seconds.
  const bound = Date.now() + 60_000;
  const told: TestBackend['signals'] = [];
  for (;;) {
    told.push(...forget());
    if (topicsOf(told).includes(topic)) return told;
    if (Date.now() > bound) throw new Error('Nobody was told');
    await new Promise(resolve => setTimeout(resolve, 5));
  }
}

async function toldOf(topic: string, act: () => void) {
  forget();
  act();
  return toldUntil(topic);
}

/** Reads again whenever it is told, as a tab does, until it reads what is so. */
async function toldThatShop(reachable: boolean, act: () => void) {
  const shop = await topicOf('shop');
  forget();
  act();
  do await toldUntil(shop);
  while ((await tabOf('shop')).clusters[0].reachable !== reachable);
}

const ofShop = (name: string) =>
  accepted(route(name, { labels: { 'backstage.io/kubernetes-id': 'shop' } }));

describe('open tabs', () => {
  it('are told of a change of their entity, and those of others are not', async () => {
    const [shop, payments] = [await topicOf('shop'), await topicOf('payments')];
    // With this one, all that happened before is told.
    await toldOf(shop, () => server.put(ofShop('first')));
    const told = await toldOf(shop, () => server.put(ofShop('second')));
    expect(topicsOf(told)).not.toContain(payments);
  });

  it('are told when the cluster goes out of reach and when it is back', async () => {
    const shop = await topicOf('shop');
    await toldOf(shop, () => server.put(ofShop('first')));
    await toldThatShop(false, () => server.goDown());
    await toldThatShop(true, () => server.comeBack());
    expect((await tabOf('shop')).exposures).toMatchObject([{ name: 'first' }]);
  });

  it('are told when config.toml is edited', async () => {
    const shop = await topicOf('shop');
    await toldOf(shop, () => server.put(ofShop('first')));
    const told = await toldOf(shop, () =>
      configure('[network]\npublic_https_port = 443'),
    );
    expect(topicsOf(told)).toContain(shop);
  });

  it('hear nothing but topics, since signals reach people who are not signed in', async () => {
    const shop = await topicOf('shop');
    for (const signal of await toldOf(shop, () =>
      server.put(ofShop('third')),
    )) {
      expect(signal).toEqual({
        recipients: { type: 'broadcast' },
        channel: CHANGES_CHANNEL,
        message: { topics: expect.any(Array) },
      });
      for (const topic of topicsOf([signal]))
        expect(topic).toMatch(/^[\w-]{43}$/);
    }
  });
});

import { CHANGES_CHANNEL } from 'backstage-plugin-networking-common';
import { startBackend, type TestBackend } from '../__testUtils__/backend';
import {
  startFakeApiServer,
  type FakeApiServer,
} from '../__testUtils__/fakeApiServer';
import { accepted, clusterObjects, route } from '../__testUtils__/world';

let server: FakeApiServer;
let backend: TestBackend;

beforeAll(async () => {
  server = await startFakeApiServer();
  backend = await startBackend({ server });
});

afterAll(async () => {
  await backend.stop();
  await server.close();
});

beforeEach(() => server.reset(...clusterObjects()));

const topicOf = async (name: string): Promise<string> => {
  const { body } = await backend
    .as('user:default/alex')
    .get(`/v1/exposures?entityRef=component:default/${name}`);
  return body.topic;
};

/** The topics of the next signals, until one of them is told. */
async function toldUntil(topic: string, act: () => void): Promise<string[]> {
  // For what never comes: a busy machine may need seconds.
  const bound = Date.now() + 60_000;
  backend.signals.length = 0;
  act();
  for (;;) {
    const told = backend.signals.flatMap(
      ({ message }) => (message as { topics: string[] }).topics,
    );
    if (told.includes(topic)) return told;
    if (Date.now() > bound) throw new Error('Nobody was told');
    await new Promise(resolve => setTimeout(resolve, 5));
  }
}

const ofShop = (name: string) =>
  accepted(route(name, { labels: { 'backstage.io/kubernetes-id': 'shop' } }));

describe('open tabs', () => {
  it('are told of a change of their entity, and those of others are not', async () => {
    const [shop, payments] = [await topicOf('shop'), await topicOf('payments')];
    // With this one, all that happened before is told.
    await toldUntil(shop, () => server.put(ofShop('first')));
    const told = await toldUntil(shop, () => server.put(ofShop('second')));
    expect(told).not.toContain(payments);
  });

  it('are told when the cluster goes out of reach and when it is back', async () => {
    const shop = await topicOf('shop');
    await toldUntil(shop, () => server.put(ofShop('first')));
    expect(await toldUntil(shop, () => server.goDown())).toContain(shop);
    expect(await toldUntil(shop, () => server.comeBack())).toContain(shop);
  });

  it('hear nothing but topics, since signals reach people who are not signed in', async () => {
    const shop = await topicOf('shop');
    await toldUntil(shop, () => server.put(route('shop')));
    for (const signal of backend.signals) {
      expect(signal).toEqual({
        recipients: { type: 'broadcast' },
        channel: CHANGES_CHANNEL,
        message: { topics: expect.any(Array) },
      });
      const { topics } = signal.message as { topics: string[] };
      for (const topic of topics) expect(topic).toMatch(/^[\w-]{43}$/);
    }
  });
});

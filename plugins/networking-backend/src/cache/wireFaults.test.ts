import type { ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type {
  KubernetesObject,
  SnapshotKind,
} from 'backstage-plugin-networking-common';
import {
  startFakeApiServer,
  type FakeApiServer,
  type RecordedRequest,
} from '../__testUtils__/fakeApiServer';
import { route, service } from '../__testUtils__/world';
import { createClusterClient } from '../io/cluster/clusterClient';
import { slim } from '../io/cluster/slim';
import { createTransport, type Transport } from '../io/cluster/transport';
import { systemClock } from './clock';
import { ClusterCache } from './clusterCache';
import type { ClusterChange } from './types';

const KINDS: SnapshotKind[] = ['HTTPRoute', 'Service'];
/** How much shorter than the machine's clock would, the cache waits. */
const QUICKER = 50;

let server: FakeApiServer;
let transport: Transport;
let cache: ClusterCache;
let token: string;
let sleeps: number[];
let changes: ClusterChange[];
const unhandled: unknown[] = [];
const onUnhandled = (reason: unknown) => unhandled.push(reason);

async function until(what: string, isSo: () => boolean): Promise<void> {
  // For what never comes: a busy machine may need seconds.
  const bound = Date.now() + 60_000;
  while (!isSo()) {
    if (Date.now() > bound) throw new Error(`Waited for ${what}`);
    await delay(5);
  }
}

const byKey = (objects: Iterable<KubernetesObject>) =>
  Object.fromEntries(
    [...objects].map(object => [
      `${object.kind} ${object.metadata.name}`,
      slim(object),
    ]),
  );
const held = () => byKey(KINDS.flatMap(kind => cache.store.values(kind)));
const served = () => byKey(server.objects());
const isEqual = () => {
  const [ours, theirs] = [held(), served()];
  const names = Object.keys(theirs);
  return (
    Object.keys(ours).length === names.length &&
    names.every(
      name =>
        ours[name]?.metadata.resourceVersion ===
        theirs[name].metadata.resourceVersion,
    )
  );
};
const statuses = () => cache.read().health.map(({ status }) => status);
const isWell = () => statuses().every(status => status === 'synced');

/** Everything is as the server has it, and one watch for each kind is open. */
async function recovered(): Promise<void> {
  await until('the store to equal the server', () => isEqual() && isWell());
  expect(held()).toEqual(served());
  await until(
    'one watch for each kind',
    () => server.openWatches().join() === KINDS.join(),
  );
}

beforeAll(async () => {
  process.on('unhandledRejection', onUnhandled);
  server = await startFakeApiServer();
});

afterAll(async () => {
  await server.close();
  process.off('unhandledRejection', onUnhandled);
});

async function start(options: { inactivityMs?: number } = {}): Promise<void> {
  transport = createTransport(
    {
      name: 'local',
      server: new URL(server.url),
      options: async () => ({
        ca: Buffer.from(server.caData, 'base64').toString(),
        headers: { authorization: `Bearer ${token}` },
      }),
    },
    // Two tests wait for it; on a busy machine the others would run into a shorter one.
    { timeoutMs: 2_000 },
  );
  const client = createClusterClient('local', transport);
  cache = new ClusterCache({
    cluster: 'local',
    kinds: KINDS,
    source: kind => client.listWatch(kind),
    clock: {
      ...systemClock,
      sleep: (milliseconds, signal) => {
        sleeps.push(milliseconds);
        return systemClock.sleep(milliseconds / QUICKER, signal);
      },
    },
    // The server sends no bookmarks: by default, silence is no fault here.
    inactivityMs: 3_600_000,
    onChange: change => changes.push(change),
    ...options,
  });
  await recovered();
}

beforeEach(() => {
  server.reset(route('kept'), route('gone'), service('shop'));
  token = 'first';
  sleeps = [];
  changes = [];
});

afterEach(async () => {
  cache.close();
  transport.close();
  await until('no watch to be left', () => server.openWatches().length === 0);
});

const isWatch = ({ query }: RecordedRequest) => query.watch === 'true';
const isRoutes = ({ path }: RecordedRequest) => path.endsWith('/httproutes');

type Answer = (outgoing: ServerResponse, request: RecordedRequest) => void;

/** Answers so many requests for routes in place of the server, watches or lists. */
function instead(of: 'watch' | 'list', times: number, answer: Answer) {
  let left = times;
  server.intercept((request, outgoing) => {
    const isMeant =
      isRoutes(request) && isWatch(request) === (of === 'watch') && left > 0;
    if (!isMeant) return false;
    left -= 1;
    answer(outgoing, request);
    return true;
  });
}

const json = (outgoing: ServerResponse, status: number, headers = {}) =>
  outgoing.writeHead(status, {
    'content-type': 'application/json',
    ...headers,
  });
const line = (event: unknown) => `${JSON.stringify(event)}\n`;
const added = (name: string) => ({
  type: 'ADDED',
  object: { metadata: { name, namespace: 'shop', resourceVersion: '999999' } },
});
const status410 = { kind: 'Status', code: 410, reason: 'Expired' };
/** What makes a reflector list anew. */
const refuseToWatch: Answer = outgoing => json(outgoing, 410).end('{}');

const FAULTS: Record<string, () => void> = {
  'a watch that is cut in the middle of a line': () =>
    instead('watch', 2, outgoing => {
      json(outgoing, 200).write(line(added('half')).slice(0, 40));
      setImmediate(() => outgoing.destroy());
    }),
  'a watch that ends in the middle of a line': () =>
    instead('watch', 2, outgoing => {
      json(outgoing, 200).end(line(added('half')).slice(0, 40));
    }),
  'a line that is no JSON': () =>
    instead('watch', 2, outgoing => {
      json(outgoing, 200).write('{"type":"ADDED","obj\n');
    }),
  'a line that is JSON and no event': () =>
    instead('watch', 2, outgoing => {
      json(outgoing, 200).write(line({ type: 'ADDED', object: null }));
    }),
  'a page of a proxy in place of a watch': () =>
    instead('watch', 2, outgoing => {
      outgoing.writeHead(200, { 'content-type': 'text/html' });
      outgoing.end('<html>\n</html>\n');
    }),
  '410 as the answer to a watch': () => instead('watch', 1, refuseToWatch),
  '410 in the stream': () =>
    instead('watch', 1, outgoing => {
      json(outgoing, 200).end(line({ type: 'ERROR', object: status410 }));
    }),
  'another error in the stream': () =>
    instead('watch', 3, outgoing => {
      json(outgoing, 200).end(line({ type: 'ERROR', object: { code: 500 } }));
    }),
  'a watch that is never answered': () => instead('watch', 2, () => {}),
  '5xx for everything': () => {
    let left = 8;
    server.intercept((_, outgoing) => {
      left -= 1;
      if (left < 0) return false;
      json(outgoing, 503).end('not even JSON');
      return true;
    });
  },
  'connections that are closed at once': () => {
    let left = 8;
    server.intercept((_, outgoing) => {
      left -= 1;
      if (left < 0) return false;
      outgoing.destroy();
      return true;
    });
  },
};

/** What can go wrong with the list that follows. */
const LIST_FAULTS: Record<string, Answer> = {
  'a list that is cut short': outgoing => {
    json(outgoing, 200, { 'content-length': 1000 }).write('{"items":[');
    setImmediate(() => outgoing.destroy());
  },
  'a list that is no JSON': outgoing => {
    json(outgoing, 200).end('{"metadata":{"resourceVersion":"1"},"items":[');
  },
  'a list without a version': outgoing => {
    json(outgoing, 200).end('{"metadata":{},"items":[]}');
  },
  'a list of what are no objects': outgoing => {
    json(outgoing, 200).end('{"metadata":{"resourceVersion":"1"},"items":[7]}');
  },
  'a list that is never answered': () => {},
  'a list that is answered 500': outgoing => json(outgoing, 500).end('{}'),
};

describe('the store equals the server after', () => {
  /** Something comes, changes and goes while nothing can be heard. */
  const changeMeanwhile = () => {
    server.cut();
    server.put(route('came', { host: 'ü.example.org' }));
    server.put(route('kept', { host: 'changed.example.org' }));
    server.remove('HTTPRoute', 'shop', 'gone');
  };

  it.each(Object.entries(FAULTS))('%s', async (_, begin) => {
    await start();
    begin();
    changeMeanwhile();
    await recovered();
    expect(unhandled).toEqual([]);
  });

  it('a watch that says nothing', async () => {
    await start({ inactivityMs: 500 * QUICKER });
    let isSilent = false;
    instead('watch', 1, outgoing => {
      json(outgoing, 200).flushHeaders();
      isSilent = true;
    });
    changeMeanwhile();
    await until('the silence', () => isSilent);
    await recovered();
    expect(unhandled).toEqual([]);
  });

  it.each(Object.entries(LIST_FAULTS))('%s', async (_, answer) => {
    await start();
    let left = 2;
    server.intercept((request, outgoing) => {
      if (!isRoutes(request)) return false;
      if (isWatch(request)) {
        if (left < 0) return false;
        refuseToWatch(outgoing, request);
        return true;
      }
      left -= 1;
      if (left < 0) return false;
      answer(outgoing, request);
      return true;
    });
    changeMeanwhile();
    await recovered();
    expect(left).toBeLessThan(0);
    expect(unhandled).toEqual([]);
  });

  it('a list whose later page has expired', async () => {
    await start();
    server.put(...Array.from({ length: 700 }, (_, i) => route(`many-${i}`)));
    await recovered();
    let isExpired = false;
    server.intercept((request, outgoing) => {
      if (!isRoutes(request)) return false;
      if (isWatch(request) && !isExpired) {
        refuseToWatch(outgoing, request);
        return true;
      }
      if (request.query.continue && !isExpired) {
        isExpired = true;
        // What the first page said is old by now.
        server.remove('HTTPRoute', 'shop', 'many-3');
        json(outgoing, 410).end(JSON.stringify(status410));
        return true;
      }
      return false;
    });
    changeMeanwhile();
    await recovered();
    expect(isExpired).toBe(true);
  });

  it('events that come byte by byte', async () => {
    await start();
    const { resourceVersion = '' } =
      cache.store.values('HTTPRoute')[0].metadata;
    const object = route('sliced', { host: '€.example.org' });
    instead('watch', 1, async outgoing => {
      json(outgoing, 200);
      const text = line({
        type: 'ADDED',
        object: {
          ...object,
          metadata: { ...object.metadata, resourceVersion },
        },
      });
      for (const byte of Buffer.from(text)) {
        outgoing.write(Buffer.from([byte]));
        await new Promise(resolve => setImmediate(resolve));
      }
    });
    server.cut();
    await until('the event to be heard', () => 'HTTPRoute sliced' in held());
    expect(held()['HTTPRoute sliced']).toMatchObject({ spec: object.spec });
    // The server knows nothing of it, which a list brings out.
    instead('watch', 1, refuseToWatch);
    server.cut();
    await recovered();
  });
});

describe('what is told', () => {
  beforeEach(() => start());

  const heard = () => changes.filter(({ type }) => type === 'health').length;

  it('a token that is refused, and that all is well once there is another', async () => {
    server.intercept((request, outgoing) => {
      if (request.headers.authorization === 'Bearer second') return false;
      json(outgoing, 401).end('{}');
      return true;
    });
    server.cut();
    server.remove('HTTPRoute', 'shop', 'gone');
    await until('both kinds to be lost', () =>
      statuses().every(status => status === 'unreachable'),
    );
    expect(Object.keys(held())).toContain('HTTPRoute gone');
    expect(cache.read().snapshot.gaps).toMatchObject([
      { reason: 'Unreachable', unauthorized: true },
      { reason: 'Unreachable', unauthorized: true },
    ]);
    const told = heard();
    token = 'second';
    await recovered();
    expect(heard()).toBeGreaterThan(told);
  });

  it('an outage, with what was last known and since when, and its end', async () => {
    const before = new Date().toISOString();
    server.goDown();
    await until('both kinds to be lost', () =>
      statuses().every(status => status === 'unreachable'),
    );
    const { snapshot } = cache.read();
    expect(snapshot.list('HTTPRoute')).toHaveLength(2);
    expect(snapshot.observedAt <= before).toBe(true);
    expect(snapshot.gaps).toMatchObject([
      { kind: 'HTTPRoute', reason: 'Unreachable' },
      { kind: 'Service', reason: 'Unreachable' },
    ]);
    const told = heard();
    server.reset(route('new'));
    await recovered();
    expect(heard()).toBeGreaterThan(told);
    expect(cache.read().snapshot.gaps).toEqual([]);
  });

  it('a server that is busy for long, and is asked again when it says', async () => {
    instead('watch', 1, outgoing => {
      json(outgoing, 429, { 'retry-after': '7' }).end('{}');
    });
    const told = heard();
    server.cut();
    server.put(route('came'));
    await until('the wait to begin', () => sleeps.includes(7_000));
    await recovered();
    expect(heard()).toBe(told + 2);
  });
});

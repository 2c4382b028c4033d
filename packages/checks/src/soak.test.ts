import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  collectionOf,
  components,
  createApplications,
  namespacesOf,
  playedGateway,
  withoutGateway,
} from 'bench';
import { adminOf, pathFrom, REPOSITORY, type Admin } from 'integration-tests';
import { agree } from './soak/agreement';
import {
  applicationAt,
  APPLICATIONS,
  ENTITIES,
  routeAt,
  ROUTES,
} from './soak/applications';
import { bytesPerChange } from './soak/growth';
import { memoryOf } from './soak/memory';
import { createRandom } from './soak/random';
import { soak, type Soak } from './soak/soak';
import { startWorld, type World } from './world';

const MINUTES = 15;
const WARM_UP_MINUTES = 5;
const CHANGES_PER_SECOND = 20;
/**
 * What each change may leave behind, in bytes. Over the last ten minutes that is 6 MB; a leak of 1 kB for each change comes to
 * twice as much, and what garbage collection leaves at one sample and not at the next to a fraction.
 */
const BOUND = 512;
const LEAK = 1_024;
const SEED = 20_261_201;

const changesIn = (minutes: number) => minutes * 60 * CHANGES_PER_SECOND;
const say = (line: string) => process.stdout.write(`${line}\n`);

// Bounds for what hangs.
jest.setTimeout(4 * MINUTES * 60_000);

let world: World;
let admin: Admin;
let compared: number;
let done: Soak;

/** The catalog's files: the people of the examples, and the components of the routes. */
async function locations() {
  const folder = pathFrom('NETWORKING_TEST_STATE_DIR', '.local/check');
  const file = join(folder, 'soak-entities.yaml');
  await mkdir(folder, { recursive: true });
  await writeFile(
    file,
    components(ENTITIES)
      .map(entity => JSON.stringify(entity))
      .join('\n---\n'),
  );
  const examples = ['org.yaml', 'entities.yaml'].map(name =>
    join(REPOSITORY, 'examples', name),
  );
  return [...examples, file].map(target => ({
    type: 'file',
    target,
    rules: [{ allow: ['User', 'Group', 'Component', 'System'] }],
  }));
}

beforeAll(async () => {
  world = await startWorld('soak', {
    config: { 'catalog.locations': await locations() },
    nodeArguments: ['--expose-gc', '--inspect=127.0.0.1:0'],
  });
  const { platform, backstage } = world;
  const { settings } = platform;
  admin = await adminOf(platform);
  await withoutGateway(platform, async () => {
    for (const object of [...namespacesOf(APPLICATIONS), ...playedGateway()]) {
      await admin.create(collectionOf(object), object);
    }
    await createApplications(
      admin,
      Array.from({ length: APPLICATIONS }, (_, index) => applicationAt(index)),
    );
  });
  const random = createRandom(SEED);
  for (let index = APPLICATIONS; index < ROUTES; index++) {
    const route = routeAt(index, 0, { random, settings });
    await admin.create(collectionOf(route), route);
  }
  const api = await backstage.as('user:default/alex');
  say(`${await agree({ admin, api, settings })} routes are known`);
  const memory = await memoryOf(backstage.logFile);
  try {
    done = await soak({
      admin,
      // A platform admin reads everything, and a token lasts for an hour.
      api,
      settings,
      memory,
      // A shorter one, to try what is new in it, fails.
      minutes: Number(process.env.NETWORKING_SOAK_MINUTES || MINUTES),
      changesPerSecond: CHANGES_PER_SECOND,
      seed: SEED,
      say,
    });
  } finally {
    memory.close();
  }
  say(`${JSON.stringify(done.counts)}, ${done.reads} reads`);
  compared = await agree({ admin, api, settings });
  say(`${compared} routes are as the API server has them`);
});

afterAll(async () => {
  admin?.close();
  await world?.stop();
});

it('makes the changes of a quarter of an hour', () => {
  expect(done.changes).toBeGreaterThanOrEqual(changesIn(MINUTES));
});

it('makes changes of every sort', () => {
  for (const kind of ['HTTPRoute', 'Service', 'EndpointSlice']) {
    for (const what of ['created', 'changed', 'deleted']) {
      expect(done.counts[`${kind} ${what}`]).toBeGreaterThan(0);
    }
  }
});

it('has every route as the API server has it in the end', () => {
  // Some are gone for the moment.
  expect(compared).toBeGreaterThan(ROUTES * 0.95);
});

describe('after the first five minutes', () => {
  const samples = () =>
    done.samples.filter(({ changes }) => changes >= changesIn(WARM_UP_MINUTES));

  it('holds no more memory than before', () => {
    const slope = bytesPerChange(samples());
    say(`Each change leaves ${slope.toFixed(0)} bytes, of ${BOUND} at most`);
    expect(slope).toBeLessThan(BOUND);
  });

  it('would be seen to leak 1 kB for each change', () => {
    const leaking = samples().map(({ changes, held }) => ({
      changes,
      held: held + changes * LEAK,
    }));
    expect(bytesPerChange(leaking)).toBeGreaterThan(BOUND);
  });
});

it('logs no error', async () => {
  const lines = (await readFile(world.backstage.logFile, 'utf8')).split('\n');
  expect(lines.filter(line => /\berror\b/.test(line))).toEqual([]);
});

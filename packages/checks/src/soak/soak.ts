import type {
  ClusterSettings,
  NetworkingClient,
} from 'backstage-plugin-networking-common';
import type { Admin } from 'integration-tests';
import { components } from 'bench';
import { ENTITIES } from './applications';
import { createWriter, type Counts } from './changes';
import type { Sample } from './growth';
import type { MemoryOf } from './memory';
import { atPace } from './pace';
import { createRandom } from './random';

/** More at a time do not make the API server faster. */
const WRITERS = 4;
/** Two a minute. */
const ROUND_SECONDS = 30;
const READS_PER_SECOND = 2;
/** Every so many reads, the list of all is read instead of a tab. */
const LIST_EVERY = 20;
const MB = 1024 * 1024;

/** What a soak came to. */
export interface Soak {
  changes: number;
  counts: Counts;
  reads: number;
  /** Of the memory, one after each half minute of changes. */
  samples: Sample[];
}

/** Tabs and pages that people have open meanwhile. */
function createReader(
  api: NetworkingClient,
  random: ReturnType<typeof createRandom>,
) {
  const refs = [
    'component:default/docs',
    ...components(ENTITIES).map(
      entity =>
        `component:default/${
          (entity as { metadata: { name: string } }).metadata.name
        }`,
    ),
  ];
  let reads = 0;
  return {
    reads: () => reads,
    async read() {
      reads += 1;
      if (reads % LIST_EVERY === 0) await api.getHosts();
      else await api.getEntityExposures(random.of(refs));
    },
  };
}

/**
 * Changes a cluster at an even pace while Backstage is read, and reads its memory after each half minute of changes.
 *
 * @param options.say - Is told the numbers as they come.
 */
export async function soak(options: {
  admin: Admin;
  api: NetworkingClient;
  settings: ClusterSettings;
  memory: MemoryOf;
  minutes: number;
  changesPerSecond: number;
  seed: number;
  say(line: string): void;
}): Promise<Soak> {
  const { admin, api, settings, memory, seed, say } = options;
  const writers = Array.from({ length: WRITERS }, (_, writer) =>
    createWriter({ admin, settings, seed, writer, writers: WRITERS }),
  );
  const reader = createReader(api, createRandom(seed - 1));
  const perWriter = options.changesPerSecond / WRITERS;
  const rounds = Math.round((options.minutes * 60) / ROUND_SECONDS);
  const samples: Sample[] = [];
  const counts: Counts = {};
  let changes = 0;
  for (let round = 0; round < rounds; round++) {
    const began = performance.now();
    await Promise.all([
      ...writers.map(({ change }) =>
        atPace(ROUND_SECONDS * perWriter, perWriter, change),
      ),
      atPace(ROUND_SECONDS * READS_PER_SECOND, READS_PER_SECOND, reader.read),
    ]);
    const seconds = (performance.now() - began) / 1_000;
    const made = ROUND_SECONDS * options.changesPerSecond;
    changes += made;
    const { held, resident } = await memory.read();
    samples.push({ changes, held });
    say(
      `${changes} changes, ${(made / seconds).toFixed(1)} a second: ${(
        held / MB
      ).toFixed(1)} MB held, ${(resident / MB).toFixed(0)} MB resident`,
    );
  }
  for (const writer of writers) {
    for (const [what, count] of Object.entries(writer.counts)) {
      counts[what] = (counts[what] ?? 0) + count;
    }
  }
  return { changes, counts, reads: reader.reads(), samples };
}

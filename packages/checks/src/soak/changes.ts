import { collectionOf } from 'bench';
import type {
  ClusterSettings,
  KubernetesObject,
} from 'backstage-plugin-networking-common';
import type { Admin } from 'integration-tests';
import {
  APPLICATIONS,
  isPlayed,
  routeAt,
  ROUTES,
  serviceAt,
  sliceAt,
  statusAt,
} from './applications';
import { createRandom, type Random } from './random';

/** Of each kind at most so many are gone at a time, of those that one writer writes. */
const MAX_GONE = 10;

/** How many there were. */
export type Counts = Record<string, number>;

/** Objects of one kind that one writer writes: each is there or gone. */
interface Objects {
  kind: string;
  there: number[];
  gone: number[];
  bodyOf(index: number, turn: number): KubernetesObject;
}

/** Changes a cluster, in an order that its seed decides. */
export interface Writer {
  /** One change, taken by the API server when it resolves. */
  change(): Promise<void>;
  counts: Counts;
}

const takeAny = (list: number[], random: Random): number => {
  const at = random.below(list.length);
  const [taken] = list.splice(at, 1);
  return taken;
};

/**
 * Seven changes of ten are of HTTPRoutes, the others of Services and EndpointSlices: half of them changes what is there, and
 * the other half lets it come and go.
 *
 * @param options.writers - How many share the objects: the `writer`th has those whose index it is, by the number of writers.
 */
export function createWriter(options: {
  admin: Admin;
  settings: ClusterSettings;
  seed: number;
  writer: number;
  writers: number;
}): Writer {
  const { admin, settings, seed, writer, writers } = options;
  const random = createRandom(seed + writer);
  const mine = (count: number) =>
    Array.from({ length: count }, (_, index) => index).filter(
      index => index % writers === writer,
    );
  const routes: Objects = {
    kind: 'HTTPRoute',
    there: mine(ROUTES),
    gone: [],
    bodyOf: (index, turn) => routeAt(index, turn, { random, settings }),
  };
  const services: Objects = {
    kind: 'Service',
    there: mine(APPLICATIONS),
    gone: [],
    bodyOf: index => serviceAt(index, random),
  };
  const slices: Objects = {
    kind: 'EndpointSlice',
    there: mine(APPLICATIONS),
    gone: [],
    bodyOf: index => sliceAt(index, random),
  };
  const kinds = [
    ...Array<Objects>(14).fill(routes),
    ...Array<Objects>(3).fill(services),
    ...Array<Objects>(3).fill(slices),
  ];
  const counts: Counts = {};
  let turn = 0;

  const pathOf = (object: KubernetesObject) =>
    `${collectionOf(object)}/${object.metadata.name}`;

  const create = async (objects: Objects) => {
    const index = takeAny(objects.gone, random);
    const object = objects.bodyOf(index, turn);
    await admin.create(collectionOf(object), object);
    objects.there.push(index);
    return 'created';
  };
  const remove = async (objects: Objects) => {
    const index = takeAny(objects.there, random);
    await admin.remove(pathOf(objects.bodyOf(index, turn)));
    objects.gone.push(index);
    return 'deleted';
  };
  const update = async (objects: Objects) => {
    const index = random.of(objects.there);
    const object = objects.bodyOf(index, turn);
    if (objects === routes && isPlayed(index) && random.below(4) === 0) {
      const status = statusAt(index, turn, random);
      await admin.patch(`${pathOf(object)}/status`, 'merge', { status });
      return 'judged';
    }
    await admin.patch(pathOf(object), 'merge', object);
    return 'changed';
  };

  return {
    counts,
    async change() {
      turn += 1;
      const objects = random.of(kinds);
      const comesOrGoes = random.below(2) === 0;
      const comes =
        objects.gone.length === MAX_GONE ||
        (objects.gone.length > 0 && random.below(2) === 0);
      const comingOrGoing = comes ? create : remove;
      const act = comesOrGoes ? comingOrGoing : update;
      const what = `${objects.kind} ${await act(objects)}`;
      counts[what] = (counts[what] ?? 0) + 1;
    },
  };
}

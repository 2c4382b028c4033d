import type {
  HttpRoute,
  KubernetesObject,
} from 'backstage-plugin-networking-common';
import { routePath, type Admin } from 'integration-tests';
import type { Platform } from 'local-platform';
import {
  application,
  collectionOf,
  namespacesOf,
  PLAYED,
  type Application,
} from './objects';

/** More at a time do not make the API server faster. */
const CONCURRENCY = 16;
const TOLD_EVERY = 1_000;

/** Runs work for each item, so many at a time; the first failure ends it. */
async function each<T>(
  items: readonly T[],
  work: (item: T) => Promise<unknown>,
): Promise<void> {
  let next = 0;
  const worker = async () => {
    while (next < items.length) await work(items[next++]);
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, worker));
}

/**
 * Holds the gateway while something is done: it reads the whole cluster again after every change, and would have the
 * machine to itself.
 */
export async function withoutGateway<T>(
  platform: Platform,
  act: () => Promise<T>,
): Promise<T> {
  const gateway = platform.servers().find(({ name }) => name === 'gateway');
  if (!gateway) return act();
  process.kill(gateway.pid, 'SIGSTOP');
  try {
    return await act();
  } finally {
    process.kill(gateway.pid, 'SIGCONT');
  }
}

/** Creates applications at the Gateway that is played: for each an HTTPRoute that is accepted, a Service and an EndpointSlice. */
export async function fill(options: {
  platform: Platform;
  admin: Admin;
  count: number;
  onProgress(line: string): void;
}): Promise<void> {
  await withoutGateway(options.platform, () => create(options));
}

async function create(options: {
  admin: Admin;
  count: number;
  onProgress(line: string): void;
}): Promise<void> {
  const { admin, count, onProgress } = options;
  const [, ...namespaces] = namespacesOf(count);
  await each(namespaces, object => admin.create(collectionOf(object), object));
  await createApplications(
    admin,
    Array.from({ length: count }, (_, index) => application(index, PLAYED)),
    done =>
      done % TOLD_EVERY === 0 &&
      onProgress(`${done} of ${count} routes with Service and endpoints`),
  );
}

/** Creates applications whose namespaces and Gateway are there. */
export async function createApplications(
  admin: Admin,
  applications: readonly Application[],
  onDone: (count: number) => void = () => {},
): Promise<void> {
  const add = <T extends KubernetesObject>(object: T) =>
    admin.create(collectionOf(object), object);
  const accept = async ({ status, ...route }: HttpRoute) => {
    const created = await add<HttpRoute>(route);
    const { namespace = '', name } = created.metadata;
    await admin.replace(`${routePath(namespace, name)}/status`, {
      ...created,
      status,
    });
  };
  let done = 0;
  await each(applications, async ({ route, service, slice }) => {
    await add(service);
    await add(slice);
    await accept(route);
    done += 1;
    onDone(done);
  });
}

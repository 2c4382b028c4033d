import {
  createSnapshot,
  SNAPSHOT_INDEXES,
  type KubernetesObject,
  type SnapshotIndexName,
} from 'backstage-plugin-networking-common';
import * as fc from 'fast-check';
import { ModelServer } from './__testUtils__/modelServer';
import { routeOf } from './__testUtils__/routes';
import { turns, VirtualClock } from './__testUtils__/virtualClock';
import { ClusterCache } from './clusterCache';

type Action = (
  server: ModelServer,
  clock: VirtualClock,
  cache: ClusterCache,
) => unknown;

const names = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f');
const namespaces = fc.constantFrom('x', 'y');

const named = (name: string, act: Action) =>
  Object.assign(act, { toString: () => name });

/** Everything that can happen to a watch and to what it watches, in any order. */
const action: fc.Arbitrary<Action> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .tuple(namespaces, names, fc.nat(20))
      .map(([namespace, name, content]) =>
        named(`put ${namespace}/${name} ${content}`, server =>
          server.put(routeOf(namespace, name, content)),
        ),
      ),
  },
  {
    weight: 3,
    arbitrary: fc
      .tuple(namespaces, names)
      .map(([namespace, name]) =>
        named(`delete ${namespace}/${name}`, server =>
          server.delete(`${namespace}/${name}`),
        ),
      ),
  },
  { weight: 2, arbitrary: fc.constant(named('turn', () => turns(1))) },
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      named('bookmark', server => server.bookmark()),
      named('compact', server => server.compact()),
      named('cut', server => server.cut()),
      named('end', server => server.endWatches()),
      named('hang', server => server.hang()),
      named('swallow', server => server.swallow()),
      named('heal', server => server.heal()),
      named('malformed line', server => server.malformedLine()),
      named('410 in stream', server => server.errorInStream(410)),
      named('500 in stream', server => server.errorInStream(500)),
    ),
  },
  {
    weight: 2,
    arbitrary: fc
      .constantFrom(401, 403, 404, 410, 429, 500, 503)
      .map(status =>
        named(`next ${status}`, server =>
          server.failNext({ status, retryAfterSeconds: 1 }),
        ),
      ),
  },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom('ECONNRESET', 'ECONNREFUSED', 'ETIMEDOUT', 'EBADMSG')
      .map(code => named(`next ${code}`, server => server.failNext({ code }))),
  },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom(410, 500)
      .map(errorEvent =>
        named(`next watch begins with ${errorEvent}`, server =>
          server.failNext({ errorEvent }),
        ),
      ),
  },
  {
    weight: 1,
    arbitrary: fc.constant(named('wake', (_, __, cache) => cache.wake())),
  },
  {
    weight: 2,
    arbitrary: fc
      .nat(120_000)
      .map(ms => named(`wait ${ms}`, (_, clock) => clock.advance(ms))),
  },
);

const sorted = (objects: Iterable<KubernetesObject>) =>
  [...objects].map(object => JSON.stringify(object)).sort();

describe('whatever happens on the way', () => {
  it('the store ends equal to the server, its indexes to a scan, and its changes add up', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(action, { maxLength: 40 }), async actions => {
        const server = new ModelServer();
        server.put(routeOf('x', 'first', 1));
        const clock = new VirtualClock();
        const replayed = new Map<string, KubernetesObject>();
        const cache = new ClusterCache({
          cluster: 'local',
          kinds: ['HTTPRoute'],
          source: () => server,
          clock,
          onChange: change => {
            if (change.type !== 'objects') return;
            for (const { metadata } of change.objects) {
              const key = `${metadata.namespace}/${metadata.name}`;
              const now = cache.store.get(
                'HTTPRoute',
                metadata.namespace,
                metadata.name,
              );
              if (now) replayed.set(key, now);
              else replayed.delete(key);
            }
          },
        });
        const handedOut: [ReturnType<ClusterCache['read']>, string[]][] = [];
        for (const act of actions) {
          await act(server, clock, cache);
          const reading = cache.read();
          handedOut.push([reading, sorted(reading.snapshot.list('HTTPRoute'))]);
        }
        server.heal();
        // A healthy server sends a bookmark a minute.
        for (let minute = 0; minute < 12; minute++) {
          await clock.advance(60_000);
          server.bookmark();
        }
        await turns();

        const { snapshot, health } = cache.read();
        const held = snapshot.list('HTTPRoute');
        expect(sorted(held)).toEqual(sorted(server.objects.values()));
        expect(sorted(replayed.values())).toEqual(sorted(held));
        expect(health[0].status).toBe('synced');
        expect(server.mostListsAtOnce).toBe(1);
        expect(server.openWatches).toBe(1);

        for (const object of held) {
          const { namespace, name } = object.metadata;
          expect(snapshot.get('HTTPRoute', namespace, name)).toBe(object);
        }
        for (const namespace of ['x', 'y', 'gone']) {
          expect(sorted(snapshot.list('HTTPRoute', namespace))).toEqual(
            sorted(
              held.filter(({ metadata }) => metadata.namespace === namespace),
            ),
          );
        }

        const scanned = createSnapshot({
          cluster: 'local',
          observedAt: snapshot.observedAt,
          objects: held,
        });
        for (const index of Object.keys(
          SNAPSHOT_INDEXES,
        ) as SnapshotIndexName[]) {
          const keys = new Set([
            'gone',
            ...held.flatMap(object => SNAPSHOT_INDEXES[index].keysOf(object)),
          ]);
          for (const key of keys) {
            expect(sorted(snapshot.find(index, key))).toEqual(
              sorted(scanned.find(index, key)),
            );
          }
        }
        for (const [reading, then] of handedOut) {
          expect(sorted(reading.snapshot.list('HTTPRoute'))).toEqual(then);
        }

        cache.close();
        await clock.advance(0);
        expect(server.openWatches).toBe(0);
      }),
      { numRuns: 500 },
    );
  });
});

import { ClusterError } from './errors';
import { createListWatch } from './listWatch';
import type { Transport, TransportRequest } from './transport';

const item = { metadata: { name: 'x', namespace: 'y', resourceVersion: '7' } };
const list = { metadata: { resourceVersion: '9' }, items: [item] };

/** A server that serves these versions of TLSRoutes. */
function setUp(served: string[]) {
  const requests: TransportRequest[] = [];
  const answer = (sent: TransportRequest) => {
    requests.push(sent);
    if (!served.some(version => sent.path.includes(`/${version}/`))) {
      throw new ClusterError(
        { cluster: 'c', verb: 'list', resource: 'tlsroutes' },
        { httpStatus: 404 },
      );
    }
  };
  async function* lines() {
    yield JSON.stringify({ type: 'ADDED', object: item });
  }
  const transport: Transport = {
    async send(_, sent) {
      answer(sent);
      return list;
    },
    async stream(_, sent) {
      answer(sent);
      return lines();
    },
    close() {},
  };
  return {
    requests,
    served,
    source: createListWatch('c', 'TLSRoute', transport),
  };
}

const watch = {
  resourceVersion: '9',
  timeoutSeconds: 400,
  signal: new AbortController().signal,
};
const V1 = 'gateway.networking.k8s.io/v1';

describe('a kind that older clusters serve in an older version', () => {
  it('is listed and watched at the newest that is served, and read as the newest', async () => {
    const { source, requests } = setUp(['v1alpha3', 'v1alpha2']);
    const page = await source.list({ limit: 5 });
    expect(page.items).toMatchObject([{ apiVersion: V1, kind: 'TLSRoute' }]);
    const events = [];
    for await (const event of await source.watch(watch)) events.push(event);
    expect(events).toMatchObject([
      { type: 'ADDED', object: { apiVersion: V1, kind: 'TLSRoute' } },
    ]);
    expect(requests.map(({ path }) => path.split('/')[3])).toEqual([
      'v1',
      'v1alpha3',
      'v1alpha3',
    ]);
  });

  it('is read at a newer version once the cluster serves one', async () => {
    const { source, served, requests } = setUp(['v1alpha2']);
    await source.list({ limit: 5 });
    served.push('v1');
    await source.list({ limit: 5 });
    await source.watch(watch);
    expect(requests.slice(-2).map(({ path }) => path.split('/')[3])).toEqual([
      'v1',
      'v1',
    ]);
  });

  it('is not there where none is served', async () => {
    const { source } = setUp([]);
    await expect(source.list({ limit: 5 })).rejects.toMatchObject({
      httpStatus: 404,
    });
  });
});

it('a watch asks for bookmarks, from a version and for a time', async () => {
  const { source, requests } = setUp(['v1']);
  await source.watch(watch);
  expect(requests[0].query).toEqual({
    watch: 'true',
    allowWatchBookmarks: 'true',
    resourceVersion: '9',
    timeoutSeconds: '400',
  });
});

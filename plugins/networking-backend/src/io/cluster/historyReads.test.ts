import { createHistoryReads } from './historyReads';
import type { Transport, TransportRequest } from './transport';

/** Answers with one page after the other, the last one again and again. */
function readsWith(...pages: object[]) {
  const sent: Pick<TransportRequest, 'path' | 'query'>[] = [];
  const transport = {
    send: async (_: unknown, { path, query }: TransportRequest) => {
      sent.push({ path, query });
      return pages[Math.min(sent.length, pages.length) - 1];
    },
  } as unknown as Transport;
  return { reads: createHistoryReads('local', transport), sent };
}

const EMPTY = { metadata: {}, items: [] };
const page = (name: string, next?: string) => ({
  metadata: { ...(next !== undefined && { continue: next }) },
  items: [{ metadata: { name } }],
});

describe('Events are asked for', () => {
  const CASES: Record<
    string,
    [
      Parameters<ReturnType<typeof createHistoryReads>['listEvents']>[0],
      string,
      string,
    ]
  > = {
    'by uid, in the namespace of what they are about': [
      { kind: 'Certificate', namespace: 'shop', name: 'shop', uid: 'u-1' },
      '/api/v1/namespaces/shop/events',
      'involvedObject.uid=u-1',
    ],
    'by kind and name where no uid is known': [
      { kind: 'Issuer', namespace: 'shop', name: 'ca' },
      '/api/v1/namespaces/shop/events',
      'involvedObject.kind=Issuer,involvedObject.name=ca',
    ],
    'in namespace default where it lies in none': [
      { kind: 'ClusterIssuer', name: 'ca', uid: 'u-2' },
      '/api/v1/namespaces/default/events',
      'involvedObject.uid=u-2',
    ],
    'for nothing else, whatever an issuer is called': [
      { kind: 'A,type!=Normal', namespace: 'shop', name: 'b\\=c' },
      '/api/v1/namespaces/shop/events',
      'involvedObject.kind=A\\,type!\\=Normal,involvedObject.name=b\\\\\\=c',
    ],
  };
  it.each(Object.entries(CASES))('%s', async (_, [about, path, selector]) => {
    const { reads, sent } = readsWith(EMPTY);
    await reads.listEvents(about);
    expect(sent).toEqual([
      { path, query: { fieldSelector: selector, limit: '500' } },
    ]);
  });

  it('in one page, and it is said where there are more', async () => {
    const { reads, sent } = readsWith(page('a', 'next'));
    expect(
      await reads.listEvents({ kind: 'A', namespace: 'shop', name: 'b' }),
    ).toMatchObject({ items: [{ metadata: { name: 'a' } }], isWhole: false });
    expect(sent).toHaveLength(1);
  });
});

describe('Orders are read', () => {
  it('page after page', async () => {
    const { reads, sent } = readsWith(page('a', 'next'), page('b'));
    expect(await reads.listOrders('shop')).toMatchObject({
      items: [{ metadata: { name: 'a' } }, { metadata: { name: 'b' } }],
      isWhole: true,
    });
    const path = '/apis/acme.cert-manager.io/v1/namespaces/shop/orders';
    expect(sent).toEqual([
      { path, query: { limit: '500' } },
      { path, query: { limit: '500', continue: 'next' } },
    ]);
  });

  it('no further than four pages, and it is said that there are more', async () => {
    const { reads, sent } = readsWith(page('a', 'next'));
    expect((await reads.listOrders('shop')).isWhole).toBe(false);
    expect(sent).toHaveLength(4);
  });

  it('of an API server, and of nothing in between', async () => {
    const { reads } = readsWith({ hello: 'world' });
    await expect(reads.listOrders('shop')).rejects.toMatchObject({
      name: 'ClusterError',
      code: 'EBADMSG',
    });
  });
});

import type {
  AcmeChallenge,
  AcmeOrder,
  CoreEvent,
  KubernetesObject,
} from 'backstage-plugin-networking-common';
import { ClusterError, type ClusterOperation } from './errors';
import { ON_DEMAND, pathOf, type OnDemandKind } from './resources';
import type { Transport } from './transport';
import type { HistoryReads, OnDemandList, RequestContext } from './types';

const PAGE_SIZE = 500;
/** Of Orders, each of which carries a certificate: 20 MB at most. */
const MAX_PAGES = 4;

/** A value of a field selector (Kubernetes, `fields.EscapeValue`). */
const escaped = (value: string) => value.replace(/[\\,=]/g, '\\$&');

/** Reads of one namespace that somebody waits for: in pages, the first few of them. */
export function createHistoryReads(
  cluster: string,
  transport: Transport,
): HistoryReads {
  async function list<T extends KubernetesObject>(
    kind: OnDemandKind,
    options: {
      namespace: string;
      query?: Record<string, string>;
      pages: number;
      context?: RequestContext;
    },
  ): Promise<OnDemandList<T>> {
    const { namespace, query, pages, context } = options;
    const resource = ON_DEMAND[kind];
    const operation: ClusterOperation = {
      cluster,
      verb: 'list',
      resource: resource.plural,
      namespace,
    };
    const items: T[] = [];
    let token: string | undefined;
    for (let page = 0; page < pages; page++) {
      const answer = (await transport.send(operation, {
        method: 'GET',
        path: pathOf(resource, namespace),
        query: {
          ...query,
          limit: String(PAGE_SIZE),
          ...(token !== undefined && { continue: token }),
        },
        signal: context?.signal,
      })) as { items?: T[]; metadata?: { continue?: string } } | undefined;
      // A proxy in between may answer 200 with a page of its own.
      if (!Array.isArray(answer?.items)) {
        throw new ClusterError(operation, { code: 'EBADMSG' });
      }
      items.push(...answer.items);
      token = answer.metadata?.continue;
      if (!token) return { items, isWhole: true };
    }
    return { items, isWhole: false };
  }

  return {
    listEvents: ({ kind, name, namespace, uid }, context) =>
      list<CoreEvent>('Event', {
        // Events of what lies in no namespace are in this one (client-go, `tools/record`).
        namespace: namespace ?? 'default',
        query: {
          fieldSelector:
            uid === undefined
              ? `involvedObject.kind=${escaped(
                  kind,
                )},involvedObject.name=${escaped(name)}`
              : `involvedObject.uid=${escaped(uid)}`,
        },
        pages: 1,
        context,
      }),
    listOrders: (namespace, context) =>
      list<AcmeOrder>('Order', { namespace, pages: MAX_PAGES, context }),
    listChallenges: (namespace, context) =>
      list<AcmeChallenge>('Challenge', {
        namespace,
        pages: MAX_PAGES,
        context,
      }),
  };
}

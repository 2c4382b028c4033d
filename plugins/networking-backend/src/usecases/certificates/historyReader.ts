import {
  certificateStatus,
  issuanceHistory,
  objectKey,
  ordersOf,
  type AcmeChallenge,
  type AcmeOrder,
  type Certificate,
  type CoreEvent,
  type IssuanceHistory,
  type IssuerStatus,
  type KubernetesObject,
  type Snapshot,
} from 'backstage-plugin-networking-common';
import { createTtlCache } from '../../io/catalog';
import {
  isClusterError,
  type ClusterAccess,
  type ClusterClient,
  type EventSubject,
  type OnDemandList,
} from '../../io/cluster';
import type { ReadCluster } from '../services';
import { createLimiter } from '../../io/probe';
import { historyGaps, type HistoryGap, type HistoryPart } from './historyGaps';
import type { UsedCertificate } from './usedCertificates';

/** Who opens the same history together shares its reads. */
const TTL_MS = 2_000;
const MAX_HISTORIES = 200;
/** Somebody looks at a skeleton meanwhile. */
const PATIENCE_MS = 15_000;
/** Of 16 connections, so that writes find some however slow a cluster is to list. */
const MAX_REQUESTS = 6;

/** Reads histories of certificates from their clusters. */
export interface HistoryReader {
  /** Never fails for what a cluster answers: that is said in `unknown`. */
  of(cluster: ReadCluster, used: UsedCertificate): Promise<IssuanceHistory>;
}

type Limiter = ReturnType<typeof createLimiter>;

interface Request {
  name: string;
  uid?: string;
}

/** The CertificateRequests of the current and the next revision. */
function requestsOf(
  snapshot: Snapshot,
  { certificate, trace }: UsedCertificate,
): Request[] {
  const status = certificateStatus(snapshot, certificate, trace.request);
  return [status.nextRequest, status.request].flatMap(request => {
    if (!request) return [];
    const found = snapshot.get(
      'CertificateRequest',
      status.namespace,
      request.name,
    );
    return [{ name: request.name, uid: found?.metadata.uid }];
  });
}

function subjectsOfIssuer(
  snapshot: Snapshot,
  issuer: IssuerStatus,
  namespace: string,
): EventSubject[] {
  const { kind, name } = issuer;
  // Whether another group's kind lies in namespaces is not known here.
  if (issuer.type === 'external') {
    return [
      { kind, name, namespace },
      { kind, name },
    ];
  }
  const object =
    kind === 'ClusterIssuer'
      ? snapshot.get('ClusterIssuer', undefined, name)
      : snapshot.get('Issuer', issuer.namespace, name);
  return [
    { kind, name, namespace: issuer.namespace, uid: object?.metadata.uid },
  ];
}

function subjectsOf(
  snapshot: Snapshot,
  { certificate, trace }: UsedCertificate,
  requests: readonly Request[],
): EventSubject[] {
  const { namespace = '', name, uid } = certificate.metadata;
  return [
    { kind: 'Certificate', namespace, name, uid },
    ...requests.map(request => ({
      kind: 'CertificateRequest',
      namespace,
      ...request,
    })),
    ...(trace.issuer
      ? subjectsOfIssuer(snapshot, trace.issuer, namespace)
      : []),
  ];
}

/** Reads, and notes what could not be read: whatever fails, the rest is told. */
function readerOf(client: ClusterClient, inTurn: Limiter) {
  const gaps: HistoryGap[] = [];
  const signal = AbortSignal.timeout(PATIENCE_MS);
  async function attempt<T extends KubernetesObject>(
    part: HistoryPart,
    list: () => Promise<OnDemandList<T>>,
  ): Promise<T[]> {
    try {
      const { items, isWhole } = await inTurn(list);
      if (!isWhole) gaps.push({ part });
      return items;
    } catch (error) {
      if (!isClusterError(error)) throw error;
      gaps.push({ part, error });
      return [];
    }
  }
  return {
    gaps,
    events: (about: EventSubject): Promise<CoreEvent[]> =>
      attempt({ kind: 'Event', about }, () =>
        client.listEvents(about, { signal }),
      ),
    orders: (namespace: string): Promise<AcmeOrder[]> =>
      attempt({ kind: 'Order', namespace }, () =>
        client.listOrders(namespace, { signal }),
      ),
    challenges: (namespace: string): Promise<AcmeChallenge[]> =>
      attempt({ kind: 'Challenge', namespace }, () =>
        client.listChallenges(namespace, { signal }),
      ),
  };
}

/** Only ACME issuers have Orders; of an issuer that is not known, there may be some. */
const mayHaveOrders = ({ trace }: UsedCertificate) =>
  trace.issuer === undefined ||
  trace.issuer.type === 'ACME' ||
  trace.issuer.type === 'unknown';

async function read(
  client: ClusterClient,
  inTurn: Limiter,
  { snapshot }: ReadCluster,
  used: UsedCertificate,
): Promise<IssuanceHistory> {
  const { namespace = '' } = used.certificate.metadata;
  const requests = requestsOf(snapshot, used);
  const reader = readerOf(client, inTurn);
  const acme = async () => {
    if (requests.length === 0 || !mayHaveOrders(used)) return {};
    const orders = await reader.orders(namespace);
    const isAny = ordersOf(orders, requests).length > 0;
    return {
      orders,
      challenges: isAny ? await reader.challenges(namespace) : [],
    };
  };
  const [events, ordered] = await Promise.all([
    Promise.all(subjectsOf(snapshot, used, requests).map(reader.events)),
    acme(),
  ]);
  return {
    ...issuanceHistory({ events: events.flat(), ...ordered, requests }),
    unknown: historyGaps(client.name, reader.gaps),
  };
}

const keyOf = ({ metadata }: Certificate) =>
  `${objectKey(metadata.namespace, metadata.name)}/${metadata.uid}`;

export function createHistoryReader(options: {
  clusters: ClusterAccess;
  now: () => Date;
}): HistoryReader {
  const { clusters, now } = options;
  const recent = createTtlCache<IssuanceHistory>({
    ttlMs: TTL_MS,
    maxEntries: MAX_HISTORIES,
    now: () => now().getTime(),
    // Whoever tries again does it because something was missing.
    keep: ({ unknown }) => unknown.length === 0,
  });
  const limiters = new Map<string, Limiter>();
  const limiterOf = (cluster: string) => {
    const limiter = limiters.get(cluster) ?? createLimiter(MAX_REQUESTS);
    limiters.set(cluster, limiter);
    return limiter;
  };
  return {
    of(cluster, used) {
      const { cluster: name } = cluster.settings;
      return recent.get(`${name} ${keyOf(used.certificate)}`, () =>
        read(clusters.client(name), limiterOf(name), cluster, used),
      );
    },
  };
}

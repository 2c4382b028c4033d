import type {
  AcmeChallenge,
  AcmeOrder,
  Certificate,
  CoreEvent,
  HttpRoute,
  SnapshotKind,
  SnapshotKinds,
} from 'backstage-plugin-networking-common';
import type { ListWatch } from './listWatch';

export interface RequestContext {
  signal?: AbortSignal;
}

export interface ApplyOptions extends RequestContext {
  /** Let the API server check and default the object, and store nothing. */
  dryRun?: boolean;
  /** Take over fields that another field manager owns. Default false. */
  force?: boolean;
}

/** What RBAC lets the plugin's own account do with some resources of a namespace (`authorization.k8s.io/v1`, `ResourceRule`). */
export interface ResourceRule {
  verbs: string[];
  apiGroups?: string[];
  resources?: string[];
  /** Of the objects; none named means every one. */
  resourceNames?: string[];
}

/** What is known of the rights of the plugin's own account in a namespace. */
export interface NamespaceRights {
  rules: ResourceRule[];
  /** There may be rights that the API server does not tell of, as where a webhook authorizes. */
  incomplete: boolean;
}

/** Some objects of a namespace. */
export interface OnDemandList<T> {
  items: T[];
  /** False: there are more than were read. */
  isWhole: boolean;
}

/** What an Event is about. */
export interface EventSubject {
  kind: string;
  name: string;
  /** Undefined for what lies in no namespace. */
  namespace?: string;
  /** Undefined: whatever had this kind and name. */
  uid?: string;
}

/** What the history of a certificate is read from: nothing of it is kept or watched. Every method throws {@link ClusterError}. */
export interface HistoryReads {
  /** At most 500. */
  listEvents(
    about: EventSubject,
    options?: RequestContext,
  ): Promise<OnDemandList<CoreEvent>>;
  /** At most 2,000, in order of name. */
  listOrders(
    namespace: string,
    options?: RequestContext,
  ): Promise<OnDemandList<AcmeOrder>>;
  /** At most 2,000, in order of name. They hold tokens and keys. */
  listChallenges(
    namespace: string,
    options?: RequestContext,
  ): Promise<OnDemandList<AcmeChallenge>>;
}

/**
 * One cluster. Every method throws {@link ClusterError}.
 */
export interface ClusterClient extends HistoryReads {
  readonly name: string;
  /** Every object of a kind, in all namespaces, read in pages. */
  list<K extends SnapshotKind>(
    kind: K,
    options?: RequestContext,
  ): Promise<SnapshotKinds[K][]>;
  /** Lists and watches a kind in all namespaces, at the newest version of it that the server has. */
  listWatch(kind: SnapshotKind): ListWatch;
  /**
   * Server-side apply with strict field validation. A `metadata.resourceVersion`
   * on the object makes the write conditional on it.
   */
  applyRoute(route: HttpRoute, options?: ApplyOptions): Promise<HttpRoute>;
  /** Delete the route only if it still has this uid. */
  deleteRoute(
    target: { namespace: string; name: string; uid: string },
    options?: RequestContext,
  ): Promise<void>;
  /** One cert-manager Certificate, whole, as it is now. */
  getCertificate(
    target: { namespace: string; name: string },
    options?: RequestContext,
  ): Promise<Certificate>;
  /**
   * Replaces the status of a Certificate that was read before, only if it is the same object (`metadata.uid`) and has not
   * changed since (`metadata.resourceVersion`). Both must be set.
   */
  updateCertificateStatus(
    certificate: Certificate,
    options?: RequestContext,
  ): Promise<Certificate>;
  /** What the plugin's own account may do in a namespace. Needs no right but to be signed in. */
  ownRights(
    namespace: string,
    options?: RequestContext,
  ): Promise<NamespaceRights>;
}

/** The clusters that the configuration names. */
export interface ClusterAccess {
  readonly names: readonly string[];
  /** Throws `NotFoundError` for a name that is not configured. */
  client(name: string): ClusterClient;
  /** Close idle connections. */
  close(): void;
}

/** How well the objects of one kind are known. */
export type KindStatus =
  /** Asked for the first time. */
  | 'syncing'
  /** Equal to the server, as far as its events have come. */
  | 'synced'
  /** No answer, or one that says to come again; what is kept is as it was at `lastContactAt`. */
  | 'unreachable'
  /** RBAC refuses; nothing is kept. */
  | 'forbidden'
  /** The cluster has no such resource; nothing is kept. */
  | 'notServed';

/** Health of the cache of one kind. Times are milliseconds since the epoch. */
export interface KindHealth {
  kind: SnapshotKind;
  status: KindStatus;
  /** When this status began. */
  since: number;
  /** When the server last said something of this kind. */
  lastContactAt?: number;
  objects: number;
  /** What went wrong last; never the server's own words. */
  lastError?: string;
  /** What went wrong last is that the credentials are no good. */
  unauthorized?: true;
}

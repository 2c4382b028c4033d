import type {
  HttpRoute,
  SnapshotKind,
  SnapshotKinds,
} from 'backstage-plugin-networking-common';

export interface RequestContext {
  signal?: AbortSignal;
}

export interface ApplyOptions extends RequestContext {
  /** Let the API server check and default the object, and store nothing. */
  dryRun?: boolean;
  /** Take over fields that another field manager owns. Default false. */
  force?: boolean;
}

/**
 * One cluster. Every method throws {@link ClusterError}.
 */
export interface ClusterClient {
  readonly name: string;
  /** Every object of a kind, in all namespaces, read in pages. */
  list<K extends SnapshotKind>(
    kind: K,
    options?: RequestContext,
  ): Promise<SnapshotKinds[K][]>;
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
}

/** The clusters that the configuration names. */
export interface ClusterAccess {
  readonly names: readonly string[];
  /** Throws `NotFoundError` for a name that is not configured. */
  client(name: string): ClusterClient;
  /** Close idle connections. */
  close(): void;
}

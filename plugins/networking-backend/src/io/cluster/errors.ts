/** The part of a Kubernetes `Status` object that says why a request failed. */
export interface StatusDetails {
  name?: string;
  group?: string;
  kind?: string;
  causes?: { reason?: string; message?: string; field?: string }[];
  retryAfterSeconds?: number;
}

/** What was asked of the API server when it failed. */
export interface ClusterOperation {
  cluster: string;
  /** Kubernetes verb, as RBAC rules name it: `list`, `patch`, `delete`, `get`, `update`. */
  verb: string;
  /** Plural of the resource, as RBAC rules name it. */
  resource: string;
  namespace?: string;
  name?: string;
}

/** Node's codes for a connection that was never made. */
const NEVER_SENT = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN']);

/**
 * A request to a cluster that failed. `name` is always `ClusterError`.
 *
 * Its message says what was asked and never holds the server's own words: they
 * may name objects that the caller of the HTTP API must not learn of. Use cases
 * turn it into findings and errors of `@backstage/errors`.
 */
export class ClusterError extends Error {
  override readonly name = 'ClusterError';
  /** HTTP status; undefined where no answer came. */
  readonly httpStatus?: number;
  /** Node's error code where no answer came: `ECONNREFUSED`, `ETIMEDOUT`, … */
  readonly code?: string;
  /** `Status.reason`: `Conflict`, `Forbidden`, `Invalid`, … */
  readonly reason?: string;
  readonly details?: StatusDetails;
  /** Milliseconds after which the server wants to be asked again; undefined where it does not say. */
  readonly retryAfterMs?: number;
  /** True where the cluster's RBAC rules refused, and not an admission policy. */
  readonly forbiddenByRbac: boolean;

  constructor(
    readonly operation: ClusterOperation,
    options: {
      httpStatus?: number;
      code?: string;
      reason?: string;
      details?: StatusDetails;
      forbiddenByRbac?: boolean;
      retryAfterSeconds?: number;
    },
  ) {
    const { verb, resource, namespace, name, cluster } = operation;
    const object = [resource, name].filter(Boolean).join(' ');
    const where = namespace ? ` in namespace ${namespace}` : '';
    const outcome =
      options.httpStatus === undefined
        ? `got no answer (${options.code ?? 'unknown'})`
        : `was answered ${options.httpStatus}${
            options.reason ? ` ${options.reason}` : ''
          }`;
    super(`${verb} ${object}${where} on cluster ${cluster} ${outcome}`);
    this.httpStatus = options.httpStatus;
    this.code = options.code;
    this.reason = options.reason;
    this.details = options.details;
    const seconds =
      options.retryAfterSeconds ?? options.details?.retryAfterSeconds;
    this.retryAfterMs =
      typeof seconds === 'number' && seconds >= 0 ? seconds * 1000 : undefined;
    this.forbiddenByRbac = options.forbiddenByRbac ?? false;
  }

  /** No answer, or one that says to come again later. */
  get unreachable(): boolean {
    return this.httpStatus === undefined || this.httpStatus >= 500;
  }

  /**
   * True where the request may have been carried out although it failed: it may
   * have arrived, and no answer says that it was refused. A server that answers
   * 5xx may have stored the object before.
   */
  get mayHaveTakenEffect(): boolean {
    return this.unreachable && !NEVER_SENT.has(this.code ?? '');
  }
}

/** Compared by name, so that it holds across copies of this module. */
export function isClusterError(error: unknown): error is ClusterError {
  return error instanceof Error && error.name === 'ClusterError';
}

/** One field of an object, and the field manager that owns it. */
export interface FieldConflict {
  manager: string;
  field: string;
}

/**
 * The field managers that refuse a server-side apply: causes of type
 * `FieldManagerConflict`, whose message is `conflict with "<manager>" …`
 * (Kubernetes documentation, "Server-Side Apply", conflicts). Empty for any
 * other failure, among them a stale `resourceVersion`.
 */
export function fieldConflicts(error: ClusterError): FieldConflict[] {
  if (error.httpStatus !== 409) return [];
  return (error.details?.causes ?? [])
    .filter(cause => cause.reason === 'FieldManagerConflict')
    .map(cause => ({
      manager: /conflict with "([^"]*)"/.exec(cause.message ?? '')?.[1] ?? '',
      field: (cause.field ?? '').replace(/^\./, ''),
    }));
}

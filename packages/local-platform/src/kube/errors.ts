/**
 * The API server refused a request, or could not be reached (`status` is then undefined).
 * @public
 */
export class KubeError extends Error {
  override name = 'KubeError';
  /** HTTP status. */
  readonly status: number | undefined;
  /** `Status.reason` of the answer, such as `NotFound`, `Conflict`, `Forbidden`; or the code of a network error. */
  readonly reason: string | undefined;
  /** The whole answer, parsed where it is JSON. */
  readonly body: unknown;

  constructor(
    message: string,
    details: {
      status?: number;
      reason?: string;
      body?: unknown;
      cause?: unknown;
    },
  ) {
    super(message, { cause: details.cause });
    this.status = details.status;
    this.reason = details.reason;
    this.body = details.body;
  }
}

/** Whether an error is the API server's answer with this status. @public */
export function hasStatus(error: unknown, status: number): error is KubeError {
  return (
    error instanceof Error &&
    error.name === 'KubeError' &&
    (error as KubeError).status === status
  );
}

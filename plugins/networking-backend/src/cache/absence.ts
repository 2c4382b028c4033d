import { isClusterError, type ClusterError } from '../io/cluster/errors';
import type { Clock } from './types';

/** A resource that is not served or not allowed is asked for again after this, give or take a third. */
const RETRY_MS = 30_000;
/** An API server that starts refuses for some seconds what it allows later. */
const DOUBTED_MS = 10_000;

type AbsentStatus = 'notServed' | 'forbidden';

/** What a failure says of the kind itself, if anything. */
export function absenceOf(error: unknown): AbsentStatus | undefined {
  if (!isClusterError(error)) return undefined;
  if (error.httpStatus === 404) return 'notServed';
  return error.httpStatus === 403 ? 'forbidden' : undefined;
}

/** Tells whether a kind that is refused or not found is to be taken for one that is absent. */
export class Absence {
  #since: number | undefined;
  #wasThere = false;

  constructor(
    private readonly options: {
      clock: Pick<Clock, 'now' | 'random'>;
      target: { clear(): void };
      onReport(report: { status: AbsentStatus; error: ClusterError }): void;
    },
  ) {}

  /** How long to wait before a kind that is absent is asked for again, in milliseconds. */
  get retryMs(): number {
    return RETRY_MS * (2 / 3 + (2 / 3) * this.options.clock.random());
  }

  /** The kind was heard of. */
  over(): void {
    this.#wasThere = true;
    this.#since = undefined;
  }

  /** It fails in another way now, which says nothing of whether the kind is there. */
  interrupted(): void {
    this.#since = undefined;
  }

  /**
   * Believed and reported at once of a kind that was never there, and after a while of one that was: then what is known of it
   * is forgotten. False for as long as it is to be asked for again soon.
   */
  isBelieved(status: AbsentStatus, error: ClusterError): boolean {
    const { clock, target, onReport } = this.options;
    this.#since ??= clock.now();
    const isDoubted = clock.now() - this.#since < DOUBTED_MS;
    if (isDoubted && this.#wasThere) return false;
    this.#wasThere = false;
    target.clear();
    onReport({ status, error });
    return !isDoubted;
  }
}

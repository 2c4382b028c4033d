import { isError, toError, type ErrorLike } from '@backstage/errors';
import type {
  ExposureAddress,
  ExposureDetail,
  ExposureHost,
} from '../exposures/types';
import { NOT_CHECKED_REASONS, VERDICT_REASONS } from '../findings/reasons';
import type { NetworkingApi, RequestOptions } from './types';

const DEFAULT_INTERVAL_MS = 2_000;
const DEFAULT_TIMEOUT_MS = 60_000;

/** Answers that may be another one a moment later: time-outs, rate limits, and whatever a server says of itself. */
const isTransientStatus = (status: number) =>
  status === 408 || status === 429 || status >= 500;

/**
 * Waits until every host of an exposure is Live or Degraded for a generation of its route, and returns the exposure as
 * last seen then, or when the time is up: whoever waits reads the verdict in it. The first look is at once. A Degraded
 * verdict by an answer that may be the gateway's (403, 404, 421) is waited out: a gateway accepts a route some moments
 * before it serves it. Where hosts are not checked from the backend, accepted is waited for.
 *
 * `generation` is the route's `metadata.generation` that is waited for, or a later one. `intervalMs` defaults to 2000,
 * `timeoutMs` to 60000. `onChange` is called for the first look and each time that a verdict has changed. Answers that
 * may pass (no connection, 408, 429, 5xx) are waited out, and so is 404 until the exposure was seen once. `sleep` and
 * `now` (milliseconds) stand in for the clock in tests.
 *
 * @throws ResponseError for any other answer, the last error where nothing was seen until the time was up, and the
 * signal's reason when it is aborted.
 * @public
 */
export async function waitForVerdict(options: {
  client: Pick<NetworkingApi, 'getExposure'>;
  address: ExposureAddress;
  generation: number;
  intervalMs?: number;
  timeoutMs?: number;
  signal?: AbortSignal;
  onChange?: (exposure: ExposureDetail) => void;
  request?: RequestOptions;
  sleep?: (ms: number, signal?: AbortSignal) => Promise<void>;
  now?: () => number;
}): Promise<ExposureDetail> {
  const {
    client,
    address,
    generation,
    intervalMs = DEFAULT_INTERVAL_MS,
    timeoutMs = DEFAULT_TIMEOUT_MS,
    signal,
    onChange,
    request,
    sleep = abortableSleep,
    now = Date.now,
  } = options;
  const deadline = now() + timeoutMs;
  let last: ExposureDetail | undefined;
  let lastSummary: string | undefined;
  let lastError: ErrorLike | undefined;

  for (;;) {
    signal?.throwIfAborted();
    try {
      last = await within(Math.max(deadline - now(), 1), signal, inner =>
        client.getExposure(address, { ...request, signal: inner }),
      );
      lastError = undefined;
    } catch (error) {
      signal?.throwIfAborted();
      if (!isTransient(error, last !== undefined)) throw error;
      lastError = toError(error);
    }
    if (last && lastError === undefined) {
      const summary = summarize(last);
      if (summary !== lastSummary) onChange?.(last);
      lastSummary = summary;
      if (isSettled(last, generation)) return last;
    }
    const remaining = deadline - now();
    if (remaining <= 0) {
      if (last) return last;
      throw lastError;
    }
    await sleep(Math.min(intervalMs, remaining), signal);
  }
}

function isSettled(exposure: ExposureDetail, generation: number): boolean {
  return (
    exposure.generation >= generation &&
    exposure.hosts.length > 0 &&
    exposure.hosts.every(isSettledHost)
  );
}

/** 403, 404 and 421 may be the gateway's own, until it has taken the route over, whatever else there is to say of the host. */
function mayBeOfGateway({ verdict, probe }: ExposureHost): boolean {
  const { status, fromService } = probe?.http ?? {};
  return (
    verdict.finding.reason === VERDICT_REASONS.answerAmbiguous ||
    (fromService !== true && [403, 404, 421].includes(status ?? 0))
  );
}

/** Where no probe says anything of hosts, accepted is all that will ever be known. */
function isSettledHost(host: ExposureHost): boolean {
  const { word, finding } = host.verdict;
  return (
    word === 'Live' ||
    NOT_CHECKED_REASONS.includes(finding.reason) ||
    (word === 'Degraded' && !mayBeOfGateway(host))
  );
}

function summarize(exposure: ExposureDetail): string {
  return JSON.stringify([
    exposure.generation,
    exposure.hosts.map(({ host, verdict }) => [
      host,
      verdict.word,
      verdict.finding.reason,
    ]),
  ]);
}

function isTransient(error: unknown, wasSeen: boolean): boolean {
  if (!isError(error) || error.name !== 'ResponseError') return true;
  const status = Number(error.statusCode);
  return isTransientStatus(status) || (status === 404 && !wasSeen);
}

/** Runs a request that ends with the outer signal or after some time, whichever comes first. */
async function within<T>(
  ms: number,
  outer: AbortSignal | undefined,
  run: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const abort = () => controller.abort(outer?.reason);
  const timer = setTimeout(() => controller.abort(), ms);
  outer?.addEventListener('abort', abort, { once: true });
  try {
    return await run(controller.signal);
  } finally {
    clearTimeout(timer);
    outer?.removeEventListener('abort', abort);
  }
}

function abortableSleep(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop: { timer?: ReturnType<typeof setTimeout> } = {};
    const abort = () => {
      clearTimeout(stop.timer);
      reject(signal?.reason);
    };
    stop.timer = setTimeout(() => {
      signal?.removeEventListener('abort', abort);
      resolve();
    }, ms);
    signal?.addEventListener('abort', abort, { once: true });
  });
}

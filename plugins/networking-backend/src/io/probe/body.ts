import type { IncomingMessage } from 'node:http';

/** What is kept: enough to tell the sentence of a gateway from a page. */
const MAX_CHARACTERS = 64;
/** What is read at most. */
const MAX_BYTES = 4 * 1024;
/** A gateway's own answer comes with its headers. */
const TIMEOUT_MS = 1_000;

/** May a gateway itself have given an answer of this status? Then its body may tell. */
export const hasTellingBody = (status: number) =>
  status === 403 || status === 404 || status === 421 || status >= 500;

/**
 * How a body begins, in characters that can be shown: what has come when it ends, is long enough, breaks off or takes too
 * long. Empty where the answer ended without a body, as a proxy's own may; undefined where nothing can be told of it. Ends the
 * response. Never throws.
 */
export function bodyStart(
  response: IncomingMessage,
  signal: AbortSignal,
): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  return new Promise(resolve => {
    const bound = AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]);
    const end = () => {
      bound.removeEventListener('abort', end);
      // Read through without error: what a body that broke off would have held is not known.
      const isEmpty = response.complete && length === 0;
      response.destroy();
      const text = printable(Buffer.concat(chunks).subarray(0, MAX_BYTES));
      resolve(isEmpty ? '' : text || undefined);
    };
    response.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      length += chunk.length;
      if (length >= MAX_BYTES) end();
    });
    for (const event of ['end', 'error', 'close']) response.once(event, end);
    if (bound.aborted) end();
    else bound.addEventListener('abort', end, { once: true });
  });
}

/** Letters, digits, punctuation and symbols: nothing that hides, turns around or breaks the line it is shown in. */
function printable(bytes: Buffer): string {
  const text = new TextDecoder()
    .decode(bytes)
    .replace(/\s+/gu, ' ')
    .replace(/[^\p{L}\p{N}\p{P}\p{S} ]|\uFFFD/gu, '')
    .trim();
  return [...text].slice(0, MAX_CHARACTERS).join('').trimEnd();
}

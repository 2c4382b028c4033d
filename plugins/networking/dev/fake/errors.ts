import type { Finding } from 'backstage-plugin-networking-common';

/** An error shaped like the `ResponseError` that the client throws for an answer of the backend. */
export function refusal(
  status: number,
  name: string,
  message: string,
  findings: Finding[] = [],
): Error {
  return Object.assign(new Error(`Request failed with ${status} ${name}`), {
    name: 'ResponseError',
    statusCode: status,
    response: { status },
    body: { error: { name, message, findings } },
  });
}

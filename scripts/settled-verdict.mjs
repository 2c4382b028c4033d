/**
 * When the verdict of an exposure is an answer, and when another one is worth waiting for.
 */
import { setTimeout as delay } from 'node:timers/promises';

export const JUDGED_WITHIN_MS = 60_000;
const EVERY_MS = 500;

/** What is told of a certificate, a route or a listener does not pass by itself; by then a cache has caught up. */
const STATE_HOLDS_MS = 5_000;

/** What a host answered may pass: a gateway has ten seconds to take up a change, and some need longer. */
const ANSWER_HOLDS_MS = 20_000;

/** Nobody has looked yet, or nobody could. */
const NOT_SEEN = new Set(['ClusterUnreachable', 'NotProbed', 'ProbeOlder']);

/** Said beside a verdict that somebody is about to change. */
const AT_WORK = new Set(['CertificateBeingRenewed', 'CertificateBeingTakenUp']);

const isUnderWay = ({ verdict, findings, hosts }, since) =>
  verdict.word === 'Pending' ||
  NOT_SEEN.has(verdict.finding.reason) ||
  findings.some(({ reason }) => AT_WORK.has(reason)) ||
  // Seen before this start, when another gateway may have answered.
  hosts.some(({ probe }) => probe && Date.parse(probe.at) < since);

/** The time of an answer is among the details of what rests on one. */
const holds = ({ finding }) =>
  finding.details?.at === undefined ? STATE_HOLDS_MS : ANSWER_HOLDS_MS;

/**
 * The exposure as last seen once its verdict is what is hoped for, has held for some seconds with nothing under way, or
 * after 60 s. Reads that fail are tried again.
 *
 * @param {{
 *   first: object,
 *   read: () => Promise<object>,
 *   isReached: (verdict: object) => boolean,
 *   report?: (exposure: object) => void,
 *   now?: () => number,
 *   sleep?: (ms: number) => Promise<unknown>,
 * }} options `first`: the exposure as it was written; `now` (milliseconds) and `sleep` stand in for the clock in tests
 */
export async function settledVerdict(options) {
  const { first, read, isReached, report = () => {} } = options;
  const { now = Date.now, sleep = delay } = options;
  const since = now();
  let exposure = first;
  let isSeen = true;
  let held;
  for (;;) {
    const { verdict } = exposure;
    if (isReached(verdict) || now() - since >= JUDGED_WITHIN_MS) {
      return exposure;
    }
    report(exposure);
    const key = `${verdict.word} ${verdict.finding.reason}`;
    if (!isSeen || isUnderWay(exposure, since)) {
      held = undefined;
    } else if (held?.key !== key) {
      held = { key, since: now() };
    } else if (now() - held.since >= holds(verdict)) {
      return exposure;
    }
    await sleep(EVERY_MS);
    const next = await read().catch(() => undefined);
    isSeen = next !== undefined;
    exposure = next ?? exposure;
  }
}

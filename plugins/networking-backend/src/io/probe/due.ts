import { PROBE_PERIOD_MS, QUICK_MS, WINDOW_MS } from '../database';
import type { Known } from './mirror';
import { TOTAL_TIMEOUT_MS } from './run';

/** Between two looks for the answer of another replica that asks right now. */
export const POLL_MS = 500;

/** May the database be asked for the right to ask? It decides; this saves the question where the answer is known. */
export function mayAsk(
  known: Known | undefined,
  evidence: string,
  now: number,
): boolean {
  const { claim, refusedAt = -Infinity } = known ?? {};
  if (Math.abs(now - refusedAt) < QUICK_MS) return false;
  if (!claim) return true;
  if (claim.evidence !== evidence) return now - claim.claimedAt >= QUICK_MS;
  return now >= dueAt(known, now);
}

/** When a host may be asked again, if nothing changes. Milliseconds since the epoch. */
export function dueAt(known: Known | undefined, now: number): number {
  const { claim } = known ?? {};
  if (!claim || claim.claimedAt > now + PROBE_PERIOD_MS) return now;
  const { claimedAt, windowFrom, good } = claim;
  const quickly = claimedAt + QUICK_MS;
  return !good && quickly < windowFrom + WINDOW_MS
    ? quickly
    : claimedAt + PROBE_PERIOD_MS;
}

/** Has a replica asked, and can its answer still come? */
export function isUnderWay(known: Known | undefined, now: number): boolean {
  const { claim, answer } = known ?? {};
  if (!claim) return false;
  const { claimedAt } = claim;
  return (
    claimedAt > (answer?.answeredAt ?? 0) &&
    claimedAt <= now + PROBE_PERIOD_MS &&
    now - claimedAt < TOTAL_TIMEOUT_MS + POLL_MS
  );
}

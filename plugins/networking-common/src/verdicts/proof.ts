import { objectsOf, textOf } from '../gateway-api/lenient';
import type { HttpRoute } from '../gateway-api/types';
import { outcome, type Outcome } from '../findings/outcome';
import { isAccepted } from './acceptance';
import type { Seen } from './backendReasons';
import type { BackendState } from './backends';
import { isAnswer, type HostInput } from './input';
import type { Claimed, Despite } from './parentReasons';
import type { ProbeFacts } from './types';

/** A controller that runs, and its proxy, take up a change within this time. */
export const USUAL_WAIT_MS = 10_000;

/** When the route last got a new generation, as far as the API server's bookkeeping tells. */
export function changedAt({ metadata }: HttpRoute): string | undefined {
  const times = objectsOf(metadata?.managedFields)
    .filter(entry => entry.subresource !== 'status')
    .flatMap(entry => textOf(entry.time) ?? [])
    .sort();
  return times[times.length - 1] ?? textOf(metadata?.creationTimestamp);
}

/**
 * Within a moment of a change the gateway may answer by what was there before, be it a route that was deleted: unless its
 * controller says that it has taken up the change. So may it where the time of the change is not known.
 */
const isEarly = ({ at }: ProbeFacts, input: HostInput): boolean =>
  !isAccepted(input) &&
  !(Date.parse(at) >= Date.parse(changedAt(input.route) ?? '') + USUAL_WAIT_MS);

/** Has something that the answer hangs on changed since? */
const isOutdated = ({ at, unchangedSince }: ProbeFacts): boolean =>
  Date.parse(at) < Date.parse(unchangedSince ?? '');

/**
 * Did the route as it stands now give a good answer that no other route can have given, with everything that the answer hangs on
 * as it is? Against such a proof the cluster's word, and what we make of it, counts for less.
 */
export function answers(input: HostInput): boolean {
  const { proof, othersMayAnswer } = input;
  return (
    proof?.http !== undefined &&
    isAnswer(proof.http.status) &&
    !othersMayAnswer &&
    !isOutdated(proof) &&
    !isEarly(proof, input)
  );
}

/** What the host answered. Only where it was asked. */
export const seenOf = ({ proof }: HostInput): Seen => ({
  path: proof?.path ?? '/',
  status: proof?.http?.status ?? 0,
});

/** The answer itself, as a detail of what it contradicts. */
export const answerDetails = ({
  proof,
}: HostInput): Readonly<Record<string, string>> => ({
  answered: `${proof?.http?.status} at ${proof?.at}`,
});

/** Is a backend the only one behind the rule that was seen to answer? */
export function isProved(backend: BackendState, input: HostInput): boolean {
  const { probedRule, backends } = input;
  return (
    answers(input) &&
    probedRule !== undefined &&
    backend.rules.includes(probedRule) &&
    backends.filter(({ rules }) => rules.includes(probedRule)).length === 1
  );
}

/**
 * A controller's bad word beside a proof that requests are answered: both are told, and the word is Degraded, since the
 * controller may act on it with its next change. Without a proof the outcome as it is.
 */
export function unlessProved(
  input: HostInput,
  claim: Omit<Despite, 'seen'>,
  judge: (claimed: Claimed) => Outcome,
): Outcome {
  if (!answers(input)) return judge({});
  const { stop, finding } = judge({
    despite: { ...claim, seen: seenOf(input) },
  });
  return outcome('Degraded', stop, {
    ...finding,
    details: { ...finding.details, ...answerDetails(input) },
  });
}

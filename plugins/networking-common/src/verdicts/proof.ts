import type { Outcome } from '../findings/outcome';
import { outcome } from '../findings/outcome';
import type { BackendState } from './backends';
import { answers, type HostInput } from './input';

/** `GET / returned 200`. Only where the host was asked. */
export const seenWords = ({ proof }: HostInput): string =>
  `GET ${proof?.path} returned ${proof?.http?.status}`;

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
 *
 * @param claim - what the controller says, as a clause after "although"
 */
export function besideProof(
  found: Outcome,
  input: HostInput,
  claim: string,
): Outcome {
  if (!answers(input)) return found;
  const { severity: _, ...finding } = found.finding;
  return outcome('Degraded', found.stop, {
    ...finding,
    message: `${seenWords(
      input,
    )}, although ${claim}. Requests may stop being answered with the next change.`,
    details: {
      ...finding.details,
      answered: `${input.proof?.http?.status} at ${input.proof?.at}`,
    },
  });
}

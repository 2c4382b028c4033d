import type { BackendState } from './backends';
import { type HostInput } from './input';
import { answerDetails, answers, isProved, seenWords } from './proof';
import { outcome } from '../findings/outcome';
import type { Finding } from './types';

/** `shop/web`. */
export const titleOf = ({ namespace, name }: BackendState) =>
  `${namespace}/${name}`;

export const subjectOf = (
  { name, namespace, reference }: BackendState,
  { settings }: HostInput,
  field?: string,
): Finding['subject'] => ({
  kind: reference.to.kind,
  name,
  namespace,
  cluster: settings.cluster,
  ...(field !== undefined && { field }),
});

/** What the gateway was seen to answer for want of a backend: gateways differ. Else what is usual. */
export function statusOf(input: HostInput, usual: string): string {
  const seen = input.proof?.http?.status;
  return seen !== undefined && seen >= 500 ? String(seen) : usual;
}

/** Backends that get requests: a weight of 0 takes one out. */
export const active = ({ backends }: HostInput) =>
  backends.filter(({ weight }) => weight > 0);

/** What is said of a backend: `what` is a clause, `usual` the status that requests get for it unless another was seen. */
export type Trouble = Omit<Finding, 'severity' | 'message'> & {
  what: string;
  usual: string;
};

/**
 * A trouble of some backends. It breaks the exposure where every backend has one and nothing shows that requests are
 * answered all the same. Of a backend that was seen to answer it is told and decides nothing.
 */
export function troubleOf(
  input: HostInput,
  isBad: (backend: BackendState) => boolean,
  describe: (backend: BackendState) => Trouble,
) {
  const bad = active(input).filter(isBad);
  if (bad.length === 0) return undefined;
  const doubted = bad.find(backend => !isProved(backend, input));
  const stop = bad[0].servicePort && bad[0].endpoints ? 'endpoints' : 'service';
  if (!doubted) {
    const { what, usual: _, remedy: __, ...words } = describe(bad[0]);
    return outcome(undefined, stop, {
      ...words,
      message: `${seenWords(input)}, although ${what}.`,
      details: { ...words.details, ...answerDetails(input) },
    });
  }
  const { what, usual, ...words } = describe(doubted);
  const isWhole = bad.length === active(input).length && !answers(input);
  return outcome(isWhole ? 'Broken' : 'Degraded', stop, {
    ...words,
    message: `${isWhole ? 'Requests' : 'Some requests'} get ${statusOf(
      input,
      usual,
    )}: ${what}.`,
  });
}

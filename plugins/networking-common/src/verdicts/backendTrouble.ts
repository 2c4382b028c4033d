import { missedField, nearMissManifest } from './backendKinds';
import type { BackendState } from './backends';
import type { BACKEND_REASONS, Effect } from './backendReasons';
import { type HostInput } from './input';
import { answerDetails, answers, isProved, seenOf } from './proof';
import { findingsOf, type Found, type ParamsOf } from '../findings/declare';
import { outcome } from '../findings/outcome';
import type { Finding, ObjectName } from '../findings/types';
import { BACKEND_SENTENCES } from '../sentences/backend';

export const found = findingsOf<typeof BACKEND_REASONS>(BACKEND_SENTENCES);

/** `Service shop/web`. */
export const nameOf = ({
  reference,
  namespace,
  name,
}: BackendState): ObjectName => ({ kind: reference.to.kind, namespace, name });

export const routeOf = ({ subject }: HostInput): ObjectName => ({
  kind: 'HTTPRoute',
  name: subject.name,
  ...(subject.namespace !== undefined && { namespace: subject.namespace }),
});

export const subjectOf = (
  backend: BackendState,
  { settings }: HostInput,
  field?: string,
): Finding['subject'] => ({
  ...nameOf(backend),
  cluster: settings.cluster,
  ...(field !== undefined && { field }),
});

/** A reference that means a Service and misses it. */
export function nearMissOf(backend: BackendState, input: HostInput) {
  const { group, kind } = backend.reference.to;
  return {
    reason: 'BackendNearMiss' as const,
    params: {
      service: { ...nameOf(backend), kind: 'Service' },
      group,
      kind,
      isThere: backend.service !== undefined,
    },
    actor: { is: 'reader' as const },
    subject: { ...input.subject, field: missedField(backend) },
    details: { manifest: nearMissManifest(backend) },
  };
}

/** What the gateway was seen to answer for want of a backend: gateways differ. Else what is usual. */
export function statusOf(input: HostInput, usual: string): string {
  const seen = input.proof?.http?.status;
  return seen !== undefined && seen >= 500 ? String(seen) : usual;
}

/** Backends that get requests: a weight of 0 takes one out. */
export const active = ({ backends }: HostInput) =>
  backends.filter(({ weight }) => weight > 0);

type Reasons = typeof BACKEND_REASONS;

/** Those that say what becomes of requests. */
type OnRequests = {
  [R in keyof Reasons]: ParamsOf<Reasons, R> extends { effect: Effect }
    ? R
    : never;
}[keyof Reasons];

/** What is said of a backend, but for what becomes of requests: `usual` is the status that they get for it unless another was seen. */
export type Trouble = {
  [R in OnRequests]: {
    reason: R;
    usual: string;
    params: Omit<ParamsOf<Reasons, R>, 'effect' | 'route'>;
  } & Omit<Found<Reasons, R>, 'params'>;
}[OnRequests];

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
  const isWhole = bad.length === active(input).length && !answers(input);
  const { reason, usual, params, ...rest } = describe(doubted ?? bad[0]);
  const effect: Effect = doubted
    ? { on: isWhole ? 'all' : 'some', status: statusOf(input, usual) }
    : { on: 'none', seen: seenOf(input) };
  const finding = found<OnRequests>(reason, {
    ...rest,
    params: { ...params, effect, route: routeOf(input) } as ParamsOf<
      Reasons,
      OnRequests
    >,
  });
  if (doubted) return outcome(isWhole ? 'Broken' : 'Degraded', stop, finding);
  return outcome(undefined, stop, {
    ...finding,
    details: { ...finding.details, ...answerDetails(input) },
  });
}

import { findCondition } from '../gateway-api/conditions';
import type { Condition, Gateway } from '../gateway-api/types';
import { conditionDetails, controllersWords } from '../findings/words';
import { VERDICT_REASONS as REASON } from '../findings/reasons';
import { isBad, meaningOf } from './conditionReasons';
import { generationOf, isCurrent } from './input';

/** Something wrong with a Gateway beside which traffic goes on: a warning. */
export interface GatewayNote {
  type: string;
  reason: string;
  message: string;
  /** What its owners are to do: a clause that follows `Ask … to`. */
  task: string;
  details: Record<string, string>;
}

type Say = (
  title: string,
  condition: Condition,
) => Pick<GatewayNote, 'message' | 'task'>;

const SAY: Readonly<Record<string, Say>> = {
  [REASON.gatewayListenersNotResolved]: title => ({
    message: `A listener of ${title} refers to something that cannot be used. The others answer requests.`,
    task: `correct the listeners of ${title} that the controller names`,
  }),
  [REASON.gatewayClientCertificateUnusable]: title => ({
    message: `${title} cannot use the certificate that it shows to backends. Backends that require one refuse its requests; others answer.`,
    task: `correct tls.backend.clientCertificateRef of ${title}`,
  }),
  [REASON.gatewayClientCertificateNotPermitted]: title => ({
    message: `${title} may not use the certificate that it shows to backends: its namespace does not allow that. Backends that require one refuse its requests; others answer.`,
    task: `get a ReferenceGrant for what tls.backend.clientCertificateRef of ${title} names`,
  }),
  [REASON.gatewayRefsNotResolved]: (title, condition) => ({
    message: `${title} refers to something that cannot be used. Requests are answered as far as its listeners work.${controllersWords(
      condition,
    )}`,
    task: `correct what ${title} refers to`,
  }),
  [REASON.clientCertificatesNotEnforced]: title => ({
    message: `${title} also answers clients whose certificate is missing or does not verify.`,
    task: `set the validation mode of ${title} to AllowValidOnly, unless this is wanted`,
  }),
};

/** By type; the finding where nothing is known of the reason. */
const FALLBACKS: readonly [string, string][] = [
  ['ResolvedRefs', REASON.gatewayRefsNotResolved],
  ['InsecureFrontendValidationMode', REASON.clientCertificatesNotEnforced],
];

/** What a Gateway's conditions say of it as it stands now that is worth a warning and stops no requests. */
export function gatewayNotes(gateway: Gateway, title: string): GatewayNote[] {
  return FALLBACKS.flatMap(([type, fallback]) => {
    const condition = findCondition(gateway.status?.conditions, type);
    if (
      !condition ||
      !isBad(condition) ||
      !isCurrent(condition, generationOf(gateway))
    ) {
      return [];
    }
    const reason = meaningOf('Gateway', condition)?.finding ?? fallback;
    const details = conditionDetails(condition);
    return [{ type, reason, ...SAY[reason](title, condition), details }];
  });
}

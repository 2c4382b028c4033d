import { findingsOf } from '../findings/declare';
import type { Finding, ObjectName } from '../findings/types';
import { conditionDetails, saidIn } from '../findings/words';
import { findCondition } from '../gateway-api/conditions';
import type { Gateway } from '../gateway-api/types';
import { LISTENER_SENTENCES } from '../sentences/listener';
import { isBad, meaningOf } from './conditionReasons';
import { generationOf, isCurrent } from './input';
import type { LISTENER_REASONS } from './listenerReasons';
import type { Subject } from './types';

const found = findingsOf<typeof LISTENER_REASONS>(LISTENER_SENTENCES);

/** Something wrong with a Gateway beside which traffic goes on: a warning. */
export interface GatewayNote {
  type: string;
  finding: Finding;
}

const NOTES = [
  'GatewayListenersNotResolved',
  'GatewayClientCertificateUnusable',
  'GatewayClientCertificateNotPermitted',
  'GatewayRefsNotResolved',
  'ClientCertificatesNotEnforced',
] as const;

/** By type; the reason where nothing is known of that of the condition. */
const FALLBACKS: readonly [string, (typeof NOTES)[number]][] = [
  ['ResolvedRefs', 'GatewayRefsNotResolved'],
  ['InsecureFrontendValidationMode', 'ClientCertificatesNotEnforced'],
];

/** What a Gateway's conditions say of it as it stands now that is worth a warning and stops no requests. */
export function gatewayNotes(
  gateway: Gateway,
  subject: Subject,
): GatewayNote[] {
  const { kind, namespace, name } = subject;
  const title: ObjectName = { kind, namespace, name };
  return FALLBACKS.flatMap(([type, fallback]) => {
    const condition = findCondition(gateway.status?.conditions, type);
    if (
      !condition ||
      !isBad(condition) ||
      !isCurrent(condition, generationOf(gateway))
    ) {
      return [];
    }
    const known = meaningOf('Gateway', condition)?.finding;
    const reason = NOTES.find(note => note === known) ?? fallback;
    return [
      {
        type,
        finding: {
          ...found(reason, {
            params: { gateway: title, said: saidIn(condition) },
            actor: { is: 'platform' },
            subject,
            details: conditionDetails(condition),
          }),
          severity: 'warning',
        },
      },
    ];
  });
}

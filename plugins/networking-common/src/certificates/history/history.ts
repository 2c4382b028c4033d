import { objectsOf, textOf } from '../../gateway-api/lenient';
import type { KubernetesObject } from '../../gateway-api/types';
import { issuanceEvent } from './events';
import { orderStatus, ownedBy, secretsOf } from './orders';
import type {
  AcmeChallenge,
  AcmeOrder,
  CoreEvent,
  IssuanceHistory,
} from './types';

const MAX_EVENTS = 100;
const MAX_ORDERS = 10;
/** An ACME server takes 100 names an order. */
const MAX_CHALLENGES = 100;

const byText = (a: string, b: string) => (a < b ? -1 : Number(a > b));

/** Many Events come in one second, of which their times tell no more: the later write has the greater version. */
function byWrite({ metadata: a }: CoreEvent, { metadata: b }: CoreEvent) {
  const [first, second] = [a, b].map(one => textOf(one?.resourceVersion) ?? '');
  return first.length - second.length || byText(first, second);
}

const uidOf = ({ metadata }: KubernetesObject) =>
  metadata?.uid ?? `${metadata?.namespace}/${metadata?.name}`;

/** The Orders that some CertificateRequests have made. @public */
export const ordersOf = (
  orders: readonly AcmeOrder[],
  requests: readonly { name: string; uid?: string }[],
): AcmeOrder[] =>
  ownedBy(
    orders,
    requests.map(request => ({ kind: 'CertificateRequest', ...request })),
  );

/**
 * What was reported and ordered while a certificate was issued, from objects as a cluster tells them. What has not the
 * expected shape is left out. Tokens and keys of challenges are in no text of it. Never throws.
 *
 * @param input - `events`: of whatever is asked about; `orders` and `challenges`: those of a namespace; `requests`: the
 * CertificateRequests whose Orders are wanted, by uid, or by name where no uid is known
 * @public
 */
export function issuanceHistory(input: {
  events: readonly CoreEvent[];
  orders?: readonly AcmeOrder[];
  challenges?: readonly AcmeChallenge[];
  requests?: readonly { name: string; uid?: string }[];
}): Pick<IssuanceHistory, 'events' | 'orders'> {
  const { requests = [] } = input;
  const challenges = [...objectsOf(input.challenges)].sort((a, b) =>
    byText(`${a.metadata?.name}`, `${b.metadata?.name}`),
  );
  const secrets = secretsOf(challenges);
  const events = new Map(
    objectsOf(input.events).map(event => [uidOf(event), event]),
  );
  return {
    events: [...events.values()]
      .sort((a, b) => byWrite(b, a))
      .flatMap(event => issuanceEvent(event, secrets) ?? [])
      .sort((a, b) => byText(b.lastAt, a.lastAt))
      .slice(0, MAX_EVENTS),
    orders: ordersOf(input.orders ?? [], requests)
      .flatMap(order => orderStatus(order, challenges, secrets) ?? [])
      .sort((a, b) => byText(b.createdAt, a.createdAt))
      .slice(0, MAX_ORDERS)
      .map(order => ({
        ...order,
        challenges: order.challenges.slice(0, MAX_CHALLENGES),
      })),
  };
}

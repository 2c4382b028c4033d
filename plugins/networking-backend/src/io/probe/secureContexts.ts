import { createSecureContext, type SecureContext } from 'node:tls';
import { LRUCache } from 'lru-cache';
import { systemRootsPem } from '../certificates';
import { offerOptions, type Offer } from './offers';

/** A CA before and after a change, with either offer, for some clusters. */
const MAX_CONTEXTS = 32;
const contexts = new LRUCache<string, SecureContext>({ max: MAX_CONTEXTS });

/**
 * What a client that trusts these certificates and makes this offer needs for TLS. Kept, since parsing the roots of a system
 * takes longer than a handshake.
 *
 * @param caPem - undefined: the roots of this system
 */
export function trusting(
  caPem: string | undefined,
  offer: Offer,
): SecureContext {
  const key = caPem === undefined ? offer : `${offer} ${caPem}`;
  const known = contexts.get(key);
  if (known) return known;
  const context = createSecureContext({
    ...offerOptions(offer),
    ca: caPem ?? [...systemRootsPem()],
    // The CA that signs today may itself be an intermediate.
    allowPartialTrustChain: true,
  });
  contexts.set(key, context);
  return context;
}

import { createSecureContext, type SecureContext } from 'node:tls';
import { systemRootsPem } from '../certificates';

/** A CA before and after a change, for some clusters. */
const MAX_CONTEXTS = 32;
const contexts = new Map<string | undefined, SecureContext>();

/**
 * What a client that trusts these certificates needs for TLS. Kept, since parsing the roots of a system takes longer than a
 * handshake.
 *
 * @param caPem - undefined: the roots of this system
 */
export function trusting(caPem: string | undefined): SecureContext {
  const known = contexts.get(caPem);
  const context =
    known ??
    createSecureContext({
      ca: caPem ?? [...systemRootsPem()],
      // The CA that signs today may itself be an intermediate.
      allowPartialTrustChain: true,
    });
  contexts.delete(caPem);
  contexts.set(caPem, context);
  if (contexts.size > MAX_CONTEXTS) {
    contexts.delete(contexts.keys().next().value);
  }
  return context;
}

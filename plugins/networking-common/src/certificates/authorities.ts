import type { Snapshot } from '../gateway-api/snapshot';
import type { ClusterSettings } from '../settings/types';
import { factsOfTrace } from './facts';
import { traceSecret } from './trace';
import { timeOf } from './judge/input';
import type { CertificateFacts } from './types';

/** Longest chain of CAs, each of which signed the one before, that is followed. */
const MAX_DEPTH = 5;

const isOfOneSecret = (a: CertificateFacts, b: CertificateFacts) =>
  a.secret.namespace === b.secret.namespace && a.secret.name === b.secret.name;

function authorityOf(
  below: CertificateFacts,
  snapshot: Snapshot,
  settings: ClusterSettings,
): CertificateFacts | undefined {
  const { ca, trust, chain = [] } = below;
  if (!ca) return undefined;
  // A CA that is only known to have signed before need not be what its Certificate holds now.
  const signer =
    trust !== 'issued' || timeOf(ca.notAfter) === timeOf(below.signer?.notAfter)
      ? below.signer
      : undefined;
  const secret = { namespace: ca.namespace, name: ca.secretName };
  const {
    issuer,
    rivals,
    ca: above,
    unknown,
  } = factsOfTrace(traceSecret({ secret, snapshot, settings }), snapshot);
  const upper = chain.find(
    one => signer !== undefined && one.subject === signer.issuer,
  );
  return {
    secret,
    certificate: ca,
    ...(rivals && { rivals }),
    ...(issuer && { issuer }),
    ...(above && { ca: above }),
    ...(signer && { leaf: signer, chainNotAfter: signer.notAfter }),
    ...(upper && { signer: upper }),
    ...(trust && { trust }),
    ...(!signer && unknown !== undefined && { unknown }),
  };
}

/**
 * What is known of the CAs above a certificate whose Certificates the cluster holds: first the one that signs it today. What it
 * has issued for itself counts as one that signs it.
 */
export function authoritiesOf(
  facts: CertificateFacts,
  snapshot: Snapshot,
  settings: ClusterSettings,
): CertificateFacts[] {
  const found: CertificateFacts[] = [];
  let below: CertificateFacts | undefined = facts;
  while (below && found.length < MAX_DEPTH) {
    const above = authorityOf(below, snapshot, settings);
    if (!above || [facts, ...found].some(one => isOfOneSecret(one, above))) {
      break;
    }
    found.push(above);
    below = above;
  }
  return found;
}

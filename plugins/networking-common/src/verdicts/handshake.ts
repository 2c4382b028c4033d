import { CLIENT_FAMILIES } from '../certificates/clients';
import {
  reachOf,
  refusalOfHandshake,
  refusalOfKey,
  refusalOfSignature,
  type Handshake,
} from '../certificates/clients/refusals';
import type { Refusal } from '../certificates/clients/types';
import { findingsOf } from '../findings/declare';
import { outcome, type Outcome } from '../findings/outcome';
import { PROBE_SENTENCES } from '../sentences/probe';
import type { HostInput } from './input';
import { listenerSubject, nameOf, ownerOf } from './listenerConditions';
import type { PROBE_REASONS } from './probeReasons';
import type { ProbeFacts } from './types';

const told = findingsOf<typeof PROBE_REASONS>(PROBE_SENTENCES);

type Tls = NonNullable<ProbeFacts['tls']>;

const refuses = (
  { refuse }: Refusal,
  offer: NonNullable<Tls['refused']>['offer'],
) => refuse.some(({ id }) => id === offer);

/** A certificate that is refused has its own finding, which says what to do about it. */
function isOfCertificate({ leaf, chain = [], refused }: Tls): boolean {
  const [own = leaf, ...above] = chain;
  const asked = [
    ...(own?.key ? [refusalOfKey(own.key, 'leaf')] : []),
    ...(own ? [refusalOfSignature(own)] : []),
    ...above.flatMap(({ key }) => (key ? [refusalOfKey(key, 'ca')] : [])),
  ];
  return asked.some(refusal => refuses(refusal, refused!.offer));
}

/** In the order in which a server looks: with an old protocol go old ciphers, and with those other groups. */
const PARTS: readonly (keyof Handshake)[] = ['protocol', 'cipher', 'group'];

/** What the refused family does not offer of the handshake that got through. */
function explanationOf(tls: Tls) {
  for (const part of PARTS) {
    const value = tls[part];
    if (value === undefined) continue;
    const refusal = refusalOfHandshake({ [part]: value });
    if (refuses(refusal, tls.refused!.offer)) {
      return { refusal, settled: { part, value } };
    }
  }
  return undefined;
}

/**
 * The gateway ends a handshake with what Chromium offers, and sets one up with all of OpenSSL: who else is refused follows from
 * what it has settled on.
 */
export function handshakeOutcome(input: HostInput): Outcome | undefined {
  const { proof, https, host } = input;
  const tls = proof?.tls;
  if (!tls?.refused || !https || isOfCertificate(tls)) return undefined;
  const { offer, code } = tls.refused;
  const found = explanationOf(tls);
  const isAll = found !== undefined && reachOf(found.refusal) === 'all';
  const families = found
    ? found.refusal.refuse.filter(({ isBrowser }) => isBrowser)
    : CLIENT_FAMILIES.filter(({ id }) => id === offer);
  return outcome(
    isAll ? 'Broken' : 'Degraded',
    'listener',
    told('TlsHandshakeRefusedByBrowsers', {
      params: {
        ...nameOf(input),
        host,
        families: families.map(({ id }) => id),
        isAll,
        ...(found && { settled: found.settled }),
      },
      actor: ownerOf(input),
      subject: listenerSubject(input),
      details: {
        at: proof!.at,
        code,
        ...(tls.protocol && { protocol: tls.protocol }),
        ...(tls.cipher && { cipher: tls.cipher }),
        ...(tls.group && { group: tls.group }),
        ...(found && {
          refusedBy: found.refusal.refuse.map(({ id }) => id).join(', '),
        }),
      },
    }),
  );
}

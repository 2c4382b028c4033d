import { remedyFor } from '../certificates/judge';
import { CLIENT_FAMILIES } from '../certificates/clients';
import {
  familiesInWords,
  reachOf,
  refusalOfHandshake,
  refusalOfKey,
  refusalOfSignature,
  type Handshake,
} from '../certificates/clients/refusals';
import type { ClientFamily, Refusal } from '../certificates/clients/types';
import { outcome, type Outcome } from '../findings/outcome';
import { VERDICT_REASONS as REASON } from '../findings/reasons';
import type { HostInput } from './input';
import { listenerSubject, ownersOf } from './listenerConditions';
import type { ProbeFacts } from './types';

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

interface Part {
  name: keyof Handshake;
  /** Completes "the gateway …". */
  says: (value: string) => string;
  /** What to do, naming the listener. */
  mend: (listener: string) => string;
}

/** In the order in which a server looks: with an old protocol go old ciphers, and with those other groups. */
const PARTS: readonly Part[] = [
  {
    name: 'protocol',
    says: protocol => `speaks ${protocol} and nothing newer`,
    mend: listener => `let listener ${listener} speak TLS 1.2 and TLS 1.3`,
  },
  {
    name: 'cipher',
    says: cipher => `uses the cipher ${cipher} and none that they offer`,
    mend: listener =>
      `let listener ${listener} use ciphers with ECDHE and AES-GCM`,
  },
  {
    name: 'group',
    says: group => `exchanges keys by ${group} and by nothing that they offer`,
    mend: listener =>
      `let listener ${listener} exchange keys by X25519 and P-256`,
  },
];

/** What the refused family does not offer of the handshake that got through. */
function explanationOf(tls: Tls) {
  for (const { name, says, mend } of PARTS) {
    const value = tls[name];
    if (value === undefined) continue;
    const refusal = refusalOfHandshake({ [name]: value });
    if (refuses(refusal, tls.refused!.offer)) {
      return { refusal, what: says(value), mend };
    }
  }
  return undefined;
}

const areRefused = (families: readonly ClientFamily[]) =>
  `${familiesInWords(families)} ${families.length > 1 ? 'get' : 'gets'}`;

/**
 * The gateway ends a handshake with what Chromium offers, and sets one up with all of OpenSSL: who else is refused follows from
 * what it has settled on.
 */
export function handshakeOutcome(input: HostInput): Outcome | undefined {
  const { proof, https, host } = input;
  const tls = proof?.tls;
  if (!tls?.refused || !https || isOfCertificate(tls)) return undefined;
  const { offer, code } = tls.refused;
  const { name } = https.listener;
  const todo = (what: string) => remedyFor(ownersOf(input), what);
  const details = {
    at: proof!.at,
    code,
    ...(tls.protocol && { protocol: tls.protocol }),
    ...(tls.cipher && { cipher: tls.cipher }),
    ...(tls.group && { group: tls.group }),
  };
  const found = explanationOf(tls);
  if (!found) {
    const [family] = CLIENT_FAMILIES.filter(({ id }) => id === offer);
    return outcome('Degraded', 'listener', {
      reason: REASON.tlsHandshakeRefused,
      message: `${family.name} gets no connection to ${host}: the gateway refuses the TLS handshake with what it offers, and takes another.`,
      remedy: todo(
        `compare the TLS settings of listener ${name} with what browsers offer`,
      ),
      subject: listenerSubject(input),
      details,
    });
  }
  const { refusal, what, mend } = found;
  const isAll = reachOf(refusal) === 'all';
  const browsers = refusal.refuse.filter(({ isBrowser }) => isBrowser);
  return outcome(isAll ? 'Broken' : 'Degraded', 'listener', {
    reason: REASON.tlsHandshakeRefused,
    message: `${
      isAll ? 'Browsers get' : areRefused(browsers)
    } no connection to ${host}: the gateway ${what}.`,
    remedy: todo(mend(name)),
    subject: listenerSubject(input),
    details: {
      ...details,
      refusedBy: refusal.refuse.map(({ id }) => id).join(', '),
    },
  });
}

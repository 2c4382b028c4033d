import { constants } from 'node:crypto';
import { createSecureContext, type SecureContextOptions } from 'node:tls';
import { CHROMIUM_OFFER } from 'backstage-plugin-networking-common';

/** What a handshake offers: what browsers of the Chromium family do, or all that OpenSSL has. */
export type Offer = 'chromium' | 'openssl';

/** Groups of elliptic curves, finite fields and their hybrids, down to those that nobody should use. */
const ALL_GROUPS = [
  'X25519MLKEM768',
  'X25519',
  'P-256',
  'P-384',
  'P-521',
  'X448',
  'P-224',
  'secp256k1',
  'brainpoolP256r1',
  'brainpoolP384r1',
  'brainpoolP512r1',
  'ffdhe2048',
  'ffdhe3072',
  'ffdhe4096',
  'SecP256r1MLKEM768',
  'SecP384r1MLKEM1024',
];

/** Anonymous handshakes have no certificate to judge, and without a shared secret PSK and SRP cannot begin. */
const ALL_CIPHERS = ['ALL', '!aNULL', '!PSK', '!SRP'];

/** Whether a client takes a key or a signature is judged by what it is known to take, and not by what OpenSSL recommends. */
const ANY_SECURITY = '@SECLEVEL=0';

/** OpenSSL 3.0 takes no list with a group that it does not know, such as the hybrids. */
function isKnown(group: string): boolean {
  try {
    createSecureContext({ ecdhCurve: group });
    return true;
  } catch {
    return false;
  }
}

/** Those that browsers send a key share for at once (RFC 8446, section 4.2.8), which saves a round trip. */
const WITH_SHARE = ['X25519MLKEM768', 'X25519'];

/** OpenSSL 3.5 marks such groups; before, the first has a share. */
const SHARE = '*';

function groupsOf(groups: readonly string[]): string {
  const mark = isKnown(`${SHARE}X25519`) ? SHARE : '';
  return groups
    .filter(isKnown)
    .map(group => (WITH_SHARE.includes(group) ? `${mark}${group}` : group))
    .join(':');
}

function optionsFor(offer: Offer): SecureContextOptions {
  // As browsers do: servers that do not know RFC 5746 are taken.
  const secureOptions = constants.SSL_OP_LEGACY_SERVER_CONNECT;
  if (offer === 'openssl') {
    return {
      minVersion: 'TLSv1',
      ciphers: [...ALL_CIPHERS, ANY_SECURITY].join(':'),
      ecdhCurve: groupsOf(ALL_GROUPS),
      secureOptions,
    };
  }
  const { minProtocol, signatureSchemes, groups = [] } = CHROMIUM_OFFER;
  return {
    minVersion: minProtocol,
    sigalgs: signatureSchemes.join(':'),
    ciphers: [...(CHROMIUM_OFFER.ciphers ?? []), ANY_SECURITY].join(':'),
    ecdhCurve: groupsOf(groups),
    secureOptions,
  };
}

const known = new Map<Offer, SecureContextOptions>();

/** The part of a TLS context that an offer makes. */
export function offerOptions(offer: Offer): SecureContextOptions {
  const options = known.get(offer) ?? optionsFor(offer);
  known.set(offer, options);
  return options;
}

import { blocking } from '../findings/blocking';
import { findingsOf } from '../findings/declare';
import type { Finding } from '../findings/types';
import { HOST_LABEL_SENTENCES } from '../sentences/hostLabel';
import { hostOf, isDnsLabel, MAX_HOST_LENGTH, MAX_LABEL_LENGTH } from './dns';
import { embeddedAddress } from './embeddedAddress';
import { shortHash } from './hash';
import type { HOST_LABEL_REASONS } from './hostLabelReasons';
import { asciiLabel, deceptionOf, type Deception } from './lookalikes';

const found = findingsOf<typeof HOST_LABEL_REASONS>(HOST_LABEL_SENTENCES);

/** One more than the eight hex digits that nip.io reads as an address. */
const HASH_LENGTH = 9;

/**
 * A DNS label (RFC 1123) for any text, the same for the same text: lower case, everything else than letters and
 * digits becomes a single dash. Names of more than 63 characters keep their beginning and get a hash of the whole.
 * Two names may give one label (`my.app` and `my-app`): the plan finds the host taken then.
 * @public
 */
export function hostLabelFromName(name: string): string {
  const label = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  if (label === '') return `host-${shortHash(name, HASH_LENGTH)}`;
  if (label.length <= MAX_LABEL_LENGTH) return label;
  const kept = label.slice(0, MAX_LABEL_LENGTH - HASH_LENGTH - 1);
  return `${kept.replace(/-$/, '')}-${shortHash(name, HASH_LENGTH)}`;
}

/**
 * Everything that forbids a host label, as blocking findings on the field `hostLabel`: it is no DNS label, too long
 * for a hostname under this suffix, taken for another label where browsers show its punycode decoded, read as an
 * address by nip.io, or reserved by the platform's admins.
 * An empty `dnsSuffix` means that it is not known; what depends on it is then left out.
 * @public
 */
export function checkHostLabel(
  label: string,
  options: {
    dnsSuffix: string;
    reservedHosts: readonly string[];
    allowLookalikes: boolean;
    cluster: string;
  },
): Finding[] {
  const { dnsSuffix, reservedHosts, allowLookalikes, cluster } = options;
  const shared = {
    actor: { is: 'reader' },
    subject: {
      kind: 'Host',
      name: label,
      ...(cluster !== '' && { cluster }),
      field: 'hostLabel',
    },
  } as const;

  if (label.length > MAX_LABEL_LENGTH) {
    return [
      blocking(
        found('HostTooLong', {
          params: { length: label.length, most: MAX_LABEL_LENGTH },
          ...shared,
        }),
      ),
    ];
  }
  if (!isDnsLabel(label)) {
    const punycode = punycodeOf(label);
    return [
      blocking(
        found('HostLabelInvalid', {
          params: {
            label,
            hasDot: label.includes('.'),
            ...(punycode !== undefined && { punycode }),
          },
          ...shared,
        }),
      ),
    ];
  }

  const findings: Finding[] = [];
  const host = hostOf(label, dnsSuffix);
  if (host.length > MAX_HOST_LENGTH) {
    findings.push(
      blocking(
        found('HostTooLong', {
          params: { host, length: host.length, most: MAX_HOST_LENGTH },
          ...shared,
        }),
      ),
    );
  }
  const deception = allowLookalikes ? undefined : deceptionOf(label);
  if (deception) {
    findings.push(blocking(deceptionFound(label, deception, shared)));
  }
  const address = embeddedAddress(label, dnsSuffix);
  if (address !== undefined) {
    findings.push(
      blocking(
        found('HostEmbedsAddress', {
          params: {
            host,
            dnsSuffix,
            address,
            family: address.includes(':') ? 6 : 4,
            instead: withoutNumbers(label),
          },
          ...shared,
          details: { address },
        }),
      ),
    );
  }
  if (reservedHosts.some(reserved => reserved.toLowerCase() === label)) {
    findings.push(
      blocking(
        found('HostReserved', { params: { label, cluster }, ...shared }),
      ),
    );
  }
  return findings;
}

function withoutNumbers(label: string): string {
  const words = label.split('-').filter(part => /[g-z]/.test(part));
  return words.length > 0 ? words.join('-') : 'my-app';
}

function deceptionFound(
  label: string,
  deception: Deception,
  shared: Pick<Finding, 'actor' | 'subject'>,
) {
  switch (deception.kind) {
    case 'undecodable':
      return found('HostLabelUndecodable', { params: { label }, ...shared });
    case 'lookalike': {
      const { decoded, looksLike } = deception;
      return found('HostLooksLikeAnother', {
        params: { label, decoded, looksLike },
        ...shared,
        details: { decoded, looksLike },
      });
    }
    default: {
      const { decoded, scripts } = deception;
      return found('HostMixesScripts', {
        params: { label, decoded, scripts },
        ...shared,
        details: {
          decoded,
          ...(scripts.length > 0 && { scripts: scripts.join(', ') }),
        },
      });
    }
  }
}

/** The punycode of a label in another script, where it may be asked for. */
function punycodeOf(label: string): string | undefined {
  const ascii = asciiLabel(label);
  if (ascii === undefined || ascii === label || !isDnsLabel(ascii)) {
    return undefined;
  }
  return deceptionOf(ascii) ? undefined : ascii;
}

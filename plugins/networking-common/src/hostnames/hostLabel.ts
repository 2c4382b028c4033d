import type { Finding } from '../verdicts/types';
import { hostOf, isDnsLabel, MAX_HOST_LENGTH, MAX_LABEL_LENGTH } from './dns';
import { embeddedAddress } from './embeddedAddress';
import { shortHash } from './hash';

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
 * for a hostname under this suffix, read as an address by nip.io, or reserved by the platform's admins.
 * An empty `dnsSuffix` means that it is not known; what depends on it is then left out.
 * @public
 */
export function checkHostLabel(
  label: string,
  options: {
    dnsSuffix: string;
    reservedHosts: readonly string[];
    cluster: string;
  },
): Finding[] {
  const { dnsSuffix, reservedHosts, cluster } = options;
  const refuse = (
    reason: string,
    message: string,
    remedy: string,
    details?: Record<string, string>,
  ): Finding => ({
    reason,
    severity: 'blocking',
    message,
    remedy,
    subject: {
      kind: 'Host',
      name: label,
      ...(cluster !== '' && { cluster }),
      field: 'hostLabel',
    },
    ...(details && { details }),
  });

  if (label.length > MAX_LABEL_LENGTH) {
    return [
      refuse(
        'HostTooLong',
        `No hostname can hold this host label: it has ${label.length} characters, and DNS allows ${MAX_LABEL_LENGTH}.`,
        `Shorten hostLabel to at most ${MAX_LABEL_LENGTH} characters.`,
      ),
    ];
  }
  if (!isDnsLabel(label)) {
    return [
      refuse(
        'HostLabelInvalid',
        label.includes('.')
          ? `Browsers would refuse the certificate for '${label}': the wildcard certificate covers exactly one label before the suffix, and this one has a dot.`
          : `'${label}' cannot be the first part of a hostname.`,
        'Set hostLabel to lower-case letters, digits and dashes, beginning and ending with a letter or digit.',
      ),
    ];
  }

  const findings: Finding[] = [];
  const host = hostOf(label, dnsSuffix);
  if (host.length > MAX_HOST_LENGTH) {
    findings.push(
      refuse(
        'HostTooLong',
        `The hostname '${host}' cannot exist: it has ${host.length} characters, and DNS allows ${MAX_HOST_LENGTH}.`,
        `Shorten hostLabel by at least ${
          host.length - MAX_HOST_LENGTH
        } characters.`,
      ),
    );
  }
  const address = embeddedAddress(label, dnsSuffix);
  if (address !== undefined) {
    const who = address.includes(':') ? 'Requests over IPv6' : 'Requests';
    findings.push(
      refuse(
        'HostEmbedsAddress',
        `${who} for ${host} would go to ${address}, a machine that is not this platform: the DNS service behind ${dnsSuffix} reads that address out of the host label.`,
        `Choose a host label that spells no address, such as '${withoutNumbers(
          label,
        )}'.`,
        { address },
      ),
    );
  }
  if (reservedHosts.some(reserved => reserved.toLowerCase() === label)) {
    findings.push(
      refuse(
        'HostReserved',
        `The host label '${label}' is reserved on cluster ${cluster}.`,
        `Choose another hostLabel, or ask the platform's admins to take '${label}' out of gateway.reserved_hosts.`,
      ),
    );
  }
  return findings;
}

function withoutNumbers(label: string): string {
  const words = label.split('-').filter(part => /[g-z]/.test(part));
  return words.length > 0 ? words.join('-') : 'my-app';
}

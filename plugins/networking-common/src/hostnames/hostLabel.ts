import type { Finding } from '../verdicts/types';
import { hostOf, isDnsLabel, MAX_HOST_LENGTH, MAX_LABEL_LENGTH } from './dns';
import { embeddedAddress } from './embeddedAddress';
import { shortHash } from './hash';
import { asciiLabel, deceptionOf, type Deception } from './lookalikes';

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

const DECEPTION_REASONS = {
  undecodable: 'HostLabelUndecodable',
  lookalike: 'HostLooksLikeAnother',
  mixed: 'HostMixesScripts',
} as const;

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
        `Set hostLabel to lower-case letters a-z, digits and dashes, beginning and ending with a letter or digit${orInPunycode(
          label,
        )}.`,
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
  const deception = allowLookalikes ? undefined : deceptionOf(label);
  if (deception) {
    findings.push(
      refuse(
        DECEPTION_REASONS[deception.kind],
        deceptionMessage(label, deception),
        "Choose a host label of letters a-z, digits and dashes, or ask the platform's admins to set gateway.allow_lookalikes.",
        detailsOf(deception),
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

function deceptionMessage(label: string, deception: Deception): string {
  switch (deception.kind) {
    case 'undecodable':
      return `Nobody can read '${label}': it begins as punycode does, and decodes to no label that browsers take.`;
    case 'lookalike':
      return `People would take '${label}' for '${deception.looksLike}': browsers show it as '${deception.decoded}'.`;
    default:
      return `People cannot tell what '${label}' is: browsers show it as '${
        deception.decoded
      }', which mixes ${
        deception.scripts.length > 0
          ? deception.scripts.join(' with ')
          : 'digits of several scripts'
      }.`;
  }
}

function detailsOf(deception: Deception): Record<string, string> | undefined {
  switch (deception.kind) {
    case 'lookalike':
      return { decoded: deception.decoded, looksLike: deception.looksLike };
    case 'mixed':
      return {
        decoded: deception.decoded,
        ...(deception.scripts.length > 0 && {
          scripts: deception.scripts.join(', '),
        }),
      };
    default:
      return undefined;
  }
}

/** The punycode of a label in another script, where it may be asked for. */
function orInPunycode(label: string): string {
  const ascii = asciiLabel(label);
  if (ascii === undefined || ascii === label || !isDnsLabel(ascii)) return '';
  return deceptionOf(ascii) ? '' : `; for '${label}', that is '${ascii}'`;
}

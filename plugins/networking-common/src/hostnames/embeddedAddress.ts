import { hostOf } from './dns';

// What the server behind nip.io and sslip.io reads out of a name, by its rules since 2025 (github.com/cunnie/sslip.io,
// xip/xip.go, NameToA and NameToAAAA). Of several matches of one form the leftmost counts. An octet has no leading zero.
const OCTET = '(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)';
const DASHED = new RegExp(`(?:^|[.-])(${OCTET}(?:-${OCTET}){3})(?:$|[.-])`);
const DOTTED = new RegExp(`(?:^|[.-])(${OCTET}(?:\\.${OCTET}){3})(?:$|[.-])`);
const HEX_IPV4 = /(?:^|[.-])([0-9a-f]{8})(?:$|[.-])/;
const HEX_IPV6 = /(?:^|\.)([0-9a-f]{32})(?:$|\.)/;
const ADDRESS_DOMAIN = /(?:^|\.)(?:nip|sslip)\.io$/;

/**
 * The foreign address that nip.io or sslip.io would answer for `<label>.<dnsSuffix>` instead of, or beside, the suffix's own.
 * Of the name an A answer takes four numbers joined by dashes, else four joined by dots, else eight hex digits between dots or
 * dashes; an AAAA answer takes an IPv6 address with dashes for its colons, else 32 hex digits that fill a label. Each
 * query is answered by itself: a name with a foreign IPv6 address is foreign although its A answer is the suffix's own.
 * Undefined where the answers stay the suffix's own, and for other suffixes.
 * @public
 */
export function embeddedAddress(
  label: string,
  dnsSuffix: string,
): string | undefined {
  const suffix = dnsSuffix.toLowerCase().replace(/\.$/, '');
  if (!ADDRESS_DOMAIN.test(suffix)) return undefined;
  const host = hostOf(label.toLowerCase(), suffix);
  return [ipv4Answer, ipv6Answer]
    .map(answer => ({ own: answer(suffix), found: answer(host) }))
    .find(({ own, found }) => found !== undefined && found !== own)?.found;
}

/** {@link embeddedAddress} of a whole hostname; undefined where it does not end in the suffix. */
export function embeddedAddressOf(
  host: string,
  dnsSuffix: string,
): string | undefined {
  const end = `.${dnsSuffix.toLowerCase().replace(/\.$/, '')}`;
  const name = host.toLowerCase().replace(/\.$/, '');
  return name.endsWith(end)
    ? embeddedAddress(name.slice(0, -end.length), dnsSuffix)
    : undefined;
}

function ipv4Answer(host: string): string | undefined {
  const text = (DASHED.exec(host) ?? DOTTED.exec(host))?.[1];
  if (text !== undefined) return text.replace(/-/g, '.');
  return HEX_IPV4.exec(host)?.[1]
    .match(/../g)
    ?.map(byte => parseInt(byte, 16))
    .join('.');
}

function ipv6Answer(host: string): string | undefined {
  const hex = () => HEX_IPV6.exec(host)?.[1].match(/.{4}/g)?.join(':');
  return dashedIpv6(host) ?? hex();
}

const isBound = (character: string | undefined) =>
  character === undefined || character === '-' || character === '.';

/** Every form of a dashed IPv6 address has one of these, and hardly any other name does. */
const MAY_BE_IPV6 = /--|(?:[0-9a-f]{1,4}-){7}/;

/** The longest of the leftmost parts between dots, dashes or the ends that is an IPv6 address with `-` for `:`. */
function dashedIpv6(host: string): string | undefined {
  if (!MAY_BE_IPV6.test(host)) return undefined;
  for (let start = 0; start < host.length; start++) {
    if (!isBound(host[start - 1])) continue;
    for (let end = host.length; end > start; end--) {
      if (!isBound(host[end])) continue;
      const address = host.slice(start, end).replace(/-/g, ':');
      if (isIpv6(address)) return address;
    }
  }
  return undefined;
}

/** RFC 4291, section 2.2, forms 1 and 2: form 3 holds dots, and then the A answer is foreign as well. */
function isIpv6(text: string): boolean {
  const halves = text.split('::');
  if (halves.length > 2) return false;
  const groups = halves.flatMap(half => (half === '' ? [] : half.split(':')));
  if (!groups.every(group => /^[0-9a-f]{1,4}$/.test(group))) return false;
  return halves.length === 2 ? groups.length <= 7 : groups.length === 8;
}

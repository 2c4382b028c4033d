import { hostOf } from './dns';

// The rules of the server behind nip.io and sslip.io (github.com/cunnie/sslip.io, xip/xip.go): in the whole name,
// dashes are tried before dots and both before eight hex digits that fill a label; of several the leftmost counts.
const OCTET = '(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)';
const DASHED = new RegExp(`(?:^|[.-])(${OCTET}(?:-${OCTET}){3})(?:$|[.-])`);
const DOTTED = new RegExp(`(?:^|[.-])(${OCTET}(?:\\.${OCTET}){3})(?:$|[.-])`);
const HEX = /(?:^|\.)([0-9a-f]{8})(?:$|\.)/;
const ADDRESS_DOMAIN = /(?:^|\.)(?:nip|sslip)\.io$/;

/**
 * The foreign address that nip.io or sslip.io would answer for `<label>.<dnsSuffix>` instead of the suffix's own: the
 * leftmost four numbers joined by dashes (then by dots, then eight hex digits as a whole label) of the name, or an
 * IPv6 address written with dashes. Undefined where the answer stays the suffix's own, and for other suffixes.
 * @public
 */
export function embeddedAddress(
  label: string,
  dnsSuffix: string,
): string | undefined {
  const suffix = dnsSuffix.toLowerCase().replace(/\.$/, '');
  if (!ADDRESS_DOMAIN.test(suffix)) return undefined;
  const ipv4 = ipv4Answer(hostOf(label.toLowerCase(), suffix));
  if (ipv4 !== undefined && ipv4 !== ipv4Answer(suffix)) return ipv4;
  return embeddedIpv6(label.toLowerCase());
}

function ipv4Answer(host: string): string | undefined {
  const text = (DASHED.exec(host) ?? DOTTED.exec(host))?.[1];
  if (text !== undefined) return text.split(/[.-]/).map(Number).join('.');
  const hex = HEX.exec(host)?.[1];
  return hex
    ?.match(/../g)
    ?.map(byte => parseInt(byte, 16))
    .join('.');
}

/** The leftmost part of a label, bounded by dashes or the label's ends, that is an IPv6 address with `-` for `:`. */
function embeddedIpv6(label: string): string | undefined {
  for (let start = 0; start < label.length; start++) {
    if (start > 0 && label[start - 1] !== '-') continue;
    for (let end = label.length; end > start; end--) {
      if (end < label.length && label[end] !== '-') continue;
      const address = label.slice(start, end).replace(/-/g, ':');
      if (isIpv6(address)) return address;
    }
  }
  return undefined;
}

/** RFC 4291, section 2.2, forms 1 and 2. */
function isIpv6(text: string): boolean {
  const halves = text.split('::');
  if (halves.length > 2) return false;
  const groups = halves.flatMap(half => (half === '' ? [] : half.split(':')));
  if (!groups.every(group => /^[0-9a-f]{1,4}$/.test(group))) return false;
  return halves.length === 2 ? groups.length <= 7 : groups.length === 8;
}

import { isDnsLabel } from '../hostnames/dns';
import { isInvisiblyWrong } from './characters';
import { parseGoDuration } from './durations';

/** A value that a setting can have. @public */
export type SettingValue = string | number | boolean | string[];

/** Says whether a value is acceptable, and in words what would be. */
export interface ValueCheck {
  type:
    | 'string'
    | 'integer'
    | 'true or false'
    | 'list of strings'
    | 'string or list of strings';
  /** Completes "expected …". */
  expects: string;
  accepts(value: unknown): value is SettingValue;
}

const HOUR = 3_600_000;

/** RFC 1123 subdomain, lower case. */
export const isDnsName = (text: string, limit = 253): boolean =>
  text.length <= limit && text.split('.').every(isDnsLabel);

/** Dotted IPv4 without leading zeros, which some resolvers read as octal. */
export const isIpv4 = (text: string): boolean =>
  /^((25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(\.(?!$)|$)){4}$/.test(text);

/** IPv6 in any of the forms of RFC 4291 section 2.2, without a zone. */
export function isIpv6(text: string): boolean {
  if (!/^[0-9a-fA-F:.]+$/.test(text)) return false;
  const halves = text.split('::');
  if (halves.length > 2) return false;
  const groups = (half: string) => (half === '' ? [] : half.split(':'));
  const all = halves.flatMap(groups);
  const tail = all[all.length - 1];
  const embedsIpv4 = tail?.includes('.') ?? false;
  if (embedsIpv4 && (!isIpv4(tail) || text.endsWith('::'))) return false;
  const hex = embedsIpv4 ? all.slice(0, -1) : all;
  if (!hex.every(group => /^[0-9a-fA-F]{1,4}$/.test(group))) return false;
  const count = hex.length + (embedsIpv4 ? 2 : 0);
  return halves.length === 2 ? count < 8 : count === 8;
}

const isPort = (value: unknown): value is number =>
  Number.isInteger(value) &&
  (value as number) >= 1 &&
  (value as number) <= 65535;

function textCheck(
  expects: string,
  test: (value: string) => boolean,
): ValueCheck {
  return {
    type: 'string',
    expects,
    accepts: (value): value is string =>
      typeof value === 'string' && test(value),
  };
}

const integerCheck = (from: number, to: number): ValueCheck => ({
  type: 'integer',
  expects: `a whole number from ${from} to ${to}, without quotes`,
  accepts: (value): value is number =>
    Number.isInteger(value) &&
    (value as number) >= from &&
    (value as number) <= to,
});

const isListOf = (test: (value: string) => boolean, value: unknown) =>
  Array.isArray(value) &&
  value.every(item => typeof item === 'string' && test(item));

function listCheck(
  expects: string,
  test: (value: string) => boolean,
): ValueCheck {
  return {
    type: 'list of strings',
    expects,
    accepts: (value): value is string[] => isListOf(test, value),
  };
}

/**
 * Splits `192.0.2.1:443`, `[2001:db8::1]:443` or a bare address. Undefined for anything else, host names above all: a
 * name would let DNS decide what the probe dials.
 * @public
 */
export function parseAddress(
  value: string,
): { ip: string; port?: number } | undefined {
  if (isIpv4(value) || isIpv6(value)) return { ip: value };
  const match = /^(?:\[([^\]]*)\]|([^:]*))(?::([1-9]\d{0,4}))?$/.exec(value);
  if (!match) return undefined;
  const [, v6, v4, digits] = match;
  const port = digits === undefined ? undefined : Number(digits);
  if (port !== undefined && !isPort(port)) return undefined;
  if (v6 !== undefined) return isIpv6(v6) ? { ip: v6, port } : undefined;
  return isIpv4(v4) ? { ip: v4, port } : undefined;
}

/** The probe address of a gateway that is not to be dialled. */
export const NO_PROBE = 'none';

/** The kinds of value that settings take. */
export const CHECKS = {
  port: {
    type: 'integer',
    expects: 'a port number from 1 to 65535, without quotes',
    accepts: isPort,
  } satisfies ValueCheck,
  ipv4OrEmpty: textCheck(
    'an IPv4 address in quotes such as "192.168.1.20", or "" to have it computed',
    value => value === '' || isIpv4(value),
  ),
  // A host label, a dot and the suffix have to fit the 253 characters of a name.
  dnsSuffixOrEmpty: textCheck(
    'a DNS name in lower case such as "192-168-1-20.nip.io", without leading dot or "*", or "" to have it computed',
    value => value === '' || isDnsName(value, 251),
  ),
  objectName: textCheck(
    'the name of a Kubernetes object: lower-case letters, digits, "-" and "."',
    value => isDnsName(value),
  ),
  objectNameOrEmpty: textCheck(
    'the name of a Kubernetes object, or "" for none',
    value => value === '' || isDnsName(value),
  ),
  namespace: textCheck(
    'the name of a namespace: lower-case letters, digits and "-"',
    isDnsLabel,
  ),
  // Pattern of GatewayController in the Gateway API's v1 types.
  controller: textCheck(
    'a controller name with a domain and a path such as "io.cilium/gateway-controller"',
    value =>
      value.length <= 253 &&
      /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\/[A-Za-z0-9/\-._~%!$&'()*+,;=:]+$/.test(
        value,
      ),
  ),
  namespacesOrAll: {
    type: 'string or list of strings',
    expects: '"All" or a list of namespaces such as ["shop", "docs"]',
    accepts: (value: unknown): value is SettingValue =>
      value === 'All' ||
      (isListOf(isDnsLabel, value) && (value as string[]).length > 0),
  } satisfies ValueCheck,
  hostLabels: listCheck(
    'a list of host labels such as ["admin", "auth"]',
    isDnsLabel,
  ),
  trueOrFalse: {
    type: 'true or false',
    expects: 'true or false, without quotes',
    accepts: (value: unknown): value is SettingValue =>
      typeof value === 'boolean',
  } satisfies ValueCheck,
  probeAddressOrEmpty: textCheck(
    'an IP address with an optional port such as "192.168.1.20:443" or "[2001:db8::1]:443", or "none"; host names are not taken',
    value =>
      value === '' || value === NO_PROBE || parseAddress(value) !== undefined,
  ),
  // cert-manager refuses shorter ones: a Certificate's duration is at least 1h, its renewBefore at least 5m.
  duration: textCheck(
    'a duration of at least one hour in hours, minutes or seconds such as "8760h"',
    value => (parseGoDuration(value) ?? 0) >= HOUR,
  ),
  renewBefore: textCheck(
    'a duration of at least five minutes in hours, minutes or seconds such as "720h"',
    value => (parseGoDuration(value) ?? 0) >= HOUR / 12,
  ),
  interval: textCheck(
    'a duration of at least one minute in hours, minutes or seconds such as "1m"',
    value => (parseGoDuration(value) ?? 0) >= HOUR / 60,
  ),
  concurrency: integerCheck(1, 64),
  // Shorter ones were never issued by anyone whom browsers trust.
  rsaBits: integerCheck(1024, 16384),
  resolver: textCheck(
    'an IP address with an optional port such as "192.168.1.1" or "[2001:db8::1]:53", "system" or "off"',
    value =>
      ['off', 'system'].includes(value) || parseAddress(value) !== undefined,
  ),
  caPemOrEmpty: textCheck(
    'certificates in PEM form, without any private key, or "" for none',
    value =>
      value === '' ||
      (/-----BEGIN CERTIFICATE-----[\s\S]+-----END CERTIFICATE-----/.test(
        value,
      ) &&
        !value.includes('PRIVATE KEY')),
  ),
  groups: listCheck(
    'a list of owner groups such as ["group:default/team-shop"]',
    value => value.trim() !== '' && !isInvisiblyWrong(value),
  ),
} as const;

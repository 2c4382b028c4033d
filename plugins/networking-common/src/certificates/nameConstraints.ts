/**
 * Names that a CA may sign (RFC 5280, section 4.2.1.10), each as its kind and text: `DNS:example.org`, `IP:10.0.0.0/8`,
 * `IP:10.0.0.0/255.0.255.0`, `URI:.example.org`, `email:example.org`, `DirName:O=Example`.
 * @public
 */
export interface NameConstraints {
  /** Of a kind that is named here a name has to be within one of them; of another kind every name is permitted. */
  permitted: string[];
  excluded: string[];
}

type Matches = (name: string, base: string) => boolean;

const plain = (text: string) => text.toLowerCase().replace(/\.$/, '');

/** With a leading dot OpenSSL and Chromium take a name below it, and not the domain itself. */
const isWithinDomain: Matches = (name, base) =>
  base === '' ||
  name === base ||
  name.endsWith(base.startsWith('.') ? base : `.${base}`);

/** Of what a wildcard stands for, some may be excluded: Chromium then refuses the whole. */
const overlapsDomain: Matches = (name, base) =>
  isWithinDomain(name, base) ||
  (name.startsWith('*.') &&
    base.includes('.') &&
    base.slice(base.indexOf('.') + 1) === name.slice(2));

function bytesOf(address: string): number[] | undefined {
  if (/^\d+(\.\d+){3}$/.test(address)) return address.split('.').map(Number);
  if (!address.includes(':')) return undefined;
  const [head, tail] = address.split('::').map(part => part.split(':'));
  const groups = [head, tail ?? []].map(part => part.filter(Boolean));
  const gap = tail ? 8 - groups[0].length - groups[1].length : 0;
  const all = [
    ...groups[0],
    ...Array(Math.max(0, gap)).fill('0'),
    ...groups[1],
  ];
  if (all.length !== 8) return undefined;
  return all.flatMap(group => {
    const value = parseInt(group, 16);
    return [Math.floor(value / 256), value % 256];
  });
}

function maskOf(text: string, length: number): number[] | undefined {
  if (!/^\d+$/.test(text)) return bytesOf(text);
  return Array.from({ length }, (_, index) => {
    const bits = Math.min(8, Math.max(0, Number(text) - index * 8));
    return 256 - 2 ** (8 - bits);
  });
}

const isWithinNetwork: Matches = (name, base) => {
  const [network, mask = ''] = base.split('/');
  const address = bytesOf(name);
  const start = bytesOf(network);
  if (!address || !start || address.length !== start.length) return false;
  const bits = maskOf(mask, start.length);
  return address.every(
    (byte, index) =>
      // eslint-disable-next-line no-bitwise -- a mask
      (byte & (bits?.[index] ?? 255)) ===
      (start[index] & (bits?.[index] ?? 255)),
  );
};

/** Of a host: a domain with a leading dot means all below it, and one without that host alone. */
const isHost: Matches = (host, base) =>
  base === '' || (base.startsWith('.') ? host.endsWith(base) : host === base);

const isWithinUri: Matches = (name, base) => {
  const [, host] =
    /^[a-z][a-z0-9+.-]*:\/\/(?:[^@/?#]*@)?([^:/?#]+)/.exec(name) ?? [];
  return host !== undefined && isHost(host, base);
};

const isMailbox: Matches = (name, base) =>
  base.includes('@') ? name === base : isHost(name.replace(/^.*@/, ''), base);

const MATCHES: Readonly<
  Record<string, { within: Matches; overlaps: Matches }>
> = {
  DNS: { within: isWithinDomain, overlaps: overlapsDomain },
  IP: { within: isWithinNetwork, overlaps: isWithinNetwork },
  URI: { within: isWithinUri, overlaps: isWithinUri },
  email: { within: isMailbox, overlaps: isMailbox },
};

const kindOf = (text: string) => text.slice(0, text.indexOf(':'));
const valueOf = (text: string) => plain(text.slice(text.indexOf(':') + 1));

/**
 * The first of these names that a CA with such constraints may not sign, and why: no permitted subtree holds it, or an excluded
 * one does. Names of other kinds than DNS, IP, URI and email are not judged. Never throws.
 *
 * @param names - as kind and text, a wildcard included: `DNS:*.example.org`, `IP:10.0.0.1`
 * @public
 */
export function refusedName(
  names: readonly string[],
  { permitted, excluded }: NameConstraints,
): { name: string; by: 'permitted' | 'excluded' } | undefined {
  for (const name of names) {
    const kind = kindOf(name);
    const matches = MATCHES[kind];
    if (!matches) continue;
    const value = valueOf(name);
    const ofKind = (all: readonly string[]) =>
      all.filter(base => kindOf(base) === kind).map(valueOf);
    const allowed = ofKind(permitted);
    if (
      allowed.length > 0 &&
      !allowed.some(base => matches.within(value, base))
    ) {
      return { name, by: 'permitted' };
    }
    if (ofKind(excluded).some(base => matches.overlaps(value, base))) {
      return { name, by: 'excluded' };
    }
  }
  return undefined;
}

import type { NameConstraints } from 'backstage-plugin-networking-common';

/** One value of DER. */
interface Element {
  tag: number;
  body: Buffer;
}

/** The elements of a constructed value (X.690, section 8.1). Throws where it is none. */
function elementsOf(value: Buffer): Element[] {
  const found: Element[] = [];
  let at = 0;
  while (at < value.length) {
    const tag = value[at];
    let length = value[at + 1];
    let start = at + 2;
    if (length >= 0x80) {
      const size = length - 0x80;
      if (size === 0 || size > 4) throw new RangeError('No DER length');
      length = value.readUIntBE(start, size);
      start += size;
    }
    if (!(start + length <= value.length)) throw new RangeError('Cut short');
    found.push({ tag, body: value.subarray(start, start + length) });
    at = start + length;
  }
  return found;
}

const inside = (value: Buffer) => elementsOf(elementsOf(value)[0].body);

function addressOf(bytes: Buffer): string {
  if (bytes.length === 4) return bytes.join('.');
  const groups = bytes.toString('hex').match(/.{4}/g) ?? [];
  return new URL(`http://[${groups.join(':')}]`).hostname.slice(1, -1);
}

/** `10.0.0.0/8`, or with the mask as an address where its bits do not hang together. */
function networkOf(bytes: Buffer): string {
  const half = bytes.length / 2;
  const mask = bytes.subarray(half);
  const bits = [...mask]
    .map(byte => byte.toString(2).padStart(8, '0'))
    .join('');
  const length = bits.indexOf('0') === -1 ? bits.length : bits.indexOf('0');
  return `${addressOf(bytes.subarray(0, half))}/${
    bits.slice(length).includes('1') ? addressOf(mask) : length
  }`;
}

/** Attributes of a directory name in order, as OpenSSL compares them: type, and text without regard to case and blanks. */
export function attributesOf(name: Buffer): string[] {
  return inside(name).map(({ body }) =>
    elementsOf(body)
      .map(attribute => {
        const [type, value] = elementsOf(attribute.body);
        const text = value.body.toString('utf8').trim();
        return `${type.body.toString('hex')}=${text
          .replace(/\s+/g, ' ')
          .toLowerCase()}`;
      })
      .sort()
      .join('+'),
  );
}

const TEXTS: Readonly<Record<number, string>> = {
  0x81: 'email',
  0x82: 'DNS',
  0x86: 'URI',
};
const DIRECTORY = 0xa4;
const IP = 0x87;

function nameOf(
  { tag, body }: Element,
  isNetwork: boolean,
): string | undefined {
  if (tag in TEXTS) return `${TEXTS[tag]}:${body.toString('latin1')}`;
  if (tag === IP) {
    const size = isNetwork ? body.length / 2 : body.length;
    if (size !== 4 && size !== 16) return undefined;
    return `IP:${isNetwork ? networkOf(body) : addressOf(body)}`;
  }
  return tag === DIRECTORY
    ? `DirName:${attributesOf(body).join('/')}`
    : undefined;
}

const MAX_NAMES = 200;

/** Of a subjectAltName extension (RFC 5280, section 4.2.1.6) all but DNS names. */
export function otherNamesOf(value: Buffer): string[] {
  return inside(value)
    .flatMap(element => nameOf(element, false) ?? [])
    .filter(name => !name.startsWith('DNS:'))
    .slice(0, MAX_NAMES);
}

/** Of a nameConstraints extension (RFC 5280, section 4.2.1.10). Kinds of names that nobody uses are left out. */
export function nameConstraintsOf(value: Buffer): NameConstraints {
  const subtrees = (tag: number) =>
    inside(value)
      .filter(element => element.tag === tag)
      .flatMap(({ body }) => elementsOf(body))
      .flatMap(({ body }) => nameOf(elementsOf(body)[0], true) ?? [])
      .slice(0, MAX_NAMES);
  return { permitted: subtrees(0xa0), excluded: subtrees(0xa1) };
}

/** Do subtrees have a minimum or maximum, which RFC 5280 forbids and clients refuse? */
export const hasDistances = (value: Buffer): boolean =>
  inside(value).some(({ body }) =>
    elementsOf(body).some(subtree => {
      const [, ...distances] = elementsOf(subtree.body);
      return distances.some(
        ({ tag, body: distance }) => tag !== 0x80 || distance.some(Boolean),
      );
    }),
  );

/** URLs of a certificate's issuer in authorityInfoAccess (RFC 5280, section 4.2.2.1); clients fetch `http:` alone. */
export function caIssuersOf(value: Buffer): string[] {
  const CA_ISSUERS = '2b06010505073002';
  return inside(value)
    .map(({ body }) => elementsOf(body))
    .filter(
      ([method, place]) =>
        method?.body.toString('hex') === CA_ISSUERS && place?.tag === 0x86,
    )
    .map(([, place]) => place.body.toString('latin1'))
    .filter(url => /^http:\/\/[\x21-\x7e]+$/i.test(url))
    .slice(0, 3);
}

/** Does a directory name begin with all attributes of one of these bases, and of which none is excluded? */
export function isDirectoryRefused(
  attributes: readonly string[],
  { permitted, excluded }: NameConstraints,
): boolean {
  if (attributes.length === 0) return false;
  const text = `${attributes.join('/')}/`;
  const within = (bases: readonly string[]) =>
    bases
      .filter(base => base.startsWith('DirName:'))
      .map(base => base.slice('DirName:'.length));
  const isIn = (base: string) => base === '' || text.startsWith(`${base}/`);
  const allowed = within(permitted);
  return (
    (allowed.length > 0 && !allowed.some(isIn)) || within(excluded).some(isIn)
  );
}

/**
 * Does a certificate with these DNS names cover a host? A wildcard stands for exactly one whole leftmost label
 * (RFC 9525, section 6.3; before it RFC 6125), unlike the hostname of a Gateway's listener, and never for all names of a
 * top-level domain, which browsers refuse. Case and a root dot do not matter; a host in Unicode is compared as the A-labels that
 * certificates hold (RFC 9525, section 6.2). The host itself may not be a wildcard.
 * @public
 */
export function coversHost(dnsNames: readonly string[], host: string): boolean {
  const wanted = labelsOf(host);
  if (!wanted || wanted.some(label => label.includes('*'))) return false;
  return dnsNames.some(dnsName => {
    const labels = labelsOf(dnsName);
    if (!labels || labels.length !== wanted.length) return false;
    const isWildcard = labels[0] === '*' && labels.length > 2;
    return labels.every(
      (label, index) =>
        (isWildcard && index === 0) ||
        (label === wanted[index] && !label.includes('*')),
    );
  });
}

const ASCII = /^[\x21-\x7e]+$/;

/** The labels of a name, in lower case and in ASCII; undefined for what is no name. */
function labelsOf(name: string): string[] | undefined {
  const ascii = ASCII.test(name) ? name : toAscii(name);
  const labels = ascii?.toLowerCase().replace(/\.$/, '').split('.');
  return labels?.includes('') ? undefined : labels;
}

/** IDNA's ToASCII, as the URL standard applies it to hosts. */
function toAscii(name: string): string | undefined {
  // Nothing of what a URL holds besides a host.
  if (/[\s/?#@:[\]\\%]/.test(name)) return undefined;
  try {
    return new URL(`https://${name}`).hostname;
  } catch {
    return undefined;
  }
}

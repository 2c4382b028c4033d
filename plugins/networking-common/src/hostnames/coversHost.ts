/**
 * Does a certificate with these DNS names cover a host? A wildcard stands for exactly one whole leftmost label
 * (RFC 9525, section 6.3; before it RFC 6125), unlike the hostname of a Gateway's listener. The host itself may not
 * be a wildcard.
 * @public
 */
export function coversHost(dnsNames: readonly string[], host: string): boolean {
  const wanted = normalize(host);
  if (wanted === '' || wanted.includes('*')) return false;
  const dot = wanted.indexOf('.');
  const wildcard = dot > 0 ? `*${wanted.slice(dot)}` : undefined;
  return dnsNames.some(dnsName => {
    const name = normalize(dnsName);
    return name === wanted || (wildcard !== undefined && name === wildcard);
  });
}

function normalize(name: string): string {
  return name.toLowerCase().replace(/\.$/, '');
}

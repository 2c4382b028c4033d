/**
 * Is this an address that resolvers with a protection against DNS rebinding leave out of their answers: private (RFC 1918,
 * RFC 4193), loopback, link-local, or shared (RFC 6598)?
 */
export function isPrivateAddress(address: string): boolean {
  const octets = address.split('.').map(Number);
  if (octets.length === 4 && octets.every(octet => octet >= 0 && octet < 256)) {
    const [a, b] = octets;
    return (
      a === 10 ||
      a === 127 ||
      (a === 172 && b >= 16 && b < 32) ||
      (a === 192 && b === 168) ||
      (a === 169 && b === 254) ||
      (a === 100 && b >= 64 && b < 128)
    );
  }
  return address === '::1' || /^f([cd]|e[89ab])[0-9a-f]{0,2}:/i.test(address);
}

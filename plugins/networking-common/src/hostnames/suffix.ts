import { InputError } from '@backstage/errors';

const OCTET = /^(?:0|[1-9]\d{0,2})$/;

/**
 * The DNS suffix under which nip.io answers with an address: `192.168.1.20` gives `192-168-1-20.nip.io`.
 * @throws InputError for anything but an IPv4 address in dotted decimal.
 * @public
 */
export function dnsSuffixFromAddress(ipv4: string): string {
  const octets = ipv4.split('.');
  const valid =
    octets.length === 4 &&
    octets.every(octet => OCTET.test(octet) && Number(octet) <= 255);
  if (!valid) {
    throw new InputError(
      `'${ipv4}' is not an IPv4 address such as 192.168.1.20. Set network.lan_ip to the address of this machine, or network.dns_suffix to a suffix of your own.`,
    );
  }
  return `${octets.join('-')}.nip.io`;
}

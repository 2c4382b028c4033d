import type { DnsFacts } from 'backstage-plugin-networking-common';

const resolverOf = ({ resolver }: DnsFacts) =>
  resolver === 'system' ? "this system's resolver" : `resolver ${resolver}`;

/** Where a host's name leads, and what to do where that is not the gateway. */
export function dnsWords(
  host: string,
  dns: DnsFacts | undefined,
): { isGood?: boolean; message: string; remedy?: string } {
  if (!dns) {
    return {
      message:
        'Not checked: whether this name leads to the gateway is not known.',
    };
  }
  const { expected, addresses } = dns;
  const asked = resolverOf(dns);
  switch (dns.state) {
    case 'expected':
      return {
        isGood: true,
        message: `${host} leads to ${expected}, the gateway, by ${asked}.`,
      };
    case 'other':
      return {
        isGood: false,
        message: `Requests for ${host} go to ${addresses.join(
          ', ',
        )} and not to the gateway at ${expected}, by ${asked}.`,
        remedy: `Point the name at ${expected} alone.`,
      };
    case 'empty':
      return {
        isGood: false,
        message: `Clients do not find ${host}: ${asked} gives no address, as those do that filter private ones.`,
        remedy: `Allow private addresses for this name in the resolver or router (rebind protection), or put the line "${expected} ${host}" into the hosts file of the client.`,
      };
    default:
      return {
        message: `Where ${host} leads is not known: ${asked} did not answer${
          dns.code ? ` (${dns.code})` : ''
        }.`,
        remedy:
          'Check that the resolver in [probe] resolver of config.toml answers.',
      };
  }
}

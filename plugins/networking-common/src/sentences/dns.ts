import type { SentencesOf } from '../findings/declare';
import type { DNS_REASONS } from '../verdicts/dnsReasons';

const resolverWords = (resolver: string) =>
  resolver === 'system'
    ? "Backstage's own resolver"
    : `the resolver ${resolver}`;

/** Of the findings about where the name of a host leads. */
export const DNS_SENTENCES: SentencesOf<typeof DNS_REASONS> = {
  DnsLeadsToGateway: ({ host, addresses }) => ({
    message: `${host} points to the gateway (${addresses.join(', ')}).`,
  }),
  DnsLeadsElsewhere: ({ host, expected, addresses, embedded }) => {
    const found = addresses.join(', ') || 'another address';
    return {
      message: addresses.includes(expected)
        ? `Some people end up elsewhere: ${host} points to ${found}, and only ${expected} is the gateway.`
        : `People end up elsewhere: ${host} points to ${found}, and the gateway is at ${expected}.`,
      remedy: embedded
        ? `Use a subdomain that doesn't contain an IP address, or ask the platform's admins to check lan_ip in [network]: the suffix is ${
            embedded.dnsSuffix ?? 'unknown'
          }.`
        : `Ask whoever runs the DNS of ${host} to point it to ${expected} only.`,
    };
  },
  DnsLeadsNowhere: ({ host, resolver, expected }) => ({
    message: `People may not reach ${host}: ${resolverWords(
      resolver,
    )} has no address for it.`,
    remedy: `Ask whoever runs the DNS of ${host} for a record that points to ${expected}.`,
  }),
  DnsFiltersPrivateAddresses: ({ host, resolver, expected, domain }) => ({
    message: `People may not reach ${host}: ${resolverWords(
      resolver,
    )} drops private addresses such as ${expected} from its answers.`,
    remedy: `Allow ${domain} in the resolver's DNS rebinding protection. If that's not possible: use another resolver, answer for ${domain} in your own network, add "${expected} ${host}" to your hosts file, or ask the platform's admins for a DNS suffix of your own.`,
  }),
  DnsFailed: ({ host, resolver, code }) => ({
    message: `Couldn't check whether ${host} resolves: ${resolverWords(
      resolver,
    )} doesn't answer${code === undefined ? '' : ` (${code})`}.`,
    remedy:
      "Ask the platform's admins to check [probe] resolver, and whether Backstage can reach it.",
  }),
  DnsNotChecked: ({ host, isOff }) => ({
    message: `DNS of ${host}: ${
      isOff ? 'not checked (turned off by the platform)' : 'not checked yet'
    }.`,
  }),
  HostEmbedsAddress: ({ host, dnsSuffix, address, family }) => ({
    message: `${
      family === 6 ? 'People with IPv6' : 'People'
    } end up elsewhere: the DNS service of ${dnsSuffix} reads ${address} out of ${host}.`,
    remedy: "Use a subdomain that doesn't look like an IP address.",
  }),
};

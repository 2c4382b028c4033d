import { outcome, type Outcome } from '../findings/outcome';
import { VERDICT_REASONS as REASON } from '../findings/reasons';
import { embeddedAddressOf } from '../hostnames/embeddedAddress';
import { isPrivateAddress } from '../hostnames/privateAddress';
import { isConcreteHost } from './reach';
import type { HostInput } from './input';
import type { DnsFacts, DnsStatus } from './types';

/** Names of which the address is in the name itself: their server answers for every one of them. */
const ADDRESS_DOMAIN = /(?:^|\.)((?:nip|sslip)\.io)$/;

const say = (
  input: HostInput,
  word: 'Degraded' | undefined,
  reason: string,
  message: string,
  remedy?: string,
  dns?: DnsFacts,
): Outcome =>
  outcome(word, 'address', {
    reason,
    message,
    ...(remedy !== undefined && { remedy }),
    subject: input.subject,
    ...(dns && {
      details: {
        resolver: dns.resolver,
        expected: dns.expected,
        addresses: dns.addresses.join(', '),
        ...(dns.code && { code: dns.code }),
      },
    }),
  });

const resolverName = (resolver: string) =>
  resolver === 'system'
    ? 'the resolver of this machine'
    : `resolver ${resolver}`;

/** No address at all: a filter against DNS rebinding drops private ones, or there is no record. */
function leadsNowhere(input: HostInput, dns: DnsFacts): Outcome {
  const { host } = input;
  const { expected, resolver } = dns;
  const domain = ADDRESS_DOMAIN.exec(host)?.[1];
  const isFiltered =
    isPrivateAddress(expected) &&
    (domain !== undefined || dns.code !== 'ENOTFOUND');
  if (!isFiltered) {
    return say(
      input,
      'Degraded',
      REASON.dnsEmpty,
      `People may not reach ${host}: ${resolverName(
        resolver,
      )} knows no address of it.`,
      `Ask whoever runs the DNS of ${host} for a record that leads to ${expected}.`,
      dns,
    );
  }
  const allowed = domain ?? input.settings.network.dnsSuffix ?? host;
  return say(
    input,
    'Degraded',
    REASON.dnsFiltered,
    `People may not reach ${host}: ${resolverName(
      resolver,
    )} filters private addresses such as ${expected} out of what it answers.`,
    `Allow-list ${allowed} in the rebinding protection of the resolver. Where that cannot be: use another resolver, answer for ${allowed} on the own network, add "${expected} ${host}" to the hosts file, or set a dns_suffix of your own in config.toml.`,
    dns,
  );
}

function judgeDns(input: HostInput, dns: DnsFacts): Outcome {
  const { host, settings } = input;
  const { expected, addresses, resolver, state } = dns;
  const found = addresses.join(', ');
  switch (state) {
    case 'expected':
      return say(
        input,
        undefined,
        REASON.dnsExpected,
        `${host} leads to ${found || expected}, where the gateway is.`,
        undefined,
        dns,
      );
    case 'other': {
      const isBoth = addresses.includes(expected);
      return say(
        input,
        'Degraded',
        REASON.dnsElsewhere,
        isBoth
          ? `People may get to somewhere else: ${host} leads to ${found}, and the gateway is at ${expected} alone.`
          : `People get to somewhere else: ${host} leads to ${
              found || 'another address'
            }, and the gateway is at ${expected}.`,
        ADDRESS_DOMAIN.test(host)
          ? `Choose a host label that holds no address, or correct lan_ip in [network]: the suffix is ${
              settings.network.dnsSuffix ?? 'not known'
            }.`
          : `Ask whoever runs the DNS of ${host} to have it lead to ${expected} alone.`,
        dns,
      );
    }
    case 'empty':
      return leadsNowhere(input, dns);
    default:
      return say(
        input,
        undefined,
        REASON.dnsFailed,
        `Whether people reach ${host} by its name is not known: ${resolverName(
          resolver,
        )} does not answer${dns.code ? ` (${dns.code})` : ''}.`,
        'Check [probe] resolver, and whether it can be reached from here.',
        dns,
      );
  }
}

/** By the rules of nip.io and sslip.io, which need nobody to be asked. */
function leadsToItsLabel(input: HostInput): Outcome | undefined {
  const { host, settings } = input;
  const { dnsSuffix } = settings.network;
  const address =
    dnsSuffix === undefined ? undefined : embeddedAddressOf(host, dnsSuffix);
  if (address === undefined) return undefined;
  const found = say(
    input,
    'Degraded',
    REASON.hostEmbedsAddress,
    `${
      address.includes(':') ? 'People with IPv6' : 'People'
    } get to somewhere else: the DNS service behind ${dnsSuffix} reads ${address} out of ${host}.`,
    'Choose a host label that spells no address.',
  );
  return { ...found, finding: { ...found.finding, details: { address } } };
}

/**
 * Where the host's name leads, by what the last probe was told, and what of it counts for the verdict: a warning at most, since
 * others may ask another resolver. Undefined for what is no name.
 */
export function dnsOf(
  input: HostInput,
): { status: DnsStatus; outcomes: Outcome[] } | undefined {
  const { host, probe, settings } = input;
  if (!isConcreteHost(host)) return undefined;
  const dns = probe?.dns;
  if (!dns) {
    const known = leadsToItsLabel(input);
    if (known) {
      const { finding } = known;
      return { status: { state: 'notChecked', finding }, outcomes: [known] };
    }
    const isOff = settings.probe.resolver === 'off';
    const { finding } = say(
      input,
      undefined,
      REASON.dnsNotChecked,
      `Where ${host} leads is not checked${
        isOff ? ': [probe] resolver is off' : ' yet'
      }.`,
    );
    return { status: { state: 'notChecked', finding }, outcomes: [] };
  }
  const judged = judgeDns(input, dns);
  return {
    status: { state: dns.state, finding: judged.finding, facts: dns },
    outcomes: dns.state === 'expected' ? [] : [judged],
  };
}

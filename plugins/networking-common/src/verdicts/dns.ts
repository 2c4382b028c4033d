import { findingsOf } from '../findings/declare';
import { outcome, type Outcome } from '../findings/outcome';
import { embeddedAddressOf } from '../hostnames/embeddedAddress';
import { isPrivateAddress } from '../hostnames/privateAddress';
import { isConcreteHost } from './reach';
import { DNS_SENTENCES } from '../sentences/dns';
import type { DNS_REASONS } from './dnsReasons';
import type { HostInput } from './input';
import type { DnsFacts, DnsStatus } from './types';

/** Names of which the address is in the name itself: their server answers for every one of them. */
const ADDRESS_DOMAIN = /(?:^|\.)((?:nip|sslip)\.io)$/;

const found = findingsOf<typeof DNS_REASONS>(DNS_SENTENCES);

const detailsOf = (dns: DnsFacts): Record<string, string> => ({
  resolver: dns.resolver,
  expected: dns.expected,
  addresses: dns.addresses.join(', '),
  ...(dns.code && { code: dns.code }),
});

/** No address at all: a filter against DNS rebinding drops private ones, or there is no record. */
function leadsNowhere(input: HostInput, dns: DnsFacts): Outcome {
  const { host, subject } = input;
  const { expected, resolver } = dns;
  const domain = ADDRESS_DOMAIN.exec(host)?.[1];
  const isFiltered =
    isPrivateAddress(expected) &&
    (domain !== undefined || dns.code !== 'ENOTFOUND');
  const details = detailsOf(dns);
  return outcome(
    'Degraded',
    'address',
    isFiltered
      ? found('DnsFiltersPrivateAddresses', {
          params: {
            host,
            resolver,
            expected,
            domain: domain ?? input.settings.network.dnsSuffix ?? host,
          },
          actor: { is: 'reader' },
          subject,
          details,
        })
      : found('DnsLeadsNowhere', {
          params: { host, resolver, expected },
          actor: { is: 'platform' },
          subject,
          details,
        }),
  );
}

function judgeDns(input: HostInput, dns: DnsFacts): Outcome {
  const { host, settings, subject } = input;
  const { expected, addresses, resolver, state, code } = dns;
  const details = detailsOf(dns);
  switch (state) {
    case 'expected':
      return outcome(
        undefined,
        'address',
        found('DnsLeadsToGateway', {
          params: {
            host,
            addresses: addresses.length > 0 ? addresses : [expected],
          },
          actor: { is: 'nobody' },
          subject,
          details,
        }),
      );
    case 'other': {
      const { dnsSuffix } = settings.network;
      const isEmbedded = ADDRESS_DOMAIN.test(host);
      return outcome(
        'Degraded',
        'address',
        found('DnsLeadsElsewhere', {
          params: {
            host,
            expected,
            addresses,
            ...(isEmbedded && {
              embedded: dnsSuffix === undefined ? {} : { dnsSuffix },
            }),
          },
          actor: { is: isEmbedded ? 'reader' : 'platform' },
          subject,
          details,
        }),
      );
    }
    case 'empty':
      return leadsNowhere(input, dns);
    default:
      return outcome(
        undefined,
        'address',
        found('DnsFailed', {
          params: { host, resolver, ...(code && { code }) },
          actor: { is: 'platform' },
          subject,
          details,
        }),
      );
  }
}

/** By the rules of nip.io and sslip.io, which need nobody to be asked. */
function leadsToItsLabel(input: HostInput): Outcome | undefined {
  const { host, settings, subject } = input;
  const { dnsSuffix } = settings.network;
  if (dnsSuffix === undefined) return undefined;
  const address = embeddedAddressOf(host, dnsSuffix);
  if (address === undefined) return undefined;
  return outcome(
    'Degraded',
    'address',
    found('HostEmbedsAddress', {
      params: {
        host,
        dnsSuffix,
        address,
        family: address.includes(':') ? 6 : 4,
      },
      actor: { is: 'reader' },
      subject,
      details: { address },
    }),
  );
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
    const { finding } = outcome(
      undefined,
      'address',
      found('DnsNotChecked', {
        params: { host, isOff: settings.probe.resolver === 'off' },
        actor: { is: 'nobody' },
        subject: input.subject,
      }),
    );
    return { status: { state: 'notChecked', finding }, outcomes: [] };
  }
  const judged = judgeDns(input, dns);
  return {
    status: { state: dns.state, finding: judged.finding, facts: dns },
    outcomes: dns.state === 'expected' ? [] : [judged],
  };
}

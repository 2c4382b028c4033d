import type { ParamsOf } from '../findings/declare';
import type { DNS_REASONS } from '../verdicts/dnsReasons';
import { DNS_SENTENCES } from './dns';

type Reasons = typeof DNS_REASONS;

const say = <R extends keyof Reasons>(
  reason: R,
  params: ParamsOf<Reasons, R>,
) => DNS_SENTENCES[reason](params);

const host = 'shop.192-168-1-20.nip.io';
const expected = '192.168.1.20';

describe('sentences about where a name leads', () => {
  it.each([
    [
      'to the gateway',
      say('DnsLeadsToGateway', { host, addresses: [expected] }),
      'shop.192-168-1-20.nip.io points to the gateway (192.168.1.20).',
      undefined,
    ],
    [
      'elsewhere, by an address in the name',
      say('DnsLeadsElsewhere', {
        host,
        expected,
        addresses: ['1.2.3.4'],
        embedded: { dnsSuffix: '192-168-1-20.nip.io' },
      }),
      'People end up elsewhere: shop.192-168-1-20.nip.io points to 1.2.3.4, and the gateway is at 192.168.1.20.',
      "Use a subdomain that doesn't contain an IP address, or ask the platform's admins to check lan_ip in [network]: the suffix is 192-168-1-20.nip.io.",
    ],
    [
      'to the gateway and elsewhere',
      say('DnsLeadsElsewhere', {
        host: 'shop.example.org',
        expected,
        addresses: [expected, '1.2.3.4'],
      }),
      'Some people end up elsewhere: shop.example.org points to 192.168.1.20, 1.2.3.4, and only 192.168.1.20 is the gateway.',
      'Ask whoever runs the DNS of shop.example.org to point it to 192.168.1.20 only.',
    ],
    [
      'to nothing, as there is no record',
      say('DnsLeadsNowhere', { host, resolver: 'system', expected }),
      "People may not reach shop.192-168-1-20.nip.io: Backstage's own resolver has no address for it.",
      'Ask whoever runs the DNS of shop.192-168-1-20.nip.io for a record that points to 192.168.1.20.',
    ],
    [
      'to nothing, as a resolver filters private addresses',
      say('DnsFiltersPrivateAddresses', {
        host,
        resolver: '192.0.2.53',
        expected,
        domain: 'nip.io',
      }),
      'People may not reach shop.192-168-1-20.nip.io: the resolver 192.0.2.53 drops private addresses such as 192.168.1.20 from its answers.',
      `Allow nip.io in the resolver's DNS rebinding protection. If that's not possible: use another resolver, answer for nip.io in your own network, add "192.168.1.20 shop.192-168-1-20.nip.io" to your hosts file, or ask the platform's admins for a DNS suffix of your own.`,
    ],
    [
      'to what nobody could find out',
      say('DnsFailed', { host, resolver: 'system', code: 'ETIMEOUT' }),
      "Couldn't check whether shop.192-168-1-20.nip.io resolves: Backstage's own resolver doesn't answer (ETIMEOUT).",
      "Ask the platform's admins to check [probe] resolver, and whether Backstage can reach it.",
    ],
    [
      'to what nobody looks for',
      say('DnsNotChecked', { host, isOff: true }),
      'DNS of shop.192-168-1-20.nip.io: not checked (turned off by the platform).',
      undefined,
    ],
    [
      'by its label, for IPv6 alone',
      say('HostEmbedsAddress', {
        host: 'd41d8cd98f00b204e9800998ecf8427e.192-168-1-20.nip.io',
        dnsSuffix: '192-168-1-20.nip.io',
        address: 'd41d:8cd9:8f00:b204:e980:998:ecf8:427e',
        family: 6,
      }),
      'People with IPv6 end up elsewhere: the DNS service of 192-168-1-20.nip.io reads d41d:8cd9:8f00:b204:e980:998:ecf8:427e out of d41d8cd98f00b204e9800998ecf8427e.192-168-1-20.nip.io.',
      "Use a subdomain that doesn't look like an IP address.",
    ],
  ])('say it leads %s', (_, sentence, message, remedy) => {
    expect(sentence).toEqual({ message, ...(remedy && { remedy }) });
  });
});

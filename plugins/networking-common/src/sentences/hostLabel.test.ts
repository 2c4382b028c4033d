import type { ParamsOf } from '../findings/declare';
import type { HOST_LABEL_REASONS } from '../hostnames/hostLabelReasons';
import { HOST_LABEL_SENTENCES } from './hostLabel';

type Reasons = typeof HOST_LABEL_REASONS;

const say = <R extends keyof Reasons>(
  reason: R,
  params: ParamsOf<Reasons, R>,
) => HOST_LABEL_SENTENCES[reason](params);

describe('sentences about subdomains that are refused', () => {
  it.each([
    [
      'too long a label',
      say('HostTooLong', { length: 70, most: 63 }),
      'This subdomain is too long: it has 70 characters, and DNS allows 63.',
      'Shorten the subdomain to at most 63 characters.',
    ],
    [
      'too long a host',
      say('HostTooLong', { host: 'shop.example.org', length: 260, most: 253 }),
      "The host 'shop.example.org' is too long: it has 260 characters, and DNS allows 253.",
      'Shorten the subdomain by at least 7 characters.',
    ],
    [
      'a dot',
      say('HostLabelInvalid', { label: 'a.b', hasDot: true }),
      "Browsers would refuse the certificate for 'a.b': the wildcard certificate covers exactly one part before the suffix, and this one has a dot.",
      'Use lower-case letters a-z, digits and dashes, beginning and ending with a letter or digit.',
    ],
    [
      'letters of another script',
      say('HostLabelInvalid', {
        label: 'bücher',
        hasDot: false,
        punycode: 'xn--bcher-kva',
      }),
      "'bücher' can't be a subdomain.",
      "Use lower-case letters a-z, digits and dashes, beginning and ending with a letter or digit; for 'bücher', that is 'xn--bcher-kva'.",
    ],
    [
      'an underscore',
      say('HostLabelInvalid', { label: 'a_b', hasDot: false }),
      "'a_b' can't be a subdomain.",
      'Use lower-case letters a-z, digits and dashes, beginning and ending with a letter or digit.',
    ],
    [
      'punycode of nothing',
      say('HostLabelUndecodable', { label: 'xn--a' }),
      "Nobody can read 'xn--a': it begins as punycode does, and decodes to nothing that browsers take.",
      "Choose a subdomain of letters a-z, digits and dashes, or ask the platform's admins to set gateway.allow_lookalikes.",
    ],
    [
      'a lookalike',
      say('HostLooksLikeAnother', {
        label: 'xn--pypal-4ve',
        decoded: 'pаypal',
        looksLike: 'paypal',
      }),
      "People would take 'xn--pypal-4ve' for 'paypal': browsers show it as 'pаypal'.",
      "Choose a subdomain of letters a-z, digits and dashes, or ask the platform's admins to set gateway.allow_lookalikes.",
    ],
    [
      'letters of two scripts',
      say('HostMixesScripts', {
        label: 'xn--x',
        decoded: 'xж',
        scripts: ['Latin', 'Cyrillic'],
      }),
      "People can't tell what 'xn--x' is: browsers show it as 'xж', which mixes Latin with Cyrillic.",
      "Choose a subdomain of letters a-z, digits and dashes, or ask the platform's admins to set gateway.allow_lookalikes.",
    ],
    [
      'digits of two scripts',
      say('HostMixesScripts', { label: 'xn--1', decoded: '1١', scripts: [] }),
      "People can't tell what 'xn--1' is: browsers show it as '1١', which mixes digits of several scripts.",
      "Choose a subdomain of letters a-z, digits and dashes, or ask the platform's admins to set gateway.allow_lookalikes.",
    ],
    [
      'an address',
      say('HostEmbedsAddress', {
        host: '10-0-0-1.nip.io',
        dnsSuffix: 'nip.io',
        address: '10.0.0.1',
        family: 4,
        instead: 'shop',
      }),
      'People would end up elsewhere: the DNS service of nip.io reads 10.0.0.1 out of 10-0-0-1.nip.io.',
      "Choose a subdomain that doesn't contain an IP address, such as 'shop'.",
    ],
    [
      'an address of IPv6',
      say('HostEmbedsAddress', {
        host: 'x.nip.io',
        dnsSuffix: 'nip.io',
        address: '::1',
        family: 6,
        instead: 'shop',
      }),
      'People with IPv6 would end up elsewhere: the DNS service of nip.io reads ::1 out of x.nip.io.',
      "Choose a subdomain that doesn't contain an IP address, such as 'shop'.",
    ],
    [
      'a reserved one',
      say('HostReserved', { label: 'backstage', cluster: 'local' }),
      "The subdomain 'backstage' is reserved on cluster local.",
      "Choose another subdomain, or ask the platform's admins to take 'backstage' out of gateway.reserved_hosts.",
    ],
  ])('%s', (_, { message, remedy }, expectedMessage, expectedRemedy) => {
    expect(message).toBe(expectedMessage);
    expect(remedy).toBe(expectedRemedy);
  });
});

import type { SentencesOf } from '../findings/declare';
import type { HOST_LABEL_REASONS } from '../hostnames/hostLabelReasons';

const OF_PLAIN_LETTERS =
  "Choose a subdomain of letters a-z, digits and dashes, or ask the platform's admins to set gateway.allow_lookalikes.";

/** Of the findings that forbid a host label. */
export const HOST_LABEL_SENTENCES: SentencesOf<typeof HOST_LABEL_REASONS> = {
  HostTooLong: ({ host, length, most }) =>
    host === undefined
      ? {
          message: `This subdomain is too long: it has ${length} characters, and DNS allows ${most}.`,
          remedy: `Shorten the subdomain to at most ${most} characters.`,
        }
      : {
          message: `The host '${host}' is too long: it has ${length} characters, and DNS allows ${most}.`,
          remedy: `Shorten the subdomain by at least ${
            length - most
          } characters.`,
        },
  HostLabelInvalid: ({ label, hasDot, punycode }) => ({
    message: hasDot
      ? `Browsers would refuse the certificate for '${label}': the wildcard certificate covers exactly one part before the suffix, and this one has a dot.`
      : `'${label}' can't be a subdomain.`,
    remedy: `Use lower-case letters a-z, digits and dashes, beginning and ending with a letter or digit${
      punycode === undefined ? '' : `; for '${label}', that is '${punycode}'`
    }.`,
  }),
  HostLabelUndecodable: ({ label }) => ({
    message: `Nobody can read '${label}': it begins as punycode does, and decodes to nothing that browsers take.`,
    remedy: OF_PLAIN_LETTERS,
  }),
  HostLooksLikeAnother: ({ label, decoded, looksLike }) => ({
    message: `People would take '${label}' for '${looksLike}': browsers show it as '${decoded}'.`,
    remedy: OF_PLAIN_LETTERS,
  }),
  HostMixesScripts: ({ label, decoded, scripts }) => ({
    message: `People can't tell what '${label}' is: browsers show it as '${decoded}', which mixes ${
      scripts.length > 0 ? scripts.join(' with ') : 'digits of several scripts'
    }.`,
    remedy: OF_PLAIN_LETTERS,
  }),
  HostEmbedsAddress: ({ host, dnsSuffix, address, family, instead }) => ({
    message: `${
      family === 6 ? 'People with IPv6' : 'People'
    } would end up elsewhere: the DNS service of ${dnsSuffix} reads ${address} out of ${host}.`,
    remedy: `Choose a subdomain that doesn't contain an IP address, such as '${instead}'.`,
  }),
  HostReserved: ({ label, cluster }) => ({
    message: `The subdomain '${label}' is reserved on cluster ${cluster}.`,
    remedy: `Choose another subdomain, or ask the platform's admins to take '${label}' out of gateway.reserved_hosts.`,
  }),
};

import { objectsOf, textOf } from '../gateway-api/lenient';
import { outcome, type Check } from '../findings/outcome';
import { VERDICT_REASONS as REASON } from '../findings/reasons';
import type { HostInput } from './input';
import { listenerTitle } from './listenerConditions';
import { ANY_HOST, hasPublicPort } from './reach';

function wordsFor(input: HostInput): { message: string; remedy: string } {
  const { url, http, https, title, settings } = input;
  const unnamed = `neither this route nor ${listenerTitle(input)} names a host`;
  const name = `Name a host in hostnames of ${title}`;
  if (url !== undefined) {
    return {
      message: `The URL is the gateway's address in the settings, since ${unnamed}. Requests for any name that leads there are answered too, ${
        https
          ? 'with HTTPS as far as the certificate covers the name'
          : 'none of them encrypted'
      }.`,
      remedy: `${name} to give it an HTTPS URL.`,
    };
  }
  if (!http) {
    return {
      message: `There is no URL to show, since ${unnamed}: HTTPS needs a name, by which the gateway chooses a certificate. Requests for any name that leads to the gateway are answered as far as its certificate covers the name.`,
      remedy: `${name}.`,
    };
  }
  if (!hasPublicPort(http, settings)) {
    return {
      message: `There is no URL to show, since ${unnamed}, and at which port people reach listener ${http.listener.name} is not known.`,
      remedy: `Attach ${title} to listener ${settings.gateway.httpsSection}, and name a host in its hostnames.`,
    };
  }
  return {
    message: `There is no URL to show, since ${unnamed}, and the gateway's address is not known.`,
    remedy: `Ask the platform's admins to set lan_ip in [network], or choose a host and name it in hostnames of ${title}.`,
  };
}

/** What is reached without any hostname. The addresses that the cluster gives the Gateway are shown, and never used. */
const servesAnyHost: Check<HostInput> = input => {
  const { host, primary, subject } = input;
  if (host !== ANY_HOST || !primary) return undefined;
  const addresses = objectsOf(primary.gateway.status?.addresses)
    .flatMap(({ value }) => textOf(value) ?? [])
    .join(', ');
  return outcome(undefined, 'address', {
    reason: REASON.anyHost,
    ...wordsFor(input),
    subject: { ...subject, field: 'spec.hostnames' },
    ...(addresses && {
      details: { 'status.addresses, as the cluster says': addresses },
    }),
  });
};

/** Worth knowing of a route that names no host at a listener that names none. */
export const ANY_HOST_NOTES: readonly Check<HostInput>[] = [servesAnyHost];

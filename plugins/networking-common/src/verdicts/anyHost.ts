import { findingsOf } from '../findings/declare';
import { outcome, type Check } from '../findings/outcome';
import { objectsOf, textOf } from '../gateway-api/lenient';
import { ROUTE_SENTENCES } from '../sentences/route';
import { routeOf } from './backendTrouble';
import type { HostInput } from './input';
import { ANY_HOST, hasPublicPort, holderOf, type Serving } from './reach';
import type { ROUTE_REASONS } from './routeReasons';

const found = findingsOf<typeof ROUTE_REASONS>(ROUTE_SENTENCES);

function judgeAnyHost(input: HostInput, primary: Serving) {
  const { url, http, https, settings } = input;
  const of = {
    route: routeOf(input),
    listener: primary.listener.name,
    holder: holderOf(primary),
  };
  if (url !== undefined) return { ...of, isEncrypted: https !== undefined };
  if (!http) return { ...of, why: 'needsName' as const };
  return hasPublicPort(http, settings)
    ? { ...of, why: 'addressUnknown' as const }
    : {
        ...of,
        why: 'portUnknown' as const,
        clear: http.listener.name,
        instead: settings.gateway.httpsSection,
      };
}

/** What is reached without any hostname. The addresses that the cluster gives the Gateway are shown, and never used. */
const servesAnyHost: Check<HostInput> = input => {
  const { host, primary, subject } = input;
  if (host !== ANY_HOST || !primary) return undefined;
  const addresses = objectsOf(primary.gateway.status?.addresses)
    .flatMap(({ value }) => textOf(value) ?? [])
    .join(', ');
  const params = judgeAnyHost(input, primary);
  return outcome(
    undefined,
    'address',
    found('AnyHost', {
      params,
      actor: {
        is:
          'why' in params && params.why === 'addressUnknown'
            ? 'platform'
            : 'reader',
      },
      subject: { ...subject, field: 'spec.hostnames' },
      ...(addresses && {
        details: { 'status.addresses, as the cluster says': addresses },
      }),
    }),
  );
};

/** Worth knowing of a route that names no host at a listener that names none. */
export const ANY_HOST_NOTES: readonly Check<HostInput>[] = [servesAnyHost];

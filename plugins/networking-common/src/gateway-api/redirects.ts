import { isRecord, numberOf, objectsOf } from './lenient';
import type { HttpRoute } from './types';

/**
 * The port to which a route redirects every request; undefined where it does not send all of them to HTTPS. Without a
 * port a redirect to the scheme https goes to 443 (HTTPRequestRedirectFilter of the Gateway API).
 */
export function httpsRedirectPort(route: HttpRoute): number | undefined {
  const [rule, ...more] = objectsOf(route.spec?.rules);
  if (!rule || more.length > 0) return undefined;
  const redirect = objectsOf(rule.filters).find(
    ({ type }) => type === 'RequestRedirect',
  )?.requestRedirect;
  if (!isRecord(redirect) || redirect.scheme !== 'https') return undefined;
  return numberOf(redirect.port) ?? 443;
}

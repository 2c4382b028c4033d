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

/** Does every rule of a route do nothing but send requests to HTTPS? */
export function redirectsToHttps(route: HttpRoute): boolean {
  const rules = objectsOf(route.spec?.rules);
  return (
    rules.length > 0 &&
    rules.every(rule =>
      objectsOf(rule.filters).some(
        ({ type, requestRedirect }) =>
          type === 'RequestRedirect' &&
          isRecord(requestRedirect) &&
          requestRedirect.scheme === 'https',
      ),
    )
  );
}

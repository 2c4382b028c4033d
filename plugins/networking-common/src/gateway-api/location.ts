/**
 * Where a redirect leads, as far as it may be kept: a query holds the state of logins, and tokens.
 * @public
 */
export interface RedirectTarget {
  /** `https`, `http`, or another in lower case, without its colon. */
  scheme: string;
  /** In lower case, an IPv6 address in brackets. */
  host: string;
  /** The scheme's own where none is written; absent for a scheme of which none is known. */
  port?: number;
  path: string;
  hasQuery: boolean;
}

const DEFAULT_PORTS: Readonly<Record<string, number>> = {
  http: 80,
  https: 443,
};

/**
 * Resolves a `Location` against the URL that was asked for, as clients do. A fragment is left out, since it is not sent.
 * Undefined where it is no URL.
 *
 * Source: RFC 9110, section 10.2.2; the URL standard of WHATWG.
 *
 * @param asked - an https URL without a query
 * @public
 */
export function parseLocation(
  location: string,
  asked: { host: string; port: number; path: string },
): RedirectTarget | undefined {
  let url: URL;
  try {
    url = new URL(location, `https://${asked.host}:${asked.port}${asked.path}`);
  } catch {
    return undefined;
  }
  const scheme = url.protocol.slice(0, -1);
  const port = url.port === '' ? DEFAULT_PORTS[scheme] : Number(url.port);
  return {
    scheme,
    host: url.hostname,
    ...(port !== undefined && { port }),
    path: url.pathname,
    hasQuery: url.search !== '',
  };
}

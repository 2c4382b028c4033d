const WELL_KNOWN_PORT = { https: 443, http: 80 };

/**
 * The absolute URL of a host, without the port where it is the scheme's own. `path` begins with a slash; without one
 * the URL ends after the host, as people write it.
 * @public
 */
export function urlOf(
  host: string,
  options: { scheme: 'https' | 'http'; port: number; path?: string },
): string {
  const { scheme, port, path = '' } = options;
  const authority = port === WELL_KNOWN_PORT[scheme] ? host : `${host}:${port}`;
  return `${scheme}://${authority}${path}`;
}

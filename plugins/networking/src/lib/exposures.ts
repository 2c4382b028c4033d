import type {
  EntityExposures,
  Exposure,
  ExposureAddress,
  ExposureHost,
  VerdictWord,
} from 'backstage-plugin-networking-common';

/** `local/shop/shop-1a2b3c4d`: stable key of an exposure. */
export const exposureKey = (address: ExposureAddress): string =>
  `${address.cluster}/${address.namespace}/${address.name}`;

/** May an entity have exposures that are not among those that are shown? */
export const isBlind = (data: EntityExposures): boolean =>
  data.clusters.some(({ reachable }) => !reachable) ||
  data.notJudged !== undefined ||
  data.notMatched !== undefined;

/**
 * The URL without its scheme, as it is read aloud; the host where nothing serves it. Where no hostname is named, the URL as
 * it is: an address alone does not say how it is reached.
 */
export function hostText({
  host,
  url,
}: Pick<ExposureHost, 'host' | 'url'>): string {
  if (host === '*') return url ?? 'any host';
  return url ? url.replace(/^https?:\/\//, '').replace(/\/$/, '') : host;
}

/** The host itself, where one is named. */
export const hostName = (host: Pick<ExposureHost, 'host' | 'url'>): string =>
  host.host === '*' ? hostText(host) : host.host;

const TROUBLE: Record<VerdictWord, number> = {
  Broken: 0,
  Degraded: 1,
  Pending: 2,
  Unknown: 3,
  Live: 4,
};

const byFirstHost = (a: Exposure, b: Exposure): number =>
  (a.hosts[0]?.host ?? a.name).localeCompare(b.hosts[0]?.host ?? b.name) ||
  exposureKey(a).localeCompare(exposureKey(b));

/** Alphabetical, so that nothing moves while verdicts change. */
export const sortByHost = (exposures: readonly Exposure[]): Exposure[] =>
  [...exposures].sort(byFirstHost);

/** The worst first. */
export const sortByTrouble = (exposures: readonly Exposure[]): Exposure[] =>
  [...exposures].sort(
    (a, b) =>
      TROUBLE[a.verdict.word] - TROUBLE[b.verdict.word] || byFirstHost(a, b),
  );

/** Case-insensitive part of a host, name, namespace, Service or verdict. */
export function matchesSearch(exposure: Exposure, search: string): boolean {
  const wanted = search.trim().toLocaleLowerCase('en');
  if (!wanted) return true;
  return [
    exposure.name,
    exposure.namespace,
    exposure.cluster,
    exposure.verdict.word,
    ...exposure.hosts.map(hostName),
    ...exposure.services.map(service => service.name),
  ].some(text => text.toLocaleLowerCase('en').includes(wanted));
}

/**
 * May changing the exposure be the way out of what is wrong with a host? Not where the remedy is to wait, or for others or the
 * service itself to carry out, as such remedies begin, without another choice that the reader has.
 */
export function isMendedByEditing({
  verdict: { word, finding },
}: Pick<ExposureHost, 'verdict'>): boolean {
  if (word !== 'Broken' && word !== 'Degraded') return false;
  const { remedy = '' } = finding;
  return !/^(Ask|Have|Wait)\b/.test(remedy) || /\bor choose\b/.test(remedy);
}

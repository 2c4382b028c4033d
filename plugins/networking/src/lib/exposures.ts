import {
  isMendedByEditing as isMendedBy,
  type EntityExposures,
  type Exposure,
  type ExposureAddress,
  type ExposureHost,
  type ExposureRow,
} from 'backstage-plugin-networking-common';
import type { Translate } from '../translation';

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
export function hostText(
  t: Translate,
  { host, url }: Pick<ExposureHost, 'host' | 'url'>,
): string {
  if (host === '*') return url ?? t('common.host');
  return url ? url.replace(/^https?:\/\//, '').replace(/\/$/, '') : host;
}

/** What a row is called by. */
export const rowText = (
  t: Translate,
  { host, url, name }: ExposureRow,
): string => (host === undefined ? name : hostText(t, { host, url }));

/** The host itself, where one is named. */
export const hostName = (
  t: Translate,
  host: Pick<ExposureHost, 'host' | 'url'>,
): string => (host.host === '*' ? hostText(t, host) : host.host);

const byFirstHost = (a: Exposure, b: Exposure): number =>
  (a.hosts[0]?.host ?? a.name).localeCompare(b.hosts[0]?.host ?? b.name) ||
  exposureKey(a).localeCompare(exposureKey(b));

/** Alphabetical, so that nothing moves while verdicts change. */
export const sortByHost = (exposures: readonly Exposure[]): Exposure[] =>
  [...exposures].sort(byFirstHost);

/** The address that a key stands for. Names of clusters may have slashes. */
export function addressOf(key: string): ExposureAddress {
  const [name = '', namespace = '', ...cluster] = key.split('/').reverse();
  return { cluster: cluster.reverse().join('/'), namespace, name };
}

/** Is something wrong with a host that its reader may mend by changing the exposure? */
export const isMendedByEditing = ({
  verdict: { word, finding },
}: Pick<ExposureHost, 'verdict'>): boolean =>
  (word === 'Broken' || word === 'Degraded') && isMendedBy(finding);

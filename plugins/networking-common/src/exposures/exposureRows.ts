import type { VerdictWord } from '../verdicts/types';
import { troublePlace } from './trouble';
import type { Exposure, ExposureHost, ExposureRow } from './types';

/** An exposure in short. `id` is what a reader asks for it by. @public */
export function exposureRow(exposure: Exposure, id: string): ExposureRow {
  const { cluster, namespace, name, kind, hosts, tls } = exposure;
  const { word, finding } = exposure.verdict;
  // Details are what the whole exposure is read for.
  const { details, ...told } = finding;
  const [first] = hosts;
  const checkedAt = hosts
    .flatMap(({ probe }) => probe?.at ?? [])
    .sort()
    .at(0);
  return {
    id,
    cluster,
    namespace,
    name,
    kind,
    ...(first && { host: first.host }),
    ...(first?.url !== undefined && { url: first.url }),
    hostCount: hosts.length,
    verdict: { word, finding: told },
    ...(checkedAt !== undefined && { checkedAt }),
    tls: {
      word: tls.word,
      ...(tls.validUntil !== undefined && { validUntil: tls.validUntil }),
    },
  };
}

/** Is a text, in lower case, part of a host, name, namespace, cluster, Service or verdict? */
function isFound(exposure: Exposure, wanted: string): boolean {
  return [
    exposure.name,
    exposure.namespace,
    exposure.cluster,
    exposure.verdict.word,
    // An address, where no host is named.
    ...exposure.hosts.flatMap(({ host, url }) => [host, url ?? '']),
    ...exposure.services.map(service => service.name),
  ].some(text => text.toLowerCase().includes(wanted));
}

function compare(a: readonly string[], b: readonly string[]): number {
  const at = a.findIndex((part, index) => part !== b[index]);
  if (at < 0) return 0;
  return a[at] < b[at] ? -1 : 1;
}

/** What a search finds of the exposures of an entity. */
export interface FoundExposures<T> {
  /** Those in trouble first, then by first host; no two stand at one place. */
  items: T[];
  /** How many of them have each verdict; none where nobody has it. */
  verdicts: Partial<Record<VerdictWord, number>>;
  /** Of the first host by the alphabet that answers, else of the first that has one. */
  url?: string;
}

/**
 * Searches and orders what has an exposure.
 *
 * @param search - case-insensitive part of a host, name, namespace, cluster, Service or verdict; empty finds all
 * @public
 */
export function findExposures<T extends { exposure: Exposure }>(
  all: readonly T[],
  search: string = '',
): FoundExposures<T> {
  const wanted = search.trim().toLowerCase();
  const found = wanted
    ? all.filter(({ exposure }) => isFound(exposure, wanted))
    : all;
  const verdicts: FoundExposures<T>['verdicts'] = {};
  for (const { exposure } of found) {
    const { word } = exposure.verdict;
    verdicts[word] = (verdicts[word] ?? 0) + 1;
  }
  const url = openUrl(found.map(({ exposure }) => exposure));
  const placed = found.map(item => {
    const { verdict, hosts, name, namespace, cluster } = item.exposure;
    return {
      item,
      trouble: troublePlace(verdict.word),
      position: [hosts[0]?.host ?? name, cluster, namespace, name],
    };
  });
  placed.sort(
    (a, b) => a.trouble - b.trouble || compare(a.position, b.position),
  );
  return {
    items: placed.map(({ item }) => item),
    verdicts,
    ...(url !== undefined && { url }),
  };
}

function openUrl(exposures: readonly Exposure[]): string | undefined {
  const served = exposures
    .flatMap(({ hosts }) => hosts)
    .filter(({ url }) => url !== undefined);
  const live = served.filter(({ verdict }) => verdict.word === 'Live');
  const [first] = live.length > 0 ? live : served;
  return (live.length > 0 ? live : served).reduce<ExposureHost | undefined>(
    (least, host) => (least && least.host <= host.host ? least : host),
    first,
  )?.url;
}

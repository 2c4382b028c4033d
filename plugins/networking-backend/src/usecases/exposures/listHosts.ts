import { NotFoundError } from '@backstage/errors';
import {
  findHosts,
  hostRows,
  VERDICT_REASONS,
  type HostPosition,
  type HostRow,
  type HostsPage,
  type HostsQuery,
  type HttpRoute,
  type Verdict,
} from 'backstage-plugin-networking-common';
import type { Caller } from '../../io/catalog';
import { audited } from '../audit';
import { readerStates } from '../probes/addressStates';
import {
  readClusters,
  type CallContext,
  type ReadCluster,
  type Services,
} from '../services';
import { evaluateRoutes } from './evaluate';
import { gapsOf } from './gapsOf';
import { readableExposures } from './readableExposures';

const encode = (position: HostPosition) =>
  Buffer.from(JSON.stringify(position)).toString('base64url');

function decode(cursor: string): HostPosition {
  let position: unknown;
  try {
    position = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    // Said below.
  }
  const isPosition =
    Array.isArray(position) &&
    position.length === 6 &&
    position.every(part => ['string', 'number'].includes(typeof part));
  if (!isPosition) {
    throw new NotFoundError(
      'cursor is not one that this API gave. Leave it out to begin at the first page.',
    );
  }
  return position as HostPosition;
}

/** Every host of every exposure that the caller may read. Dials nothing. */
export async function listHosts(
  services: Services,
  query: HostsQuery,
  { caller, request }: CallContext,
): Promise<HostsPage> {
  const after = query.cursor === undefined ? undefined : decode(query.cursor);
  return audited(
    services.auditor,
    { eventId: 'exposure-fetch', request, meta: { queryType: 'hosts' } },
    async () => {
      const clusters = await readClusters(services);
      const rows = await Promise.all(
        clusters.map(cluster => rowsOf(services, cluster, caller)),
      );
      const all = rows.flat();
      const { end, items, ...page } = findHosts(all, query, after);
      return {
        ...page,
        items: await withNames(services, { rows: items, clusters, caller }),
        ...(end && { nextCursor: encode(end) }),
        topic: services.topics.ofHosts,
        clusters: await readerStates(
          services,
          clusters,
          all.map(({ cluster, verdict }) => ({
            cluster,
            finding: verdict.finding,
          })),
        ),
        ...gapsOf(services, caller),
      };
    },
  );
}

async function rowsOf(
  services: Services,
  cluster: ReadCluster,
  caller: Caller,
): Promise<HostRow[]> {
  const readable = await readableExposures(services, cluster, caller);
  return readable.flatMap(({ exposure, entities }) => {
    const owners = new Map(
      entities.map(({ facts }) => [facts.ref, facts.owners]),
    );
    return hostRows(exposure, ref => owners.get(ref) ?? []);
  });
}

/**
 * Rows whose verdict rests on another route, with that route's name for those
 * who may read it. Only those of the page: the evaluation that all share names
 * nobody, and nothing is searched, ordered or counted by a name.
 */
async function withNames(
  services: Services,
  page: { rows: readonly HostRow[]; clusters: ReadCluster[]; caller: Caller },
): Promise<HostRow[]> {
  const found = new Map<string, Verdict>();
  const keyOf = ({ cluster, namespace, name }: HostRow, host: string) =>
    [cluster, namespace, name, host].join(' ');
  await Promise.all(
    page.clusters.map(async cluster => {
      const rows = page.rows.filter(
        ({ cluster: name, verdict }) =>
          name === cluster.settings.cluster &&
          verdict.finding.reason === VERDICT_REASONS.routeShadowed,
      );
      const routes = new Map(
        rows.flatMap((row): [HttpRoute, HostRow][] => {
          const { namespace, name } = row;
          const route = cluster.snapshot.get('HTTPRoute', namespace, name);
          return route ? [[route, row]] : [];
        }),
      );
      const exposures = await evaluateRoutes(
        services,
        cluster,
        [...routes.keys()].map(route => ({ route, entities: [] })),
        { probes: 'recent', reader: page.caller },
      );
      [...routes.values()].forEach((row, index) => {
        for (const { host, verdict } of exposures[index].hosts) {
          found.set(keyOf(row, host), verdict);
        }
      });
    }),
  );
  return page.rows.map(row => {
    const verdict = found.get(keyOf(row, row.host));
    // A state that has changed meanwhile is told with the next evaluation.
    return verdict?.finding.reason === row.verdict.finding.reason
      ? { ...row, verdict }
      : row;
  });
}

import { NotFoundError } from '@backstage/errors';
import type {
  Exposure,
  ExposuresPage,
  ExposuresQuery,
} from 'backstage-plugin-networking-common';
import { audited } from '../audit';
import {
  readClusters,
  statesOf,
  type CallContext,
  type ReadCluster,
  type Services,
} from '../services';
import { authorizedRoutes } from './authorizedRoutes';
import { evaluateRoutes, type RouteToEvaluate } from './evaluate';
import { gapsOf } from './gapsOf';

const DEFAULT_LIMIT = 50;

interface Row extends RouteToEvaluate {
  cluster: ReadCluster;
  /** Position in the order of the list. */
  key: string;
  exposure?: Exposure;
}

/** Does it tell of other routes, which are named on the page alone? */
const isContested = ({ hosts }: Exposure) => hosts.some(host => host.contest);

const encode = (key: string) => Buffer.from(key).toString('base64url');

/**
 * Every exposure that the caller may read, by cluster, namespace and name.
 * Nothing is probed: a list must not wait for hundreds of hosts. Its verdicts rest
 * on the probes of the last minute, and are Unknown without one.
 */
export async function listExposures(
  services: Services,
  query: ExposuresQuery,
  { caller, request }: CallContext,
): Promise<ExposuresPage> {
  return audited(
    services.auditor,
    { eventId: 'exposure-fetch', request, meta: { queryType: 'list' } },
    async () => {
      const clusters = await readClusters(services, { only: query.cluster });
      const rows = (
        await Promise.all(
          clusters.map(async cluster =>
            (
              await authorizedRoutes(services, cluster, caller)
            ).map(authorized => toRow(cluster, authorized)),
          ),
        )
      ).flat();
      let found = rows.filter(row => matches(row, query));
      if (query.verdict !== undefined) {
        // The verdict is only known after evaluation, so all rows need one.
        await evaluate(services, found);
        found = found.filter(
          ({ exposure }) => exposure?.verdict.word === query.verdict,
        );
      }
      found.sort((a, b) => (a.key < b.key ? -1 : Number(a.key > b.key)));
      const limit = query.limit ?? DEFAULT_LIMIT;
      const after = query.cursor === undefined ? '' : decode(query.cursor);
      const remaining = found.filter(row => row.key > after);
      const page = remaining.slice(0, limit);
      await evaluate(
        services,
        page.filter(({ exposure }) => !exposure || isContested(exposure)),
        caller,
      );
      return {
        items: page.flatMap(({ exposure }) => exposure ?? []),
        totalItems: found.length,
        ...(remaining.length > limit
          ? { nextCursor: encode(page[page.length - 1].key) }
          : {}),
        clusters: statesOf(services, clusters),
        ...gapsOf(services, caller),
      };
    },
  );
}

function toRow(cluster: ReadCluster, authorized: RouteToEvaluate): Row {
  const { namespace, name } = authorized.route.metadata;
  return {
    ...authorized,
    cluster,
    // A character that no name holds, and that sorts before all that do.
    key: [cluster.settings.cluster, namespace, name].join(' '),
  };
}

function matches(row: Row, { namespace, search }: ExposuresQuery): boolean {
  const { metadata, spec } = row.route;
  if (namespace !== undefined && metadata.namespace !== namespace) return false;
  if (!search) return true;
  const wanted = search.toLowerCase();
  return [
    ...(spec?.hostnames ?? []),
    metadata.namespace ?? '',
    metadata.name,
    ...row.entities.map(({ facts }) => facts.ref),
  ].some(text => text.toLowerCase().includes(wanted));
}

async function evaluate(
  services: Services,
  rows: Row[],
  reader?: CallContext['caller'],
): Promise<void> {
  const byCluster = new Map<ReadCluster, Row[]>();
  for (const row of rows) {
    const existing = byCluster.get(row.cluster);
    if (existing) existing.push(row);
    else byCluster.set(row.cluster, [row]);
  }
  await Promise.all(
    [...byCluster].map(async ([cluster, ofCluster]) => {
      const exposures = await evaluateRoutes(services, cluster, ofCluster, {
        probes: 'recent',
        reader,
      });
      ofCluster.forEach((row, index) => {
        row.exposure = exposures[index];
      });
    }),
  );
}

function decode(cursor: string): string {
  const key = Buffer.from(cursor, 'base64url').toString('utf8');
  if (encode(key) !== cursor) {
    throw new NotFoundError(
      'cursor is not one that this API gave. Leave it out to begin at the first page.',
    );
  }
  return key;
}

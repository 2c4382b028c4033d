import { InputError } from '@backstage/errors';
import {
  findHosts,
  hostRows,
  type HostPosition,
  type HostsPage,
  type HostsQuery,
} from 'backstage-plugin-networking-common';
import { audited } from '../audit';
import {
  readClusters,
  type CallContext,
  type ReadCluster,
  type Services,
} from '../services';
import { authorizedRoutes } from './authorizedRoutes';

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
    throw new InputError(
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
      const { end, ...page } = findHosts(rows.flat(), query, after);
      return {
        ...page,
        ...(end && { nextCursor: encode(end) }),
        topic: services.topics.ofHosts,
        clusters: clusters.map(({ state }) => state),
      };
    },
  );
}

async function rowsOf(
  services: Services,
  cluster: ReadCluster,
  caller: CallContext['caller'],
) {
  const [authorized, evaluated] = await Promise.all([
    authorizedRoutes(services, cluster, caller),
    services.evaluatedRoutes.of(services, cluster),
  ]);
  return authorized.flatMap(({ route, entities }) => {
    // A route that is newer than the evaluation comes with the next one.
    const exposure = evaluated.get(route);
    if (!exposure) return [];
    const owners = new Map(
      entities.map(({ facts }) => [facts.ref, facts.owners]),
    );
    return hostRows(
      {
        ...exposure,
        entities: entities.map(({ facts, reason }) => ({
          entityRef: facts.ref,
          reason,
        })),
      },
      ref => owners.get(ref) ?? [],
    );
  });
}

import type { HttpRoute, HttpRouteMatch } from '../../gateway-api/types';
import { find, HOST, type World } from './world';

export const OLDER = '2026-11-01T00:00:00Z';
export const YOUNGER = '2026-11-23T11:58:00Z';

export const path = (value: string, type = 'PathPrefix'): HttpRouteMatch => ({
  path: { type, value },
});

/** A route of another namespace for the same host and listener. */
export function rival(
  matches: HttpRouteMatch[] = [path('/')],
  change: (route: HttpRoute) => void = () => {},
) {
  return (world: World) => {
    const route = structuredClone(world.route);
    route.metadata = {
      name: 'secret-name',
      namespace: 'secret-team',
      uid: 'uid-rival',
      generation: 1,
      creationTimestamp: OLDER,
    };
    route.spec!.rules = [{ matches }];
    change(route);
    world.objects.push(
      {
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: { name: 'secret-team' },
      },
      route,
    );
  };
}

export const own =
  (...matches: HttpRouteMatch[]) =>
  (world: World) => {
    world.route.spec!.rules![0].matches = matches;
  };

/** Has the world's route claim the one host of the https listener through a wildcard. */
export const throughWildcard = (world: World) => {
  const [, https] = find(world, 'Gateway', 'idp-gateway').spec!.listeners!;
  https.hostname = HOST;
  world.route.spec!.hostnames = ['*.127-0-0-1.nip.io'];
};

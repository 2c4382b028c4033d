/**
 * The plugin alone: `yarn start` in this folder. A small fake API server stands in for a cluster, everybody is one
 * signed-in user, and everything is allowed.
 *
 *   curl http://127.0.0.1:7007/api/networking/v1/exposures?entityRef=component:default/shop
 *   curl http://127.0.0.1:7007/api/networking/v1/exposures -H 'content-type: application/json' \
 *     -d '{"entityRef":"component:default/shop"}'
 */
import { createBackend } from '@backstage/backend-defaults';
import { mockServices } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { startFakeApiServer } from '../src/__testUtils__/fakeApiServer';
import {
  clusterObjects,
  ENTITIES,
  worldCertificates,
} from '../src/__testUtils__/world';
import { networkingPlugin } from '../src/plugin';

async function main() {
  const certificates = await worldCertificates();
  const cluster = await startFakeApiServer([
    ...clusterObjects(),
    ...certificates.objects,
  ]);
  const backend = createBackend();
  backend.add(
    mockServices.rootConfig.factory({
      data: {
        backend: {
          baseUrl: 'http://127.0.0.1:7007',
          listen: { host: '127.0.0.1', port: 7007 },
          database: { client: 'better-sqlite3', connection: ':memory:' },
        },
        kubernetes: {
          clusterLocatorMethods: [
            {
              type: 'config',
              clusters: [
                {
                  name: 'local',
                  url: cluster.url,
                  authProvider: 'serviceAccount',
                  serviceAccountToken: cluster.token,
                  caData: cluster.caData,
                },
              ],
            },
          ],
        },
        networking: {
          allowWithoutPermissions: true,
          network: { lanIp: '127.0.0.1' },
          gateway: {
            class: 'local-traefik',
            controller: 'traefik.io/gateway-controller',
          },
        },
      },
    }),
  );
  backend.add(mockServices.auth.factory());
  backend.add(mockServices.httpAuth.factory());
  backend.add(catalogServiceMock.factory({ entities: ENTITIES }));
  backend.add(networkingPlugin);
  await backend.start();
}

main().catch(error => {
  process.stderr.write(`${error.stack}\n`);
  process.exitCode = 1;
});

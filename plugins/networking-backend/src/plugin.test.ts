import {
  coreServices,
  createServiceFactory,
  type BackendFeature,
} from '@backstage/backend-plugin-api';
import { mockServices } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import {
  notificationService,
  type NotificationSendOptions,
} from '@backstage/plugin-notifications-node';
import { startBackend, type TestBackend } from './__testUtils__/backend';
import { caughtUp } from './__testUtils__/caughtUp';
import {
  startFakeApiServer,
  type FakeApiServer,
} from './__testUtils__/fakeApiServer';
import {
  accepted,
  clusterObjects,
  ENTITIES,
  issued,
  route,
  worldCertificates,
} from './__testUtils__/world';

const TASK = 'networking-certificate-notifications';

let server: FakeApiServer;

beforeAll(async () => {
  const { ca, wildcard, objects } = await worldCertificates();
  server = await startFakeApiServer([
    ...clusterObjects(),
    ...objects,
    // Its renewal is a year behind.
    ...issued({
      name: 'idp-wildcard-cert',
      namespace: 'kube-system',
      secretName: 'idp-wildcard-cert',
      issuer: 'idp-demo-ca',
      certificate: wildcard,
      ca,
      dnsNames: ['*.127-0-0-1.nip.io'],
    }).map(object =>
      object.kind === 'Certificate'
        ? {
            ...object,
            status: {
              ...(object as { status?: object }).status,
              renewalTime: '2025-11-25T00:00:00Z',
            },
          }
        : object,
    ),
    accepted(
      route('shop', { labels: { 'backstage.io/kubernetes-id': 'shop' } }),
    ),
  ]);
});

afterAll(() => server.close());

let backend: TestBackend | undefined;

afterEach(async () => {
  await backend?.stop();
  backend = undefined;
});

const group = (name: string, member: string): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Group',
  metadata: { name, namespace: 'default' },
  spec: { type: 'team', children: [] },
  relations: [{ type: 'hasMember', targetRef: `user:default/${member}` }],
});

/** The plugin with all of the cluster read, and what runs its task. */
async function start(...features: BackendFeature[]) {
  const scheduler = mockServices.scheduler();
  const scheduled = jest.spyOn(scheduler, 'scheduleTask');
  backend = await startBackend({
    server,
    entities: [
      ...ENTITIES,
      group('platform', 'alex'),
      group('team-shop', 'sam'),
      group('team-payments', 'pat'),
    ],
    networking: { certificates: { notify: ['group:default/platform'] } },
    features: [
      createServiceFactory({
        service: coreServices.scheduler,
        deps: {},
        factory: () => scheduler,
      }),
      ...features,
    ],
  });
  await backend.someone().get('/v1/hosts');
  await caughtUp(backend.snapshots(), { local: server });
  return {
    task: scheduled.mock.calls
      .map(([task]) => task)
      .find(one => one.id === TASK),
    run: () => scheduler.triggerTask(TASK),
  };
}

it('every minute one replica tells owners and admins of certificates in trouble, once', async () => {
  const sent: NotificationSendOptions[] = [];
  const { task, run } = await start(
    createServiceFactory({
      service: notificationService,
      deps: {},
      factory: () => ({ send: async options => void sent.push(options) }),
    }),
  );
  expect(task).toMatchObject({ scope: 'global', frequency: { minutes: 1 } });
  await run();
  await run();
  expect(sent.map(({ recipients }) => recipients)).toEqual([
    { type: 'entity', entityRef: 'group:default/platform' },
    { type: 'entity', entityRef: 'group:default/team-shop' },
  ]);
});

it('the notifications plugin takes them, and shows each to whom it concerns', async () => {
  const { run } = await start(
    (
      await import('@backstage/plugin-notifications-backend')
    ).default,
  );
  await run();
  const shownTo = async (user: string) => {
    const { body } = await backend!
      .as(`user:default/${user}`, 'notifications')
      .get('/notifications');
    return (body.notifications as { origin: string; payload: object }[]).map(
      ({ origin, payload }) => ({ origin, ...payload }),
    );
  };
  expect(await shownTo('alex')).toMatchObject([
    {
      origin: 'plugin:networking',
      title: expect.stringMatching(
        /^Certificate kube-system\/idp-wildcard-cert /,
      ),
      severity: 'high',
      link: '/networking/certificates',
      topic: 'certificates',
    },
  ]);
  expect(await shownTo('sam')).toMatchObject([
    {
      title: expect.stringMatching(/^The certificate of shop\./),
      link: '/catalog/default/component/shop/networking',
    },
  ]);
  expect(await shownTo('pat')).toEqual([]);
});

it('a Backstage without the notifications plugin is told so in one line', async () => {
  const logger = mockServices.logger.mock();
  const { run } = await start(
    createServiceFactory({
      service: coreServices.logger,
      deps: {},
      factory: () => logger,
    }),
  );
  await run();
  await run();
  expect(
    logger.info.mock.calls.filter(([line]) => /notifications/.test(line)),
  ).toEqual([
    [
      'Nobody is told of certificates in trouble: the notifications plugin is not installed',
    ],
  ]);
  expect(logger.warn).not.toHaveBeenCalled();
});

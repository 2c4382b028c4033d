import {
  coreServices,
  createServiceFactory,
  type BackendFeature,
  type SchedulerService,
  type SchedulerServiceTaskInvocationDefinition,
  type SchedulerServiceTaskScheduleDefinition,
} from '@backstage/backend-plugin-api';
import { mockServices } from '@backstage/backend-test-utils';
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
  issued,
  route,
  worldCertificates,
} from './__testUtils__/world';

type Task = SchedulerServiceTaskInvocationDefinition &
  SchedulerServiceTaskScheduleDefinition;

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

/** The plugin with all of the cluster read, and what runs its task. */
async function start(...features: BackendFeature[]) {
  const tasks: Task[] = [];
  const scheduler = {
    scheduleTask: async (task: Task) => void tasks.push(task),
  };
  backend = await startBackend({
    server,
    networking: { certificates: { notify: ['group:default/platform'] } },
    features: [
      createServiceFactory({
        service: coreServices.scheduler,
        deps: {},
        factory: () => scheduler as SchedulerService,
      }),
      ...features,
    ],
  });
  await backend.someone().get('/v1/hosts');
  await caughtUp(backend.snapshots(), { local: server });
  const task = tasks.find(
    ({ id }) => id === 'networking-certificate-notifications',
  )!;
  return { task, run: () => task.fn(new AbortController().signal) };
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

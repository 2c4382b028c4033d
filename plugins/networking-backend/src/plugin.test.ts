import {
  coreServices,
  createServiceFactory,
  type SchedulerServiceTaskInvocationDefinition,
  type SchedulerServiceTaskScheduleDefinition,
} from '@backstage/backend-plugin-api';
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
let backend: TestBackend;
const tasks: Task[] = [];
const sent: NotificationSendOptions[] = [];

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
  backend = await startBackend({
    server,
    networking: { certificates: { notify: ['group:default/platform'] } },
    features: [
      createServiceFactory({
        service: coreServices.scheduler,
        deps: {},
        factory: () =>
          ({
            scheduleTask: async (task: Task) => void tasks.push(task),
          } as never),
      }),
      createServiceFactory({
        service: notificationService,
        deps: {},
        factory: () => ({ send: async options => void sent.push(options) }),
      }),
    ],
  });
});

afterAll(async () => {
  await backend.stop();
  await server.close();
});

it('every minute one replica tells owners and admins of certificates in trouble, once', async () => {
  await backend.someone().get('/v1/hosts');
  await caughtUp(backend.snapshots(), { local: server });
  const task = tasks.find(
    ({ id }) => id === 'networking-certificate-notifications',
  )!;
  expect(task).toMatchObject({ scope: 'global', frequency: { minutes: 1 } });
  const run = () => task.fn(new AbortController().signal);
  await run();
  await run();
  expect(sent.map(({ recipients }) => recipients)).toEqual([
    { type: 'entity', entityRef: 'group:default/platform' },
    { type: 'entity', entityRef: 'group:default/team-shop' },
  ]);
});

import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import type {
  NotificationSendOptions,
  NotificationService,
} from '@backstage/plugin-notifications-node';
import type { CertificateFacts } from 'backstage-plugin-networking-common';
import type { Knex } from 'knex';
import { clusterObjects, SUFFIX } from '../../../__testUtils__/world';
import {
  connectDatabase,
  createCertificateStates,
  type Database,
} from '../../../io/database';
import {
  MINUTE,
  DAY,
  START,
  ADMINS,
  TEAM_SHOP,
  TEAM_PAYMENTS,
  facts,
  ISSUING,
  READY,
  GOOD,
  DUE,
  NEVER_ISSUED,
  OVERDUE,
  UNSOLVED,
  FAILED,
  FAILING,
  UNTRUSTED,
  EXPIRED,
  UNKNOWN,
  ROUTES,
  entity,
  SHOP,
  OWNERS,
} from './__testUtils__/facts';
import { servicesOf, type World } from './__testUtils__/services';
import { createCertificateNotifier } from './notifier';

// PostgreSQL runs where BACKSTAGE_TEST_DATABASE_POSTGRES18_CONNECTION_STRING is set.
const databases = TestDatabases.create({
  ids: ['SQLITE_3', 'POSTGRES_18'],
  disableDocker: true,
});

describe.each(databases.eachSupportedId())('notifications on %s', id => {
  let client: Knex;
  let database: Database;
  let now: number;
  let world: World;
  let sent: NotificationSendOptions[];
  let failure:
    | ((options: NotificationSendOptions) => Error | undefined)
    | undefined;
  const logger = mockServices.logger.mock();

  beforeEach(async () => {
    client = await databases.init(id);
    database = await connectDatabase(
      mockServices.database.mock({ getClient: async () => client }),
    );
    now = START;
    sent = [];
    failure = undefined;
    world = {
      facts: GOOD,
      entities: OWNERS,
      notify: [ADMINS],
      reachable: true,
      gaps: [],
      objects: [...clusterObjects(), ...ROUTES],
    };
    jest.clearAllMocks();
  });

  const notifications: NotificationService = {
    async send(options) {
      const error = failure?.(options);
      if (error) throw error;
      sent.push(options);
    },
  };

  /** The notifier of one replica. */
  const replica = () => {
    return createCertificateNotifier({
      services: servicesOf(world, () => now),
      states: createCertificateStates(database),
      notifications,
      logger,
    });
  };

  /** What is told where the certificate is so, a minute after the last time. */
  const told = async (
    state: CertificateFacts = world.facts,
    notifier = replica(),
  ) => {
    world.facts = state;
    now += MINUTE;
    const before = sent.length;
    await notifier.run();
    return sent.slice(before);
  };
  const recipients = (messages: readonly NotificationSendOptions[]) =>
    messages.map(({ recipients: to }) =>
      to.type === 'entity' ? to.entityRef : to.type,
    );
  const to = (
    messages: readonly NotificationSendOptions[],
    recipient: string,
  ) =>
    messages.find(message => recipients([message])[0] === recipient)!.payload;

  const EVERYBODY = [ADMINS, TEAM_PAYMENTS, TEAM_SHOP];

  it.each([
    ['due', DUE, 'normal', 'is due for renewal'],
    ['overdue', OVERDUE, 'high', 'was not issued in time'],
    ['overdue from the first', NEVER_ISSUED, 'high', 'was not issued in time'],
    ['failing for a solver', UNSOLVED, 'high', 'cannot be issued'],
    ['failing', FAILING, 'high', 'cannot be issued'],
    ['untrusted', UNTRUSTED, 'critical', 'is not trusted'],
    ['expired', EXPIRED, 'critical', 'has expired'],
  ])(
    'tell owners and admins once that a certificate is %s',
    async (_, state, severity, title) => {
      expect(await told(GOOD)).toEqual([]);
      const messages = await told(state);
      expect(recipients(messages)).toEqual(EVERYBODY);
      expect(to(messages, ADMINS)).toMatchObject({
        title: `Certificate kube-system/idp-wildcard-cert ${title}`,
        severity,
        topic: 'certificates',
        link: '/networking/certificates',
      });
      expect(to(messages, TEAM_PAYMENTS)).toMatchObject({
        title: `The certificate of payments.${SUFFIX} ${title}`,
        severity,
        link: '/catalog/default/component/payments/networking',
      });
      expect(await told()).toEqual([]);
      // Another replica knows it too.
      expect(await told(state, replica())).toEqual([]);
    },
  );

  it('tell once of what was in trouble before the first start', async () => {
    expect(recipients(await told(EXPIRED))).toEqual(EVERYBODY);
    expect(await told()).toEqual([]);
  });

  it('name to owners their own hosts alone, and to admins all', async () => {
    const messages = await told(DUE);
    const shop = to(messages, TEAM_SHOP);
    expect(shop.title).toBe(
      `The certificate of shop-beta.${SUFFIX} and shop.${SUFFIX} is due for renewal`,
    );
    expect(JSON.stringify(shop)).not.toContain('payments');
    expect(JSON.stringify(to(messages, TEAM_PAYMENTS))).not.toContain('shop');
    for (const host of ['shop', 'shop-beta', 'payments']) {
      expect(to(messages, ADMINS).description).toContain(`${host}.${SUFFIX}`);
    }
  });

  it('say what happens to requests and what to do', async () => {
    const { description } = to(await told(EXPIRED), TEAM_PAYMENTS);
    expect(description).toMatch(/expired on 2026-11-24/);
    expect(description).toMatch(
      /enew Certificate kube-system\/idp-wildcard-cert/,
    );
  });

  it('tell of each state that a certificate comes to, in the place of the one before', async () => {
    const states = [DUE, OVERDUE, FAILING, EXPIRED];
    const messages = [];
    for (const state of states) messages.push(await told(state));
    expect(messages.map(recipients)).toEqual(states.map(() => EVERYBODY));
    const scopes = messages.map(some => to(some, TEAM_SHOP).scope);
    expect(new Set(scopes).size).toBe(1);
    expect(scopes[0]).not.toBe(to(messages[0], ADMINS).scope);
  });

  it('tell once of a state that comes and goes while the certificate is in trouble', async () => {
    await told(FAILING);
    expect(
      await told(facts({}, { ...FAILED, conditions: [READY, ISSUING] })),
    ).toEqual([]);
    expect(await told(facts({}, { conditions: [READY, ISSUING] }))).toEqual([]);
    expect(await told(FAILING)).toEqual([]);
    await told(OVERDUE);
    expect(await told(FAILING)).toEqual([]);
  });

  it('tell again of a state that comes back after a day in another', async () => {
    await told(UNTRUSTED);
    await told(DUE);
    now += DAY;
    await told(DUE);
    expect(recipients(await told(UNTRUSTED))).toEqual(EVERYBODY);
  });

  it.each([
    ['due', DUE, 'is not due for renewal any more'],
    ['overdue', OVERDUE, 'has been issued'],
    ['failing', FAILING, 'has been issued'],
    ['untrusted', UNTRUSTED, 'is trusted again'],
    ['expired', EXPIRED, 'is valid again'],
  ])(
    'tell those who were told of a certificate that was %s once that it is over, in the same place',
    async (_, state, title) => {
      world.entities = new Map([['shop', [SHOP]]]);
      const trouble = await told(state);
      world.entities = OWNERS;
      const messages = await told(GOOD);
      expect(recipients(messages)).toEqual([ADMINS, TEAM_SHOP]);
      expect(to(messages, TEAM_SHOP)).toMatchObject({
        title: `The certificate of shop-beta.${SUFFIX} and shop.${SUFFIX} ${title}`,
        description: 'Signed by idp-demo-ca, 59 days left.',
        severity: 'low',
        scope: to(trouble, TEAM_SHOP).scope,
      });
      expect(await told(GOOD)).toEqual([]);
    },
  );

  it('tell of the end of what was told last', async () => {
    await told(DUE);
    await told(UNTRUSTED);
    expect(to(await told(GOOD), ADMINS).title).toMatch(/is trusted again$/);
  });

  it('say nothing of an end while it is being issued, or is only known to verify by the CA that signed it', async () => {
    await told(UNTRUSTED);
    expect(await told(facts({}, { conditions: [READY, ISSUING] }))).toEqual([]);
    expect(await told(facts({ trust: 'issued' }))).toEqual([]);
    expect(recipients(await told(GOOD))).toEqual(EVERYBODY);
  });

  it('tell again of a certificate that was good in between', async () => {
    await told(UNTRUSTED);
    await told(GOOD);
    expect(await client('certificate_states').select()).toEqual([]);
    expect(recipients(await told(UNTRUSTED))).toEqual(EVERYBODY);
  });

  it('forget nothing of a certificate of which too little is known', async () => {
    await told(UNTRUSTED);
    await told(UNKNOWN);
    await told(facts({ verified: undefined }));
    expect(await told(UNTRUSTED)).toEqual([]);
  });

  it.each<[string, () => void]>([
    [
      'is away',
      () => {
        world.reachable = false;
      },
    ],
    [
      'does not answer for its Certificates',
      () => {
        world.gaps = [
          { kind: 'Certificate', reason: 'Unreachable', message: '' },
        ];
      },
    ],
  ])('neither tell nor forget while a cluster %s', async (_, happens) => {
    await told(FAILING);
    const before = world;
    world = { ...world };
    happens();
    expect(await told(EXPIRED)).toEqual([]);
    expect(await told(GOOD)).toEqual([]);
    world = before;
    expect(await told(FAILING)).toEqual([]);
  });

  it('forget a certificate that no listener uses any more', async () => {
    await told(DUE);
    world.objects = world.objects.filter(({ kind }) => kind !== 'Gateway');
    await told();
    expect(await client('certificate_states').select()).toEqual([]);
  });

  it('tell owners who come later, and nobody a second time', async () => {
    world.entities = new Map([['shop', [SHOP]]]);
    expect(recipients(await told(DUE))).toEqual([ADMINS, TEAM_SHOP]);
    world.entities = OWNERS;
    expect(recipients(await told())).toEqual([TEAM_PAYMENTS]);
  });

  it('tell a group that owns and administers once, as admins', async () => {
    world.notify = ['team-shop'];
    const messages = await told(DUE);
    expect(recipients(messages)).toEqual([TEAM_SHOP, TEAM_PAYMENTS]);
    expect(to(messages, TEAM_SHOP).link).toBe('/networking/certificates');
  });

  it('tell the owners alone where no admins are named, and of an entity that no group owns itself', async () => {
    world.notify = [];
    world.entities = new Map([['shop', [entity('shop', [])]]]);
    expect(recipients(await told(DUE))).toEqual(['component:default/shop']);
  });

  it('try again what could not be sent, and do not repeat what could', async () => {
    const notifier = replica();
    failure = options =>
      recipients([options])[0] === TEAM_PAYMENTS
        ? new Error('Failed to send notifications: Error: fetch failed')
        : undefined;
    expect(recipients(await told(DUE, notifier))).toEqual([ADMINS, TEAM_SHOP]);
    expect(await told(DUE, notifier)).toEqual([]);
    expect(logger.warn).toHaveBeenCalledTimes(1);
    failure = undefined;
    expect(recipients(await told(DUE, notifier))).toEqual([TEAM_PAYMENTS]);
  });

  it('say once where the notifications plugin is not installed, and tell when it is', async () => {
    const notifier = replica();
    failure = () =>
      new Error(
        'Failed to send notifications: Error: Request failed with status 404',
      );
    await told(DUE, notifier);
    await told(DUE, notifier);
    expect(logger.info).toHaveBeenCalledTimes(1);
    expect(logger.warn).not.toHaveBeenCalled();
    failure = undefined;
    expect(recipients(await told(DUE, notifier))).toEqual(EVERYBODY);
  });

  it('stop where the task is ended, and go on the next time', async () => {
    world.facts = DUE;
    const ended = new AbortController();
    failure = () => {
      ended.abort();
      return undefined;
    };
    await replica().run(ended.signal);
    expect(recipients(sent)).toEqual([ADMINS]);
    failure = undefined;
    expect(recipients(await told())).toEqual([TEAM_PAYMENTS, TEAM_SHOP]);
  });

  it('never fail, whatever cannot be found out', async () => {
    world.entities = {
      get() {
        throw new Error('The catalog is away');
      },
    } as unknown as World['entities'];
    expect(await told(DUE)).toEqual([]);
    expect(logger.warn).toHaveBeenCalledTimes(1);
  });
});

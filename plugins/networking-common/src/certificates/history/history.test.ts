import { issuanceHistory } from './history';
import type {
  AcmeChallenge,
  AcmeChallengeStatus,
  AcmeOrder,
  CoreEvent,
  IssuanceEvent,
} from './types';

const TOKEN = 'LoqXcYV8q5ONbJQxbmR7SCTNo3tiAXDfowyjxAjEuX0';
const KEY = `${TOKEN}.9jg46WB3rR_AHD-EBXdN7cBkH1WOu0tA3M9fm21mqTI`;

const event = (rest: Partial<CoreEvent> = {}): CoreEvent => ({
  apiVersion: 'v1',
  kind: 'Event',
  metadata: {
    name: 'shop.17c0ffee',
    namespace: 'shop',
    creationTimestamp: '2026-11-25T10:00:00Z',
  },
  involvedObject: {
    kind: 'Certificate',
    namespace: 'shop',
    name: 'shop',
    uid: 'uid-shop',
  },
  type: 'Normal',
  reason: 'Issuing',
  message: 'The certificate has been successfully issued',
  ...rest,
});

const told = (rest: Partial<CoreEvent>, challenges: AcmeChallenge[] = []) =>
  issuanceHistory({ events: [event(rest)], challenges }).events[0];

describe('an Event', () => {
  const CASES: Record<string, [Partial<CoreEvent>, Partial<IssuanceEvent>]> = {
    'that is counted has its first and last time, and how often it came': [
      {
        count: 4,
        firstTimestamp: '2026-11-25T10:00:00Z',
        lastTimestamp: '2026-11-25T10:03:00Z',
        source: { component: 'cert-manager-certificates-issuing' },
      },
      {
        count: 4,
        firstAt: '2026-11-25T10:00:00.000Z',
        lastAt: '2026-11-25T10:03:00.000Z',
        reportedBy: 'cert-manager-certificates-issuing',
      },
    ],
    'of a series has that of the series': [
      {
        eventTime: '2026-11-25T10:00:00.123456Z',
        firstTimestamp: null,
        lastTimestamp: null,
        series: { count: 7, lastObservedTime: '2026-11-25T10:09:00.654321Z' },
        reportingComponent: 'cert-manager',
      },
      {
        count: 7,
        firstAt: '2026-11-25T10:00:00.123Z',
        lastAt: '2026-11-25T10:09:00.654Z',
        reportedBy: 'cert-manager',
      },
    ],
    'that came once has the time at which it came': [
      { eventTime: '2026-11-25T10:00:00.123456Z' },
      { count: 1, lastAt: '2026-11-25T10:00:00.123Z' },
    ],
    'that says no time of its own was made at some time': [
      {},
      { count: 1, lastAt: '2026-11-25T10:00:00.000Z' },
    ],
    'with a count that is none came once': [{ count: 0 }, { count: 1 }],
    'of a kind of trouble that nobody knows is no Warning': [
      { type: 'Whatever' },
      { type: 'Normal' },
    ],
    'about what lies in no namespace has none': [
      { involvedObject: { kind: 'ClusterIssuer', name: 'ca', namespace: '' } },
      { about: { kind: 'ClusterIssuer', name: 'ca' } },
    ],
    'is cut where nobody reads to its end': [
      { message: 'x'.repeat(5_000) },
      { message: `${'x'.repeat(1_023)}…` },
    ],
  };
  it.each(Object.entries(CASES))('%s', (_, [rest, expected]) => {
    expect(told(rest)).toMatchObject(expected);
  });

  const NONE: Record<string, unknown> = {
    'does not say of what it is': event({ involvedObject: {} }),
    'does not say when it came': event({
      metadata: { name: 'shop.1', creationTimestamp: 'yesterday' },
    }),
    'is a text': 'no Event',
    'has no metadata': { involvedObject: { kind: 'A', name: 'b' } },
  };
  it.each(Object.entries(NONE))('that %s is left out', (_, one) => {
    expect(issuanceHistory({ events: [one as CoreEvent] }).events).toEqual([]);
  });
});

describe('Events', () => {
  const numbered = (count: number) =>
    Array.from({ length: count }, (_, index) =>
      event({
        metadata: { name: `shop.${index}`, uid: `uid-${index}` },
        message: `${index}`,
        lastTimestamp: new Date(Date.UTC(2026, 0, 1, 0, index)).toISOString(),
      }),
    );

  it('are the newest hundred, the newest first', () => {
    const { events } = issuanceHistory({ events: numbered(150) });
    expect(events.map(({ message }) => Number(message))).toEqual(
      Array.from({ length: 100 }, (_, index) => 149 - index),
    );
  });

  it('of one second are in the order in which they were written', () => {
    const versions = ['998', '1002', '999', '1001'];
    const { events } = issuanceHistory({
      events: versions.map(resourceVersion =>
        event({
          metadata: {
            name: `shop.${resourceVersion}`,
            uid: resourceVersion,
            resourceVersion,
          },
          message: resourceVersion,
          lastTimestamp: '2026-11-25T10:00:00Z',
        }),
      ),
    });
    expect(events.map(({ message }) => message)).toEqual([
      '1002',
      '1001',
      '999',
      '998',
    ]);
  });

  it('that were read twice are told once', () => {
    const [one] = numbered(1);
    expect(issuanceHistory({ events: [one, one] }).events).toHaveLength(1);
  });
});

const order = (name: string, request: string, rest: Partial<AcmeOrder> = {}) =>
  ({
    apiVersion: 'acme.cert-manager.io/v1',
    kind: 'Order',
    metadata: {
      name,
      namespace: 'shop',
      uid: `uid-${name}`,
      creationTimestamp: '2026-11-25T10:00:00Z',
      ownerReferences: [
        {
          apiVersion: 'cert-manager.io/v1',
          kind: 'CertificateRequest',
          name: request,
          uid: `uid-${request}`,
        },
      ],
    },
    ...rest,
  } satisfies AcmeOrder);

const challenge = (
  name: string,
  ofOrder: string,
  rest: Pick<AcmeChallenge, 'spec' | 'status'> = {},
): AcmeChallenge => ({
  apiVersion: 'acme.cert-manager.io/v1',
  kind: 'Challenge',
  metadata: {
    name,
    ownerReferences: [
      {
        apiVersion: 'acme.cert-manager.io/v1',
        kind: 'Order',
        name: ofOrder,
        uid: `uid-${ofOrder}`,
      },
    ],
  },
  spec: {
    dnsName: 'shop.example.com',
    type: 'HTTP-01',
    wildcard: false,
    token: TOKEN,
    key: KEY,
    ...rest.spec,
  },
  status: rest.status,
});

const REQUESTS = [{ name: 'shop-1', uid: 'uid-shop-1' }];
const ordered = (
  orders: readonly AcmeOrder[],
  challenges: readonly AcmeChallenge[] = [],
  requests: readonly { name: string; uid?: string }[] = REQUESTS,
) => issuanceHistory({ events: [], orders, challenges, requests }).orders;

describe('Orders', () => {
  it('are those of the requests, the newest first, at most ten', () => {
    const orders = Array.from({ length: 12 }, (_, index) =>
      order(`o-${index}`, 'shop-1'),
    ).map((one, index) => ({
      ...one,
      metadata: {
        ...one.metadata,
        creationTimestamp: `2026-11-25T10:00:${10 + index}Z`,
      },
    }));
    const found = ordered([order('of-another', 'shop-2'), ...orders]);
    expect(found.map(({ name }) => name)).toEqual(
      Array.from({ length: 10 }, (_, index) => `o-${11 - index}`),
    );
  });

  it('are not those of a request that had the name before', () => {
    expect(
      ordered([order('o', 'shop-1')], [], [{ name: 'shop-1', uid: 'another' }]),
    ).toEqual([]);
  });

  it('are found by name where no uid is known', () => {
    expect(
      ordered([order('o', 'shop-1')], [], [{ name: 'shop-1' }]),
    ).toHaveLength(1);
  });

  it('say how they stand, and have their own Challenges', () => {
    expect(
      ordered(
        [
          order('o', 'shop-1', {
            status: {
              state: 'invalid',
              reason: 'One of the challenges failed',
              failureTime: '2026-11-25T10:05:00Z',
            },
          }),
        ],
        [
          challenge('c-2', 'o', {
            spec: { type: 'DNS-01', wildcard: true },
            status: { state: 'valid', presented: false, processing: false },
          }),
          challenge('c-1', 'o'),
          challenge('c-3', 'another'),
        ],
      ),
    ).toEqual([
      {
        name: 'o',
        createdAt: '2026-11-25T10:00:00.000Z',
        state: 'invalid',
        reason: 'One of the challenges failed',
        failedAt: '2026-11-25T10:05:00.000Z',
        challenges: [
          { dnsName: 'shop.example.com', type: 'HTTP-01', wildcard: false },
          {
            dnsName: 'shop.example.com',
            type: 'DNS-01',
            wildcard: true,
            state: 'valid',
            presented: false,
            processing: false,
          },
        ],
      },
    ]);
  });
});

describe('the token and the key of a Challenge', () => {
  const url = (path: string) =>
    `Waiting for HTTP-01 challenge propagation: failed to perform self check GET request 'http://shop.example.com/.well-known/acme-challenge/${path}'`;
  const CASES: Record<string, Partial<AcmeChallengeStatus>> = {
    [url(TOKEN)]: { reason: url('…') },
    [url('ofAnEarlierChallenge')]: { reason: url('…') },
    [`got ${KEY}, expected ${TOKEN}`]: { reason: 'got …, expected …' },
  };
  it.each(Object.entries(CASES))(
    'are not in its reason: %s',
    (reason, shown) => {
      const [{ challenges }] = ordered(
        [order('o', 'shop-1')],
        [challenge('c', 'o', { status: { state: 'pending', reason } })],
      );
      expect(challenges).toEqual([
        expect.objectContaining({ state: 'pending', ...shown }),
      ]);
    },
  );

  it('are in no text of Orders and Events', () => {
    const history = issuanceHistory({
      events: [event({ message: `${KEY} is wrong`, reason: TOKEN })],
      orders: [order('o', 'shop-1', { status: { reason: `not ${KEY}` } })],
      challenges: [challenge('c', 'o', { status: { reason: TOKEN } })],
      requests: REQUESTS,
    });
    expect(JSON.stringify(history)).not.toContain(TOKEN);
    expect(JSON.stringify(history)).not.toContain(KEY);
  });
});

import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import {
  AuthorizeResult,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';
import { createReadableEntities } from './readableEntities';

const ALLOW: PolicyDecision = { result: AuthorizeResult.ALLOW };
const DENY: PolicyDecision = { result: AuthorizeResult.DENY };
const CONDITIONAL: PolicyDecision = {
  result: AuthorizeResult.CONDITIONAL,
  pluginId: 'catalog',
  resourceType: 'catalog-entity',
  conditions: { rule: 'IS_ENTITY_OWNER', resourceType: 'catalog-entity' },
};

const sam = mockCredentials.user('user:default/sam');
const pat = mockCredentials.user('user:default/pat');
const refs = (count: number) =>
  Array.from({ length: count }, (_, index) => `component:default/c${index}`);

/** Decisions on catalog.entity.read and networking.exposure.read, then on each entity. */
function setUp(
  decisions: [PolicyDecision, PolicyDecision],
  isAllowed: (ref: string, permission: string) => boolean = () => true,
) {
  const clock = { time: Date.UTC(2026, 0) };
  const permissions = mockServices.permissions.mock({
    authorizeConditional: async () => decisions,
    authorize: async requests =>
      requests.map(request => ({
        result: isAllowed(
          String('resourceRef' in request && request.resourceRef),
          request.permission.name,
        )
          ? AuthorizeResult.ALLOW
          : AuthorizeResult.DENY,
      })),
  });
  const readable = createReadableEntities({
    permissions,
    now: () => clock.time,
  });
  return { clock, permissions, readable };
}

const WHOLE: Record<
  string,
  { decisions: [PolicyDecision, PolicyDecision]; count: number }
> = {
  'all where both are allowed': { decisions: [ALLOW, ALLOW], count: 3 },
  'none where exposures are denied': { decisions: [ALLOW, DENY], count: 0 },
  'none where entities are denied': { decisions: [DENY, ALLOW], count: 0 },
  'none where one is denied and one conditional': {
    decisions: [CONDITIONAL, DENY],
    count: 0,
  },
};

describe('of many entities, readable are', () => {
  it.each(Object.entries(WHOLE))(
    '%s, without asking for each',
    async (_, { decisions, count }) => {
      const { permissions, readable } = setUp(decisions);
      expect((await readable.among(refs(3), sam)).size).toBe(count);
      expect(permissions.authorize).not.toHaveBeenCalled();
    },
  );

  it('those that are allowed one by one where that is conditional', async () => {
    const { permissions, readable } = setUp([ALLOW, CONDITIONAL], ref =>
      ref.endsWith('c1'),
    );
    expect([...(await readable.among(refs(3), sam))]).toEqual([
      'component:default/c1',
    ]);
    const [requests] = permissions.authorize.mock.calls[0];
    expect(requests.map(({ permission }) => permission.name)).toEqual(
      Array(3).fill('networking.exposure.read'),
    );
  });

  it('those that pass both permissions where both are conditional', async () => {
    const { readable } = setUp(
      [CONDITIONAL, CONDITIONAL],
      (ref, permission) =>
        permission === 'catalog.entity.read' || ref.endsWith('c2'),
    );
    expect([...(await readable.among(refs(3), sam))]).toEqual([
      'component:default/c2',
    ]);
  });

  it('nothing, asking nobody, where there are none', async () => {
    const { permissions, readable } = setUp([ALLOW, ALLOW]);
    expect((await readable.among([], sam)).size).toBe(0);
    expect(permissions.authorizeConditional).not.toHaveBeenCalled();
  });
});

describe('what is asked', () => {
  it('comes in chunks of 100 checks, each entity once', async () => {
    const { permissions, readable } = setUp([ALLOW, CONDITIONAL]);
    await readable.among([...refs(250), ...refs(250)], sam);
    expect(
      permissions.authorize.mock.calls.map(([requests]) => requests.length),
    ).toEqual([100, 100, 50]);
  });

  it('counts two conditional permissions as two checks', async () => {
    const { permissions, readable } = setUp([CONDITIONAL, CONDITIONAL]);
    await readable.among(refs(60), sam);
    expect(
      permissions.authorize.mock.calls.map(([requests]) => requests.length),
    ).toEqual([100, 20]);
  });

  it('is kept for 30 seconds, for that caller alone', async () => {
    const { clock, permissions, readable } = setUp([ALLOW, CONDITIONAL]);
    await readable.among(refs(2), sam);
    clock.time += 29_000;
    await readable.among(refs(3), sam);
    expect(
      permissions.authorize.mock.calls.map(([requests]) => requests.length),
    ).toEqual([2, 1]);
    await readable.among(refs(3), pat);
    expect(permissions.authorizeConditional).toHaveBeenCalledTimes(2);
    clock.time += 2_000;
    await readable.among(refs(3), sam);
    expect(permissions.authorizeConditional).toHaveBeenCalledTimes(3);
    expect(permissions.authorize.mock.calls[3][0]).toHaveLength(3);
  });

  it('is not kept where it failed', async () => {
    const { permissions, readable } = setUp([ALLOW, CONDITIONAL]);
    permissions.authorize.mockRejectedValueOnce(new Error('not now'));
    await expect(readable.among(refs(1), sam)).rejects.toThrow('not now');
    expect((await readable.among(refs(1), sam)).size).toBe(1);
  });
});

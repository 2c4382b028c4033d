import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { platformReadPermission } from 'backstage-plugin-networking-common';
import { component } from '../../__testUtils__/world';
import type { Caller } from '../../io/catalog';
import { createAuthorizer, requireAction } from './authorizer';

const REF = 'component:default/shop';
const sam: Caller = mockCredentials.user('user:default/sam');

function setUp(
  options: {
    allowed?: string[];
    result?: AuthorizeResult;
    exists?: boolean;
    permissionsEnabled?: boolean;
    allowWithoutPermissions?: boolean;
    now?: () => number;
  } = {},
) {
  const { allowed = [], exists = true } = options;
  const permissions = mockServices.permissions.mock({
    authorize: async requests =>
      requests.map(({ permission }) => ({
        result: (allowed.includes(permission.name)
          ? AuthorizeResult.ALLOW
          : options.result ?? AuthorizeResult.DENY) as
          | AuthorizeResult.ALLOW
          | AuthorizeResult.DENY,
      })),
  });
  const authorizer = createAuthorizer({
    permissions,
    entities: {
      get: async () => (exists ? component('shop', 'team-shop') : undefined),
    },
    permissionsEnabled: options.permissionsEnabled ?? true,
    allowWithoutPermissions: options.allowWithoutPermissions ?? false,
    now: options.now,
  });
  return { permissions, authorizer };
}

describe('an entity', () => {
  it('is decided in one request', async () => {
    const { authorizer, permissions } = setUp({
      allowed: ['catalog.entity.read', 'networking.exposure.read'],
    });
    const { facts, may } = await authorizer.entity(REF, sam);
    expect(facts.ref).toBe(REF);
    expect(may).toEqual({
      read: true,
      create: false,
      update: false,
      delete: false,
    });
    expect(permissions.authorize).toHaveBeenCalledTimes(1);
  });

  it('is asked about reading alone for what is offered, for five seconds', async () => {
    const clock = { time: 0 };
    const { authorizer, permissions } = setUp({
      allowed: [
        'catalog.entity.read',
        'networking.exposure.read',
        'networking.exposure.create',
      ],
      now: () => clock.time,
    });
    const asked = async (options?: { offers: boolean }) => {
      permissions.authorize.mockClear();
      const { may } = await authorizer.entity(REF, sam, options);
      expect(may).toMatchObject({ read: true, create: true, delete: false });
      return permissions.authorize.mock.calls.flatMap(([requests]) =>
        requests.map(({ permission }) => permission.name),
      );
    };
    const forReading = ['catalog.entity.read', 'networking.exposure.read'];
    expect(await asked({ offers: true })).toHaveLength(5);
    clock.time = 4_999;
    expect(await asked({ offers: true })).toEqual(forReading);
    expect(await asked()).toHaveLength(5);
    clock.time = 9_999;
    expect(await asked({ offers: true })).toHaveLength(5);
  });

  it('may not be read any more as soon as the permission is gone, whatever is offered', async () => {
    const allowed = ['catalog.entity.read', 'networking.exposure.read'];
    const { authorizer } = setUp({ allowed });
    const options = { offers: true };
    expect((await authorizer.entity(REF, sam, options)).may.read).toBe(true);
    allowed.pop();
    expect((await authorizer.entity(REF, sam, options)).may.read).toBe(false);
  });

  const INVISIBLE: Record<string, Parameters<typeof setUp>[0]> = {
    'it does not exist': { exists: false, allowed: ['catalog.entity.read'] },
    'the catalog hides it': { allowed: ['networking.exposure.read'] },
    'the answer is anything but ALLOW': {
      result: AuthorizeResult.CONDITIONAL,
    },
  };

  it.each(Object.entries(INVISIBLE))(
    'is not found where %s',
    async (_, options) => {
      await expect(
        setUp(options).authorizer.entity(REF, sam),
      ).rejects.toMatchObject({ name: 'NotFoundError' });
    },
  );

  it('needs a full ref', async () => {
    await expect(setUp().authorizer.entity('shop', sam)).rejects.toMatchObject({
      name: 'InputError',
      message: expect.stringContaining('component:default/shop'),
    });
  });

  it('that is visible and not permitted is refused, naming the permission', async () => {
    const { authorizer } = setUp({ allowed: ['catalog.entity.read'] });
    const entity = await authorizer.entity(REF, sam);
    expect(() => requireAction(entity, 'create', 'update')).toThrow(
      expect.objectContaining({
        name: 'NotAllowedError',
        message: expect.stringContaining('networking.exposure.create'),
      }),
    );
  });
});

describe('a platform permission', () => {
  it('is required by name', async () => {
    await expect(
      setUp().authorizer.require(platformReadPermission, sam),
    ).rejects.toMatchObject({
      name: 'NotAllowedError',
      message: expect.stringContaining('networking.platform.read'),
    });
    const { authorizer } = setUp({ allowed: ['networking.platform.read'] });
    await expect(
      authorizer.require(platformReadPermission, sam),
    ).resolves.toBeUndefined();
  });
});

const WRITES: Record<
  string,
  {
    caller?: Caller;
    options?: Parameters<typeof setUp>[0];
    refusal?: unknown;
  }
> = {
  'are allowed for users where permissions are enabled': {},
  'are refused where permissions are disabled': {
    options: { permissionsEnabled: false },
    refusal: expect.stringMatching(/permission\.enabled/),
  },
  'are allowed without permissions where that is configured': {
    options: { permissionsEnabled: false, allowWithoutPermissions: true },
  },
  'are refused for a service without access restrictions': {
    caller: mockCredentials.service('external:ci'),
    refusal: expect.stringMatching(/access restrictions/),
  },
  'are allowed for a service with access restrictions': {
    caller: mockCredentials.service('external:ci', {
      permissionNames: ['networking.exposure.create'],
    }),
  },
  'are refused for an unrestricted service even without permissions': {
    caller: mockCredentials.service('external:ci'),
    options: { permissionsEnabled: false, allowWithoutPermissions: true },
    refusal: expect.stringMatching(/access restrictions/),
  },
};

describe('writes', () => {
  it.each(Object.entries(WRITES))(
    '%s',
    (_, { caller = sam, options, refusal }) => {
      const { authorizer } = setUp(options);
      expect(authorizer.writeRefusal(caller)).toEqual(refusal);
    },
  );

  it('throw the refusal', () => {
    const { authorizer } = setUp({ permissionsEnabled: false });
    expect(() => authorizer.requireWrites(sam)).toThrow(
      expect.objectContaining({ name: 'NotAllowedError' }),
    );
  });
});

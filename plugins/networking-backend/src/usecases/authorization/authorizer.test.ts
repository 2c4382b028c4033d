import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import {
  AuthorizeResult,
  type Permission,
} from '@backstage/plugin-permission-common';
import {
  certificateRenewPermission,
  exposureCreatePermission,
  networkingPermissions,
  platformReadPermission,
  platformUpdatePermission,
} from 'backstage-plugin-networking-common';
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
    const clock = { time: Date.UTC(2026, 0) };
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
    clock.time += 4_999;
    expect(await asked({ offers: true })).toEqual(forReading);
    expect(await asked()).toHaveLength(5);
    clock.time += 5_001;
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

const CREATE = exposureCreatePermission.name;
const CATALOG = 'catalog.entity.read';
const ci = (
  restrictions?: Parameters<typeof mockCredentials.service>[1],
): Caller => mockCredentials.service('external:ci', restrictions);

const WRITES: Record<
  string,
  {
    caller?: Caller;
    options?: Parameters<typeof setUp>[0];
    oneOf?: [Permission, ...Permission[]];
    refusal?: { reason: string; permission?: string };
  }
> = {
  'are allowed for users where permissions are enabled': {},
  'are refused where permissions are disabled': {
    options: { permissionsEnabled: false },
    refusal: { reason: 'PermissionsDisabled' },
  },
  'are allowed without permissions where that is configured': {
    options: { permissionsEnabled: false, allowWithoutPermissions: true },
  },
  'are refused for a service without access restrictions': {
    caller: ci(),
    refusal: { reason: 'PermissionNotNamed', permission: CREATE },
  },
  'are refused for an unrestricted service even without permissions': {
    caller: ci(),
    options: { permissionsEnabled: false, allowWithoutPermissions: true },
    refusal: { reason: 'PermissionNotNamed', permission: CREATE },
  },
  'are refused for a plugin that asks for itself': {
    caller: mockCredentials.service('plugin:scaffolder'),
    refusal: { reason: 'PluginMayNotWrite', permission: CREATE },
  },
  'are allowed for a service whose access restrictions name permission and catalog':
    { caller: ci({ permissionNames: [CREATE, CATALOG] }) },
  'are refused for a service whose access restrictions leave out the catalog': {
    caller: ci({ permissionNames: [CREATE] }),
    refusal: { reason: 'CatalogNotDelegated', permission: CATALOG },
  },
  'are refused for a service whose access restrictions name another permission':
    {
      caller: ci({
        permissionNames: ['networking.exposure.delete', CATALOG],
      }),
      refusal: { reason: 'PermissionNotNamed', permission: CREATE },
    },
  'are refused for a service whose access restrictions name only the action': {
    caller: ci({ permissionAttributes: { action: ['create', 'read'] } }),
    refusal: { reason: 'PermissionNotNamed', permission: CREATE },
  },
  'are refused for a service whose access restrictions name the permission, and another action':
    {
      caller: ci({
        permissionNames: [CREATE, CATALOG],
        permissionAttributes: { action: ['read'] },
      }),
      refusal: { reason: 'PermissionNotNamed', permission: CREATE },
    },
  'of the platform need no catalog': {
    caller: ci({ permissionNames: [certificateRenewPermission.name] }),
    oneOf: [certificateRenewPermission],
  },
  'by one of two permissions need one of them': {
    caller: ci({ permissionNames: [platformUpdatePermission.name] }),
    oneOf: [exposureCreatePermission, platformUpdatePermission],
  },
  'are refused for what is named and lacks more, where two would do': {
    caller: ci({ permissionNames: [CREATE] }),
    oneOf: [platformUpdatePermission, exposureCreatePermission],
    refusal: { reason: 'CatalogNotDelegated', permission: CATALOG },
  },
};

describe('writes', () => {
  it.each(Object.entries(WRITES))(
    '%s',
    (
      _,
      { caller = sam, options, oneOf = [exposureCreatePermission], refusal },
    ) => {
      const { authorizer } = setUp(options);
      const found = authorizer.writeRefusal(caller, ...oneOf);
      expect(
        found && {
          reason: found.reason,
          permission: found.details?.permission,
        },
      ).toEqual(refusal);
    },
  );

  it('throw the refusal', () => {
    const { authorizer } = setUp({ permissionsEnabled: false });
    expect(() =>
      authorizer.requireWrites(sam, exposureCreatePermission),
    ).toThrow(
      expect.objectContaining({
        name: 'NotAllowedError',
        findings: [expect.objectContaining({ reason: 'PermissionsDisabled' })],
      }),
    );
  });

  it('of every permission that is no reading need their name, whatever the permission service says', () => {
    const { authorizer } = setUp();
    const open = networkingPermissions.filter(
      permission => !authorizer.writeRefusal(ci({}), permission),
    );
    expect(open.map(({ attributes }) => attributes.action)).toEqual(
      Array(3).fill('read'),
    );
  });
});

describe('what a refusal says to set', () => {
  const RESTRICTIONS: Record<
    string,
    {
      has?: Parameters<typeof mockCredentials.service>[1];
      permission?: Permission;
      restriction: string;
    }
  > = {
    'names the permission and what it needs of the catalog': {
      restriction:
        '{ plugin: networking, permission: [networking.exposure.create, catalog.entity.read] }',
    },
    'keeps what is named already': {
      has: { permissionNames: ['networking.exposure.delete'] },
      restriction:
        '{ plugin: networking, permission: [networking.exposure.delete, networking.exposure.create, catalog.entity.read] }',
    },
    'names no catalog for what needs none': {
      permission: certificateRenewPermission,
      restriction:
        '{ plugin: networking, permission: [networking.certificate.renew] }',
    },
    'adds the actions where actions limit it, too': {
      has: { permissionAttributes: { action: ['delete'] } },
      restriction:
        '{ plugin: networking, permission: [networking.exposure.create, catalog.entity.read], permissionAttribute: { action: [delete, create, read] } }',
    },
  };

  it.each(Object.entries(RESTRICTIONS))(
    '%s',
    (_, { has, permission = exposureCreatePermission, restriction }) => {
      const { authorizer } = setUp();
      const refusal = authorizer.writeRefusal(ci(has), permission);
      expect(refusal?.details?.restriction).toBe(restriction);
      expect(refusal?.subject.name).toBe(
        'backend.auth.externalAccess[].accessRestrictions',
      );
    },
  );

  it('holds: a token with it may write', () => {
    const { authorizer } = setUp();
    const renewed = authorizer.writeRefusal(
      ci({
        permissionNames: [CREATE, CATALOG],
        permissionAttributes: { action: ['delete', 'create', 'read'] },
      }),
      exposureCreatePermission,
    );
    expect(renewed).toBeUndefined();
  });
});

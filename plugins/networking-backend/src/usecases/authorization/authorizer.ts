import type { PermissionsService } from '@backstage/backend-plugin-api';
import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { InputError, NotAllowedError, NotFoundError } from '@backstage/errors';
import { catalogEntityReadPermission } from '@backstage/plugin-catalog-common/alpha';
import {
  AuthorizeResult,
  type BasicPermission,
} from '@backstage/plugin-permission-common';
import {
  entityFacts,
  exposureCreatePermission,
  exposureDeletePermission,
  exposureReadPermission,
  exposureUpdatePermission,
  type EntityFacts,
} from 'backstage-plugin-networking-common';
import type { Caller, EntityReader } from '../../io/catalog';

export type ExposureAction = 'read' | 'create' | 'update' | 'delete';

const PERMISSIONS = {
  read: exposureReadPermission,
  create: exposureCreatePermission,
  update: exposureUpdatePermission,
  delete: exposureDeletePermission,
} as const;

/** An entity that the caller may see, and what else the caller may do with it. */
export interface AuthorizedEntity {
  facts: EntityFacts;
  may: Record<ExposureAction, boolean>;
}

/** Decisions about one entity, and about the platform. Only ALLOW passes. */
export interface Authorizer {
  /**
   * One request to the permission service for everything about an entity.
   *
   * @param options - `fresh`: read the entity again, for writes
   * @throws NotFoundError where it does not exist or the caller may not see it
   */
  entity(
    entityRef: string,
    caller: Caller,
    options?: { fresh?: boolean },
  ): Promise<AuthorizedEntity>;
  may(permission: BasicPermission, caller: Caller): Promise<boolean>;
  /** @throws NotAllowedError naming the permission */
  require(permission: BasicPermission, caller: Caller): Promise<void>;
  /** Why this caller may write nothing at all, whatever the entity. */
  writeRefusal(caller: Caller): string | undefined;
  /** @throws NotAllowedError */
  requireWrites(caller: Caller): void;
}

export function createAuthorizer(options: {
  permissions: PermissionsService;
  entities: EntityReader;
  /** `permission.enabled` of the configuration. */
  permissionsEnabled: boolean;
  /** `networking.allowWithoutPermissions` of the configuration. */
  allowWithoutPermissions: boolean;
}): Authorizer {
  const { permissions, entities } = options;

  const may = async (permission: BasicPermission, caller: Caller) => {
    const [decision] = await permissions.authorize([{ permission }], {
      credentials: caller,
    });
    return decision.result === AuthorizeResult.ALLOW;
  };

  const writeRefusal = ({ principal }: Caller) => {
    if (!options.permissionsEnabled && !options.allowWithoutPermissions) {
      return 'Nothing is written while permissions are disabled: anyone could expose anything. Set permission.enabled to true, or networking.allowWithoutPermissions to true where that is wanted.';
    }
    if (principal.type === 'service' && !principal.accessRestrictions) {
      return 'A service token without access restrictions may not write exposures: every permission check would pass. Use the token of a user, or set accessRestrictions on the external access entry.';
    }
    return undefined;
  };

  return {
    async entity(entityRef, caller, readOptions) {
      const ref = fullEntityRef(entityRef);
      const actions = Object.keys(PERMISSIONS) as ExposureAction[];
      const [entity, [visible, ...decisions]] = await Promise.all([
        entities.get(ref, caller, readOptions),
        permissions.authorize(
          [
            { permission: catalogEntityReadPermission, resourceRef: ref },
            ...actions.map(action => ({
              permission: PERMISSIONS[action],
              resourceRef: ref,
            })),
          ],
          { credentials: caller },
        ),
      ]);
      if (!entity || visible.result !== AuthorizeResult.ALLOW) {
        throw new NotFoundError(
          `Entity ${ref} does not exist, or you may not see it.`,
        );
      }
      return {
        facts: entityFacts(entity),
        may: Object.fromEntries(
          actions.map((action, index) => [
            action,
            decisions[index].result === AuthorizeResult.ALLOW,
          ]),
        ) as Record<ExposureAction, boolean>,
      };
    },

    may,

    async require(permission, caller) {
      if (!(await may(permission, caller))) {
        throw new NotAllowedError(
          `This needs permission ${permission.name}. Ask a platform admin for it.`,
        );
      }
    },

    writeRefusal,

    requireWrites(caller) {
      const refusal = writeRefusal(caller);
      if (refusal) throw new NotAllowedError(refusal);
    },
  };
}

const WORDS: Record<ExposureAction, string> = {
  read: 'see the exposures of',
  create: 'expose',
  update: 'change the exposures of',
  delete: 'remove the exposures of',
};

/** @throws NotAllowedError unless one of the actions is allowed */
export function requireAction(
  { facts, may }: AuthorizedEntity,
  ...oneOf: ExposureAction[]
): void {
  if (oneOf.some(action => may[action])) return;
  const [action] = oneOf;
  throw new NotAllowedError(
    `You may not ${WORDS[action]} ${facts.ref}: it needs permission ${PERMISSIONS[action].name}. Ask an owner of the entity or a platform admin.`,
  );
}

/** @throws InputError for a text that is no entity ref with a kind */
export function fullEntityRef(text: string): string {
  try {
    return stringifyEntityRef(parseEntityRef(text));
  } catch {
    throw new InputError(
      `entityRef is no full entity ref. Write it as kind:namespace/name, such as component:default/shop.`,
    );
  }
}

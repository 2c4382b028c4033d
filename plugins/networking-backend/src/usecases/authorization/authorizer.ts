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
import {
  callerKey,
  createTtlCache,
  type Caller,
  type EntityReader,
} from '../../io/catalog';

export type ExposureAction = 'read' | 'create' | 'update' | 'delete';

const PERMISSIONS = {
  read: exposureReadPermission,
  create: exposureCreatePermission,
  update: exposureUpdatePermission,
  delete: exposureDeletePermission,
} as const;

type WriteAction = Exclude<ExposureAction, 'read'>;

const ACTIONS = Object.keys(PERMISSIONS) as ExposureAction[];

/** As long as the entity that it is about. */
const OFFER_TTL_MS = 5_000;
const MAX_OFFERS = 2_000;

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
   * @param options - `fresh`: read the entity again, for writes. `offers`: what the caller may write decides only what is
   *   offered, so that it may be five seconds old; reading is decided anew.
   * @throws NotFoundError where it does not exist or the caller may not see it
   */
  entity(
    entityRef: string,
    caller: Caller,
    options?: { fresh?: boolean; offers?: boolean },
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
  now?: () => number;
}): Authorizer {
  const { permissions, entities, now } = options;
  const offers = createTtlCache<Record<WriteAction, boolean> | undefined>({
    ttlMs: OFFER_TTL_MS,
    keep: writes => writes !== undefined,
    maxEntries: MAX_OFFERS,
    now,
  });

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
      return 'A service token without access restrictions may write nothing: every permission check would pass. Use the token of a user, or set accessRestrictions on the external access entry.';
    }
    return undefined;
  };

  return {
    async entity(entityRef, caller, readOptions) {
      const ref = fullEntityRef(entityRef);
      const key = `${callerKey(caller)} ${ref}`;
      const known = readOptions?.offers
        ? await offers.get(key, async () => undefined)
        : undefined;
      const asked: readonly ExposureAction[] = known ? ['read'] : ACTIONS;
      const [entity, [visible, ...decisions]] = await Promise.all([
        entities.get(ref, caller, readOptions),
        permissions.authorize(
          [
            { permission: catalogEntityReadPermission, resourceRef: ref },
            ...asked.map(action => ({
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
      const isAllowed = (action: ExposureAction) =>
        decisions[asked.indexOf(action)].result === AuthorizeResult.ALLOW;
      const writes = known ?? {
        create: isAllowed('create'),
        update: isAllowed('update'),
        delete: isAllowed('delete'),
      };
      if (!known) void offers.get(key, async () => writes, { fresh: true });
      return {
        facts: entityFacts(entity),
        may: { read: isAllowed('read'), ...writes },
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

import type { PermissionsService } from '@backstage/backend-plugin-api';
import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { InputError, NotAllowedError, NotFoundError } from '@backstage/errors';
import { catalogEntityReadPermission } from '@backstage/plugin-catalog-common/alpha';
import {
  AuthorizeResult,
  isReadPermission,
  type BasicPermission,
  type Permission,
} from '@backstage/plugin-permission-common';
import {
  entityFacts,
  exposureCreatePermission,
  exposureDeletePermission,
  exposureReadPermission,
  exposureUpdatePermission,
  writeFinding,
  type EntityFacts,
  type Finding,
} from 'backstage-plugin-networking-common';
import {
  callerKey,
  createTtlCache,
  type Caller,
  type EntityReader,
} from '../../io/catalog';
import { refusal } from '../refusals';
import {
  catalogNotDelegated,
  missingAccess,
  missingForWrite,
} from './serviceAccess';

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

const PERMISSIONS_DISABLED: Finding = {
  ...writeFinding('PermissionsDisabled', {
    params: {},
    actor: { is: 'platform' },
    subject: { kind: 'Setting', name: 'permission.enabled' },
  }),
  severity: 'blocking',
};

/** An entity that the caller may see, and what else the caller may do with it. */
export interface AuthorizedEntity {
  facts: EntityFacts;
  /** As the permission service has it; a service writes less: see {@link Authorizer.writeRefusal}. */
  may: Record<ExposureAction, boolean>;
  caller: Caller;
}

/** Decisions about one entity, and about the platform. Only ALLOW passes. */
export interface Authorizer {
  /**
   * One request to the permission service for everything about an entity.
   *
   * @param options - `fresh`: read the entity again, for writes. `offers`: what the caller may write decides only what is
   *   offered, so that it may be five seconds old; reading is decided anew.
   * @throws NotFoundError where it does not exist or the caller may not see it
   * @throws NotAllowedError where the catalog cannot be asked with the token of a service
   */
  entity(
    entityRef: string,
    caller: Caller,
    options?: { fresh?: boolean; offers?: boolean },
  ): Promise<AuthorizedEntity>;
  /** A service may only read what is not named in its access restrictions. */
  may(permission: BasicPermission, caller: Caller): Promise<boolean>;
  /** @throws NotAllowedError naming the permission */
  require(permission: BasicPermission, caller: Caller): Promise<void>;
  /**
   * What stands against any write of this caller by one of these permissions, whatever the entity: permissions that are
   * disabled, or a service whose access restrictions name none of them.
   */
  writeRefusal(
    caller: Caller,
    ...oneOf: [Permission, ...Permission[]]
  ): Finding | undefined;
  /** Why nobody writes, whatever the caller: permissions that are disabled. */
  readonly writesRefused?: Finding;
  /** @throws NotAllowedError with that finding */
  requireWrites(caller: Caller, ...oneOf: [Permission, ...Permission[]]): void;
  /** Why lists leave out exposures for this caller, whatever the entity. */
  readGaps(caller: Caller): Finding[];
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
    if (!isReadPermission(permission) && missingAccess(caller, permission)) {
      return false;
    }
    const [decision] = await permissions.authorize([{ permission }], {
      credentials: caller,
    });
    return decision.result === AuthorizeResult.ALLOW;
  };

  const writesRefused =
    options.permissionsEnabled || options.allowWithoutPermissions
      ? undefined
      : PERMISSIONS_DISABLED;

  const writeRefusal: Authorizer['writeRefusal'] = (caller, ...oneOf) => {
    if (writesRefused) return writesRefused;
    const missing = oneOf.map(permission =>
      missingForWrite(caller, permission),
    );
    if (missing.includes(undefined)) return undefined;
    // Of what is named already, what else it needs.
    const named = oneOf.findIndex(
      permission => !missingAccess(caller, permission),
    );
    return missing[Math.max(named, 0)];
  };

  const readGaps = (caller: Caller) =>
    [catalogEntityReadPermission, exposureReadPermission].flatMap(
      permission => {
        const missing = missingAccess(caller, permission);
        return missing ? [{ ...missing, severity: 'warning' as const }] : [];
      },
    );

  return {
    async entity(entityRef, caller, readOptions) {
      const ref = fullEntityRef(entityRef);
      const key = `${callerKey(caller)} ${ref}`;
      const known = readOptions?.offers
        ? await offers.get(key, async () => undefined)
        : undefined;
      const asked: readonly ExposureAction[] = known ? ['read'] : ACTIONS;
      const [entity, [visible, ...decisions]] = await Promise.all([
        entities.get(ref, caller, readOptions).catch(error => {
          const { principal } = caller;
          // The auth service's word: the catalog is not asked with such a token.
          if (error.name !== 'NotAllowedError' || principal.type !== 'service')
            throw error;
          throw refusal([catalogNotDelegated(principal)]);
        }),
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
        const hidden = missingAccess(caller, catalogEntityReadPermission);
        throw Object.assign(
          new NotFoundError(
            `Entity ${ref} does not exist, or you may not see it.`,
          ),
          hidden && { findings: [hidden] },
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
        caller,
      };
    },

    may,

    async require(permission, caller) {
      if (!(await may(permission, caller))) {
        const missing = missingAccess(caller, permission);
        if (missing) throw refusal([missing]);
        throw new NotAllowedError(
          `This needs permission ${permission.name}. Ask a platform admin for it.`,
        );
      }
    },

    writeRefusal,
    writesRefused,

    requireWrites(caller, ...oneOf) {
      const finding = writeRefusal(caller, ...oneOf);
      if (finding) throw refusal([finding]);
    },

    readGaps,
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
  { facts, may, caller }: AuthorizedEntity,
  ...oneOf: ExposureAction[]
): void {
  if (oneOf.some(action => may[action])) return;
  const [action] = oneOf;
  const missing = missingAccess(caller, PERMISSIONS[action]);
  if (missing) throw refusal([missing]);
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

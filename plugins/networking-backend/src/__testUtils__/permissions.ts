import type { PermissionsService } from '@backstage/backend-plugin-api';
import { mockServices, type ServiceMock } from '@backstage/backend-test-utils';
import {
  AuthorizeResult,
  isResourcePermission,
  type DefinitivePolicyDecision,
  type Permission,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';

/** Says of a user, a permission and an entity whether it is allowed. */
export interface Policy {
  (check: { user: string; permission: string; entityRef?: string }): boolean;
  /** What holds for every entity alike; by default each has to be asked for. */
  ofEveryEntity?(user: string): 'ALLOW' | 'DENY' | undefined;
}

/** Owners do everything with what is theirs, and everybody sees everything. */
export const TEAMS: Record<string, string[]> = {
  'user:default/sam': ['component:default/shop'],
  'user:default/pat': ['component:default/payments'],
};

export const ownersPolicy: Policy = ({ user, permission, entityRef }) =>
  user === 'user:default/alex' ||
  permission === 'catalog.entity.read' ||
  permission === 'networking.exposure.read' ||
  (entityRef !== undefined && (TEAMS[user] ?? []).includes(entityRef));

/** Everybody may do everything but this: names of permissions, or `<permission> <entity ref>`. */
export const allExcept =
  (...denied: string[]): Policy =>
  ({ permission, entityRef }) =>
    !denied.includes(permission) &&
    !denied.includes(`${permission} ${entityRef}`);

/**
 * A permission service that asks a policy. Resource permissions are conditional
 * in `authorizeConditional`, so that each entity has to be asked for, unless the
 * policy says what holds for all.
 */
export function fakePermissions(
  policy: Policy,
): ServiceMock<PermissionsService> {
  const userOf = (options: unknown): string => {
    const { credentials } = options as {
      credentials: {
        principal: { type: string; userEntityRef?: string; subject?: string };
      };
    };
    return (
      credentials.principal.userEntityRef ?? credentials.principal.subject ?? ''
    );
  };
  const result = (isAllowed: boolean): DefinitivePolicyDecision => ({
    result: isAllowed ? AuthorizeResult.ALLOW : AuthorizeResult.DENY,
  });
  return mockServices.permissions.mock({
    authorize: async (requests, options) =>
      requests.map(request =>
        result(
          policy({
            user: userOf(options),
            permission: request.permission.name,
            entityRef:
              'resourceRef' in request
                ? (request.resourceRef as string | undefined)
                : undefined,
          }),
        ),
      ),
    authorizeConditional: async (requests, options) =>
      requests.map(({ permission }): PolicyDecision => {
        const user = userOf(options);
        if (!isResourcePermission(permission as Permission)) {
          return result(policy({ user, permission: permission.name }));
        }
        const decision = policy.ofEveryEntity?.(user);
        return decision
          ? result(decision === 'ALLOW')
          : {
              result: AuthorizeResult.CONDITIONAL,
              pluginId: 'catalog',
              resourceType: 'catalog-entity',
              conditions: { rule: 'TEST', resourceType: 'catalog-entity' },
            };
      }),
  });
}

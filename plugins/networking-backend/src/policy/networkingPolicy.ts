import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { InputError, toError } from '@backstage/errors';
import {
  AuthorizeResult,
  isResourcePermission,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';
import type {
  PermissionPolicy,
  PolicyQueryUser,
} from '@backstage/plugin-permission-node';
import { exposureReadPermission } from 'backstage-plugin-networking-common';

/** What {@link createNetworkingPolicy} is told. @public */
export interface NetworkingPolicyOptions {
  /** Ref of the Group whose members may do everything that the networking plugins offer. Default kind: Group. */
  platformGroup?: string;
  /** Decides on everything of other plugins. Default: all of it is allowed. */
  otherwise?: PermissionPolicy;
}

/**
 * Sends a request of the caller's to the API server with the backend's own token, which may write routes: whoever has
 * it needs none of the permissions below.
 */
const KUBERNETES_PROXY = 'kubernetes.proxy';
const DEFAULT_PLATFORM_GROUP = 'group:default/platform-team';

const ALLOW: PolicyDecision = { result: AuthorizeResult.ALLOW };
const DENY: PolicyDecision = { result: AuthorizeResult.DENY };

const allowAll: PermissionPolicy = { handle: async () => ALLOW };

/**
 * Who may do what with networking:
 *
 * - members of the platform group may do everything that the networking plugins offer;
 * - owners of a component expose it, and change and remove its exposures;
 * - whoever sees a component sees its exposures: the catalog decides on the component itself, and the networking
 *   backend asks it first;
 * - the Kubernetes proxy is for the platform group, as far as `otherwise` allows it;
 * - everything else is for `otherwise` to decide.
 *
 * A networking permission that is not named here is denied, and so is one without a user.
 *
 * @throws InputError naming `permission.platformGroup` where the group is no ref of a Group
 * @public
 */
export function createNetworkingPolicy(
  options: NetworkingPolicyOptions = {},
): PermissionPolicy {
  const { otherwise = allowAll } = options;
  const platformGroup = groupRef(
    options.platformGroup ?? DEFAULT_PLATFORM_GROUP,
  );
  const isAdmin = (user: PolicyQueryUser) =>
    user.info.ownershipEntityRefs.includes(platformGroup);
  return {
    async handle(request, user) {
      const { permission } = request;
      if (permission.name === KUBERNETES_PROXY) {
        return user && isAdmin(user) ? otherwise.handle(request, user) : DENY;
      }
      if (!permission.name.startsWith('networking.')) {
        return otherwise.handle(request, user);
      }
      if (!user) return DENY;
      if (isAdmin(user)) return ALLOW;
      if (permission.name === exposureReadPermission.name) return ALLOW;
      if (
        permission.name.startsWith('networking.exposure.') &&
        isResourcePermission(permission, 'catalog-entity')
      ) {
        // As createCatalogConditionalDecision of the catalog's backend writes it, which would bring that whole backend.
        return {
          result: AuthorizeResult.CONDITIONAL,
          pluginId: 'catalog',
          resourceType: 'catalog-entity',
          conditions: {
            rule: 'IS_ENTITY_OWNER',
            resourceType: 'catalog-entity',
            params: { claims: user.info.ownershipEntityRefs },
          },
        };
      }
      return DENY;
    },
  };
}

function groupRef(text: string): string {
  let ref;
  try {
    ref = stringifyEntityRef(parseEntityRef(text, { defaultKind: 'group' }));
  } catch (error) {
    throw new InputError(
      `permission.platformGroup is '${text}', which is no entity ref: ${
        toError(error).message
      }. Write it as 'group:default/<name>'`,
    );
  }
  if (!ref.startsWith('group:')) {
    throw new InputError(
      `permission.platformGroup is '${text}', which is not a Group. Write it as 'group:default/<name>'`,
    );
  }
  return ref;
}

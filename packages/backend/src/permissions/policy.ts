import {
  catalogConditions,
  createCatalogConditionalDecision,
} from '@backstage/plugin-catalog-backend/alpha';
import {
  AuthorizeResult,
  isResourcePermission,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';
import type {
  PermissionPolicy,
  PolicyQuery,
  PolicyQueryUser,
} from '@backstage/plugin-permission-node';
import { exposureReadPermission } from 'backstage-plugin-networking-common';

/**
 * Sends a request of the caller's to the API server with the backend's own token, which may write routes: whoever has
 * it needs none of the permissions below.
 */
const KUBERNETES_PROXY = 'kubernetes.proxy';

/**
 * Who may do what, as an example to start from:
 *
 * - members of the platform group may do everything that the networking plugins offer;
 * - owners of a component expose it, and change and remove its exposures;
 * - whoever sees a component sees its exposures: the catalog decides on the component itself, and the networking
 *   backend asks it first;
 * - everything of other plugins is allowed, but for the Kubernetes proxy.
 *
 * A networking permission that is not named here is denied.
 */
export class ExamplePolicy implements PermissionPolicy {
  readonly #platformGroup: string;

  constructor(options: { platformGroup: string }) {
    this.#platformGroup = options.platformGroup;
  }

  async handle(
    { permission }: PolicyQuery,
    user?: PolicyQueryUser,
  ): Promise<PolicyDecision> {
    const guarded =
      permission.name.startsWith('networking.') ||
      permission.name === KUBERNETES_PROXY;
    if (!guarded) return { result: AuthorizeResult.ALLOW };
    if (!user) return { result: AuthorizeResult.DENY };

    const claims = user.info.ownershipEntityRefs;
    if (claims.includes(this.#platformGroup)) {
      return { result: AuthorizeResult.ALLOW };
    }
    if (permission.name === exposureReadPermission.name) {
      return { result: AuthorizeResult.ALLOW };
    }
    if (
      permission.name.startsWith('networking.exposure.') &&
      isResourcePermission(permission, 'catalog-entity')
    ) {
      return createCatalogConditionalDecision(
        permission,
        catalogConditions.isEntityOwner({ claims }),
      );
    }
    return { result: AuthorizeResult.DENY };
  }
}

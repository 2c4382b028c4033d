import {
  createServiceFactory,
  coreServices,
  type BackstageCredentials,
  type BackstageUserPrincipal,
  type PermissionsService,
} from '@backstage/backend-plugin-api';
import type { Entity } from '@backstage/catalog-model';
import {
  AuthorizeResult,
  type DefinitivePolicyDecision,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';
import {
  createConditionAuthorizer,
  type PermissionPolicy,
} from '@backstage/plugin-permission-node';
import { permissionRules } from '@backstage/plugin-catalog-backend/alpha';
import type { TestCatalog } from './catalog';

const ALLOW: DefinitivePolicyDecision = { result: AuthorizeResult.ALLOW };
const DENY: DefinitivePolicyDecision = { result: AuthorizeResult.DENY };

/**
 * The example policy of packages/backend behind the permissions service. Conditions are judged by the catalog's own
 * rules on the entities of the test's catalog, as the permission backend has the catalog do.
 */
export function policyPermissions(options: {
  policy: PermissionPolicy;
  catalog: TestCatalog;
}) {
  const holds = createConditionAuthorizer(Object.values(permissionRules));

  const decide = async (
    permission: Parameters<PermissionPolicy['handle']>[0]['permission'],
    credentials: BackstageCredentials,
  ): Promise<PolicyDecision> => {
    const principal = credentials.principal as Partial<BackstageUserPrincipal>;
    if (principal.type !== 'user' || !principal.userEntityRef) return DENY;
    return options.policy.handle(
      { permission },
      {
        credentials,
        info: {
          userEntityRef: principal.userEntityRef,
          ownershipEntityRefs: options.catalog.ownershipOf(
            principal.userEntityRef,
          ),
        },
      },
    );
  };

  const service: PermissionsService = {
    async authorize(requests, { credentials }) {
      return Promise.all(
        requests.map(async request => {
          const decision = await decide(request.permission, credentials);
          if (decision.result !== AuthorizeResult.CONDITIONAL) return decision;
          const ref =
            'resourceRef' in request ? request.resourceRef : undefined;
          const entity: Entity | undefined = ref
            ? options.catalog.get(ref)
            : undefined;
          return entity && holds(decision, entity) ? ALLOW : DENY;
        }),
      );
    },
    async authorizeConditional(requests, { credentials }) {
      return Promise.all(
        requests.map(request => decide(request.permission, credentials)),
      );
    },
  };

  return createServiceFactory({
    service: coreServices.permissions,
    deps: {},
    factory: () => service,
  });
}

import type { BackstageServicePrincipal } from '@backstage/backend-plugin-api';
import { catalogEntityReadPermission } from '@backstage/plugin-catalog-common/alpha';
import {
  isReadPermission,
  isResourcePermission,
  type Permission,
} from '@backstage/plugin-permission-common';
import type { Finding } from 'backstage-plugin-networking-common';
import type { Caller } from '../../io/catalog';

/** Reasons of findings about the token of a service. Programs may rely on them. */
export const SERVICE_ACCESS_REASONS = {
  /** Its access restrictions do not name the permission. */
  permissionNotNamed: 'PermissionNotNamed',
  /** It is a plugin's own, which cannot be restricted. */
  pluginMayNotWrite: 'PluginMayNotWrite',
  /** It does not let this plugin read the catalog for it. */
  catalogNotDelegated: 'CatalogNotDelegated',
} as const;

const PATH = 'backend.auth.externalAccess[].accessRestrictions';
const CATALOG = '{ plugin: catalog }';

/**
 * What the token of a service lacks for a permission; undefined for users. Backstage's permission service decides about
 * services by their restrictions alone, and takes a restriction without `permission` for a yes to everything. So what is no
 * reading needs to be named here. `permissionAttribute` names nothing: `action: update` would cover taking over fields and
 * renewing certificates, and whatever an upgrade adds. Where it stands beside `permission` both have to hold, as in Backstage.
 */
export function missingAccess(
  { principal }: Caller,
  permission: Permission,
): Finding | undefined {
  if (principal.type !== 'service') return undefined;
  const { accessRestrictions, subject } = principal;
  if (isReadPermission(permission) && !accessRestrictions) return undefined;
  if (!accessRestrictions && subject.startsWith('plugin:')) {
    return pluginMayNotWrite(principal, permission);
  }
  const { permissionNames, permissionAttributes } = accessRestrictions ?? {};
  const { action } = permission.attributes;
  const isNamed = permissionNames
    ? permissionNames.includes(permission.name)
    : isReadPermission(permission);
  const isAllowedAction =
    !permissionAttributes?.action ||
    (action !== undefined && permissionAttributes.action.includes(action));
  return isNamed && isAllowedAction
    ? undefined
    : permissionNotNamed(principal, permission);
}

/** As {@link missingAccess}; what is done with an entity needs the catalog, too. */
export function missingForWrite(
  caller: Caller,
  permission: Permission,
): Finding | undefined {
  return (
    missingAccess(caller, permission) ??
    (isResourcePermission(permission)
      ? missingAccess(caller, catalogEntityReadPermission)
      : undefined)
  );
}

/** That the catalog cannot be asked with the token of a service, as Backstage's auth service found. */
export function catalogNotDelegated(
  principal: BackstageServicePrincipal,
): Finding {
  return finding(principal, {
    reason: SERVICE_ACCESS_REASONS.catalogNotDelegated,
    message: `Nothing is done for ${principal.subject}: this plugin may not read the catalog for it.`,
    remedy: `In app-config, add ${CATALOG}, without permission and permissionAttribute, to ${PATH} of ${principal.subject}.`,
    details: { plugin: 'catalog', restriction: CATALOG },
  });
}

function pluginMayNotWrite(
  principal: BackstageServicePrincipal,
  permission: Permission,
): Finding {
  return finding(principal, {
    reason: SERVICE_ACCESS_REASONS.pluginMayNotWrite,
    message: `Nothing is written for ${principal.subject}: it asks for itself, and nothing names ${permission.name} for a plugin.`,
    remedy: `Have ${principal.subject} ask on behalf of a user, or call with a token of ${PATH} that names ${permission.name}.`,
    details: { permission: permission.name },
  });
}

function permissionNotNamed(
  principal: BackstageServicePrincipal,
  permission: Permission,
): Finding {
  const { name } = permission;
  const restriction = restrictionWith(principal, permission);
  const isCatalog = name === catalogEntityReadPermission.name;
  const needsCatalog = !isCatalog && isResourcePermission(permission);
  return finding(principal, {
    reason: isCatalog
      ? SERVICE_ACCESS_REASONS.catalogNotDelegated
      : SERVICE_ACCESS_REASONS.permissionNotNamed,
    message: isCatalog
      ? `What belongs to an entity is hidden from ${principal.subject}: its access restrictions do not let plugin networking use ${name}.`
      : `${principal.subject} may not use ${name}: ${whyNot(
          principal,
          permission,
        )}.`,
    remedy: `In app-config, set the restriction of plugin networking in ${PATH} of ${
      principal.subject
    } to ${restriction}${needsCatalog ? `, and add ${CATALOG} to them` : ''}.`,
    details: { plugin: 'networking', permission: name, restriction },
  });
}

function whyNot(
  { accessRestrictions }: BackstageServicePrincipal,
  permission: Permission,
): string {
  if (!accessRestrictions) {
    return 'its token has no access restrictions, and a service writes only what they name';
  }
  const { permissionNames } = accessRestrictions;
  if (permissionNames?.includes(permission.name)) {
    return `permissionAttribute of its access restrictions leaves out action ${permission.attributes.action}`;
  }
  return permissionNames || isReadPermission(permission)
    ? 'its access restrictions for plugin networking do not name it'
    : 'its access restrictions for plugin networking name no permission, and a service writes only what they name';
}

/** The restriction of plugin networking that a token would need, with what it has already. */
function restrictionWith(
  { accessRestrictions }: BackstageServicePrincipal,
  permission: Permission,
): string {
  const { permissionNames, permissionAttributes } = accessRestrictions ?? {};
  const { action } = permission.attributes;
  const needed =
    isResourcePermission(permission) &&
    permission.name !== catalogEntityReadPermission.name
      ? [permission.name, catalogEntityReadPermission.name]
      : [permission.name];
  // Names would take from a token without any what it may read by its attribute.
  const isByAttributeAlone = !permissionNames && isReadPermission(permission);
  const names = isByAttributeAlone
    ? undefined
    : [...new Set([...(permissionNames ?? []), ...needed])];
  const actions = permissionAttributes?.action && [
    ...new Set([
      ...permissionAttributes.action,
      ...(action ? [action] : []),
      ...(needed.length > 1 ? (['read'] as const) : []),
    ]),
  ];
  return `{ ${[
    'plugin: networking',
    ...(names ? [`permission: [${names.join(', ')}]`] : []),
    ...(actions
      ? [`permissionAttribute: { action: [${actions.join(', ')}] }`]
      : []),
  ].join(', ')} }`;
}

function finding(
  { subject }: BackstageServicePrincipal,
  rest: Pick<Finding, 'reason' | 'message' | 'remedy' | 'details'>,
): Finding {
  return {
    severity: 'blocking',
    subject: { kind: 'Setting', name: PATH },
    ...rest,
    details: { service: subject, ...rest.details },
  };
}

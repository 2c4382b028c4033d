import type { BackstageServicePrincipal } from '@backstage/backend-plugin-api';
import { catalogEntityReadPermission } from '@backstage/plugin-catalog-common/alpha';
import {
  isReadPermission,
  isResourcePermission,
  type Permission,
} from '@backstage/plugin-permission-common';
import { writeFinding, type Finding } from 'backstage-plugin-networking-common';
import type { Caller } from '../../io/catalog';

const PATH = 'backend.auth.externalAccess[].accessRestrictions';
const CATALOG = '{ plugin: catalog }';

const about = (service: string, details: Record<string, string>) =>
  ({
    actor: { is: 'platform' },
    subject: { kind: 'Setting', name: PATH },
    details: { service, ...details },
  } as const);

const stops = (finding: Omit<Finding, 'severity'>): Finding => ({
  ...finding,
  severity: 'blocking',
});

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
export function catalogNotDelegated({
  subject: service,
}: BackstageServicePrincipal): Finding {
  return stops(
    writeFinding('CatalogNotDelegated', {
      params: { service, restriction: CATALOG },
      ...about(service, { plugin: 'catalog', restriction: CATALOG }),
    }),
  );
}

function pluginMayNotWrite(
  { subject: service }: BackstageServicePrincipal,
  { name: permission }: Permission,
): Finding {
  return stops(
    writeFinding('PluginMayNotWrite', {
      params: { service, permission },
      ...about(service, { permission }),
    }),
  );
}

function permissionNotNamed(
  principal: BackstageServicePrincipal,
  permission: Permission,
): Finding {
  const { subject: service } = principal;
  const { name, attributes } = permission;
  const restriction = restrictionWith(principal, permission);
  const shared = about(service, {
    plugin: 'networking',
    permission: name,
    restriction,
  });
  if (name === catalogEntityReadPermission.name) {
    return stops(
      writeFinding('CatalogNotDelegated', {
        params: { service, permission: name, restriction },
        ...shared,
      }),
    );
  }
  return stops(
    writeFinding('PermissionNotNamed', {
      params: {
        service,
        permission: name,
        why: whyNotNamed(principal, permission),
        ...(attributes.action && { action: attributes.action }),
        restriction,
        needsCatalog: isResourcePermission(permission),
      },
      ...shared,
    }),
  );
}

function whyNotNamed(
  { accessRestrictions }: BackstageServicePrincipal,
  permission: Permission,
) {
  if (!accessRestrictions) return 'noRestrictions';
  const { permissionNames } = accessRestrictions;
  if (permissionNames?.includes(permission.name)) return 'action';
  return permissionNames || isReadPermission(permission)
    ? 'notNamed'
    : 'nothingNamed';
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

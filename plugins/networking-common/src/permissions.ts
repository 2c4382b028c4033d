import {
  createPermission,
  type BasicPermission,
  type Permission,
  type ResourcePermission,
} from '@backstage/plugin-permission-common';

/**
 * Resource type of the exposure permissions: the catalog entity that is exposed. The catalog evaluates
 * conditions such as `IS_ENTITY_OWNER`. Same value as `RESOURCE_TYPE_CATALOG_ENTITY` of
 * `@backstage/plugin-catalog-common`.
 */
const CATALOG_ENTITY = 'catalog-entity';

/** See the exposures of an entity. @public */
export const exposureReadPermission: ResourcePermission<'catalog-entity'> =
  createPermission({
    name: 'networking.exposure.read',
    attributes: { action: 'read' },
    resourceType: CATALOG_ENTITY,
  });

/** Expose an entity, and list what it could expose. @public */
export const exposureCreatePermission: ResourcePermission<'catalog-entity'> =
  createPermission({
    name: 'networking.exposure.create',
    attributes: { action: 'create' },
    resourceType: CATALOG_ENTITY,
  });

/** Change an exposure of an entity. @public */
export const exposureUpdatePermission: ResourcePermission<'catalog-entity'> =
  createPermission({
    name: 'networking.exposure.update',
    attributes: { action: 'update' },
    resourceType: CATALOG_ENTITY,
  });

/** Remove an exposure of an entity. @public */
export const exposureDeletePermission: ResourcePermission<'catalog-entity'> =
  createPermission({
    name: 'networking.exposure.delete',
    attributes: { action: 'delete' },
    resourceType: CATALOG_ENTITY,
  });

/** See the settings in force. @public */
export const settingsReadPermission: BasicPermission = createPermission({
  name: 'networking.settings.read',
  attributes: { action: 'read' },
});

/** Override settings. @public */
export const settingsUpdatePermission: BasicPermission = createPermission({
  name: 'networking.settings.update',
  attributes: { action: 'update' },
});

/** See the platform's health, and routes that belong to no entity. @public */
export const platformReadPermission: BasicPermission = createPermission({
  name: 'networking.platform.read',
  attributes: { action: 'read' },
});

/** Change the platform's own objects. @public */
export const platformUpdatePermission: BasicPermission = createPermission({
  name: 'networking.platform.update',
  attributes: { action: 'update' },
});

/** Have a certificate that listeners use issued anew. @public */
export const certificateRenewPermission: BasicPermission = createPermission({
  name: 'networking.certificate.renew',
  attributes: { action: 'update' },
});

/** Every permission of the plugin, for `permissionsRegistry.addPermissions`. @public */
export const networkingPermissions: Permission[] = [
  exposureReadPermission,
  exposureCreatePermission,
  exposureUpdatePermission,
  exposureDeletePermission,
  settingsReadPermission,
  settingsUpdatePermission,
  platformReadPermission,
  platformUpdatePermission,
  certificateRenewPermission,
];

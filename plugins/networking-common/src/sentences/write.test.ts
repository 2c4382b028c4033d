import type { WRITE_REASONS } from '../exposures/writeReasons';
import type { ParamsOf } from '../findings/declare';
import { route } from './__testUtils__/names';
import { WRITE_SENTENCES } from './write';

type Reasons = typeof WRITE_REASONS;

const say = <R extends keyof Reasons>(
  reason: R,
  params: ParamsOf<Reasons, R>,
) => WRITE_SENTENCES[reason](params);

const cluster = 'local';
const service = 'external:ci';
const permission = 'networking.exposure.create';
const restriction = '{ plugin: networking }';

describe('sentences about writes that were not carried out', () => {
  it.each([
    [
      'a write that nobody knows of',
      say('WriteOutcomeUnknown', { cluster, route, isRemoval: false }),
      "It's not known whether route shop/web was written: cluster local didn't say how the request ended.",
      'Look at route shop/web before trying again.',
    ],
    [
      'a removal that nobody knows of',
      say('WriteOutcomeUnknown', { cluster, route, isRemoval: true }),
      "It's not known whether route shop/web was removed: cluster local didn't say how the request ended.",
      'Look at route shop/web before trying again.',
    ],
    [
      'one field of another',
      say('FieldOwnedByOther', {
        cluster,
        route,
        manager: 'kubectl-edit',
        fields: ['.spec.rules'],
      }),
      '.spec.rules of route shop/web was set by kubectl-edit, and applying would undo that.',
      "Ask whoever writes as kubectl-edit to release the field, or ask the platform's admins to overwrite the changes made by kubectl-edit.",
    ],
    [
      'fields of another',
      say('FieldOwnedByOther', {
        cluster,
        route,
        manager: 'kubectl-edit',
        fields: ['.spec.rules', '.spec.hostnames'],
      }),
      '.spec.rules, .spec.hostnames of route shop/web were set by kubectl-edit, and applying would undo that.',
      "Ask whoever writes as kubectl-edit to release the fields, or ask the platform's admins to overwrite the changes made by kubectl-edit.",
    ],
    [
      'a right that lacks',
      say('WriteForbidden', {
        cluster,
        route,
        verb: 'patch',
        resource: 'httproutes',
      }),
      "Nothing was written: the backend's service account may not patch httproutes in namespace shop of cluster local.",
      'Bind Role networking-backend to it in namespace shop.',
    ],
    [
      'a policy',
      say('AdmissionRefused', { cluster, route }),
      'Nothing was written: an admission policy or quota of cluster local refuses route shop/web.',
      'Ask the owners of cluster local which policy applies to HTTPRoutes in shop.',
    ],
    [
      'no Gateway API',
      say('GatewayApiNotInstalled', { cluster }),
      'Nothing was written: the Gateway API CRDs are not installed on cluster local.',
      'Install the Gateway API CRDs on cluster local.',
    ],
    [
      'a change of another',
      say('RouteChanged', { cluster, route }),
      'Nothing was written: someone else changed route shop/web meanwhile.',
      'Look at what route shop/web is now and apply again.',
    ],
    [
      'a token that is refused',
      say('ClusterUnreachable', { cluster, isTokenRefused: true }),
      'Nothing was written: cluster local refuses the token of the Backstage backend.',
      'Ask an admin of Backstage to renew the token of cluster local.',
    ],
    [
      'a cluster that is away',
      say('ClusterUnreachable', { cluster, isTokenRefused: false }),
      "Cluster local doesn't answer, so nothing was written.",
      'Try again when cluster local answers.',
    ],
    [
      'no namespace',
      say('NamespaceMissing', { cluster, namespace: 'shop' }),
      'Nothing was written: namespace shop does not exist on cluster local.',
      'Create namespace shop, or choose another one.',
    ],
    [
      'a busy cluster',
      say('ClusterBusy', { cluster }),
      'Nothing was written: cluster local has too many requests to answer now.',
      'Try again in a minute.',
    ],
    [
      'a schema',
      say('ObjectInvalid', { cluster, route }),
      "Nothing was written: cluster local doesn't accept route shop/web.",
      'Compare the fields named with the Gateway API version of cluster local.',
    ],
    [
      'permissions that are off',
      say('PermissionsDisabled', {}),
      'Nothing is written while permission.enabled is not true: anyone could expose anything.',
      'Set permission.enabled to true in app-config, or networking.allowWithoutPermissions where that is wanted.',
    ],
    [
      'a token without restrictions',
      say('PermissionNotNamed', {
        service,
        permission,
        why: 'noRestrictions',
        restriction,
        needsCatalog: true,
      }),
      'external:ci may not use networking.exposure.create: its token has no access restrictions, and a service writes only what they name.',
      'In app-config, set the restriction of plugin networking in backend.auth.externalAccess[].accessRestrictions of external:ci to { plugin: networking }, and add { plugin: catalog } to them.',
    ],
    [
      'a token for other actions',
      say('PermissionNotNamed', {
        service,
        permission,
        why: 'action',
        action: 'create',
        restriction,
        needsCatalog: false,
      }),
      'external:ci may not use networking.exposure.create: permissionAttribute of its access restrictions leaves out action create.',
      'In app-config, set the restriction of plugin networking in backend.auth.externalAccess[].accessRestrictions of external:ci to { plugin: networking }.',
    ],
    [
      'a token for other permissions',
      say('PermissionNotNamed', {
        service,
        permission,
        why: 'notNamed',
        restriction,
        needsCatalog: false,
      }),
      "external:ci may not use networking.exposure.create: its access restrictions for plugin networking don't name it.",
      'In app-config, set the restriction of plugin networking in backend.auth.externalAccess[].accessRestrictions of external:ci to { plugin: networking }.',
    ],
    [
      'a token that names none',
      say('PermissionNotNamed', {
        service,
        permission,
        why: 'nothingNamed',
        restriction,
        needsCatalog: false,
      }),
      'external:ci may not use networking.exposure.create: its access restrictions for plugin networking name no permission, and a service writes only what they name.',
      'In app-config, set the restriction of plugin networking in backend.auth.externalAccess[].accessRestrictions of external:ci to { plugin: networking }.',
    ],
    [
      'a plugin',
      say('PluginMayNotWrite', { service: 'plugin:other', permission }),
      'Nothing is written for plugin:other: it asks for itself, and nothing names networking.exposure.create for a plugin.',
      'Have plugin:other ask on behalf of a user, or call with a token of backend.auth.externalAccess[].accessRestrictions that names networking.exposure.create.',
    ],
    [
      'a catalog that cannot be asked',
      say('CatalogNotDelegated', {
        service,
        restriction: '{ plugin: catalog }',
      }),
      'Nothing is done for external:ci: this plugin may not read the catalog for it.',
      'In app-config, add { plugin: catalog }, without permission and permissionAttribute, to backend.auth.externalAccess[].accessRestrictions of external:ci.',
    ],
    [
      'a catalog that is not named',
      say('CatalogNotDelegated', {
        service,
        permission: 'catalog.entity.read',
        restriction,
      }),
      "What belongs to an entity is hidden from external:ci: its access restrictions don't let plugin networking use catalog.entity.read.",
      'In app-config, set the restriction of plugin networking in backend.auth.externalAccess[].accessRestrictions of external:ci to { plugin: networking }.',
    ],
    [
      'a busy database',
      say('DatabaseBusy', { consequence: 'notWritten' }),
      "Nothing was written: Backstage's database is busy.",
      'Try again in a minute. If it stays busy, ask an admin of Backstage what holds the database of plugin networking.',
    ],
    [
      'a database that is away',
      say('DatabaseUnreachable', { consequence: 'shownMayBeOld' }),
      "URLs can't be checked or changed while Backstage's database can't be reached. What is shown may be out of date.",
      'Ask an admin of Backstage to bring the database of plugin networking back.',
    ],
    [
      'a full database',
      say('DatabaseFull', { consequence: 'notRemoved' }),
      "Nothing was removed: Backstage's database has no space left.",
      'Ask an admin of Backstage to free space for the database of plugin networking.',
    ],
    [
      'a database that is read-only',
      say('DatabaseReadOnly', { consequence: 'notChecked' }),
      "Nothing was checked: Backstage's database is read-only.",
      'Ask an admin of Backstage to make the database of plugin networking writable.',
    ],
    [
      'a database that fails',
      say('DatabaseFailed', { consequence: 'notCarriedOut' }),
      "The request was not carried out: Backstage's database reports an error.",
      "Ask an admin of Backstage to look for the database of plugin networking in the backend's log.",
    ],
  ])('%s', (_, { message, remedy }, expectedMessage, expectedRemedy) => {
    expect(message).toBe(expectedMessage);
    expect(remedy).toBe(expectedRemedy);
  });
});

import {
  findingsOf,
  type ParamsOf,
  type SentencesOf,
} from '../findings/declare';
import type { Consequence, WRITE_REASONS } from '../exposures/writeReasons';
import type { ObjectName } from '../findings/types';

const routeWords = ({ namespace, name }: ObjectName) =>
  `route ${namespace}/${name}`;

const RESTRICTIONS = 'backend.auth.externalAccess[].accessRestrictions';
const WHOLE_CATALOG = '{ plugin: catalog }';

const WHY_NOT_NAMED: Record<
  ParamsOf<typeof WRITE_REASONS, 'PermissionNotNamed'>['why'],
  (action?: string) => string
> = {
  noRestrictions: () =>
    'its token has no access restrictions, and a service writes only what they name',
  action: action =>
    `permissionAttribute of its access restrictions leaves out action ${action}`,
  notNamed: () => "its access restrictions for plugin networking don't name it",
  nothingNamed: () =>
    'its access restrictions for plugin networking name no permission, and a service writes only what they name',
};

const setRestriction = (
  service: string,
  restriction: string,
  needsCatalog: boolean,
) =>
  `In app-config, set the restriction of plugin networking in ${RESTRICTIONS} of ${service} to ${restriction}${
    needsCatalog ? `, and add ${WHOLE_CATALOG} to them` : ''
  }.`;

/** What a database that fails comes to. */
const databaseWords = (consequence: Consequence, state: string): string => {
  switch (consequence) {
    case 'notRemoved':
      return `Nothing was removed: Backstage's database ${state}.`;
    case 'notChecked':
      return `Nothing was checked: Backstage's database ${state}.`;
    case 'notWritten':
      return `Nothing was written: Backstage's database ${state}.`;
    case 'notCarriedOut':
      return `The request was not carried out: Backstage's database ${state}.`;
    default:
      return `URLs can't be checked or changed while Backstage's database ${state}. What is shown may be out of date.`;
  }
};

const database =
  (state: string, remedy: string) =>
  ({ consequence }: { consequence: Consequence }) => ({
    message: databaseWords(consequence, state),
    remedy,
  });

/** Of the findings about writes that the backend, the cluster or the database did not carry out. */
export const WRITE_SENTENCES: SentencesOf<typeof WRITE_REASONS> = {
  WriteOutcomeUnknown: ({ cluster, route, isRemoval }) => ({
    message: `It's not known whether ${routeWords(route)} was ${
      isRemoval ? 'removed' : 'written'
    }: cluster ${cluster} didn't say how the request ended.`,
    remedy: `Look at ${routeWords(route)} before trying again.`,
  }),
  FieldOwnedByOther: ({ route, manager, fields }) => ({
    message: `${fields.join(', ')} of ${routeWords(route)} ${
      fields.length === 1 ? 'was' : 'were'
    } set by ${manager}, and applying would undo that.`,
    remedy: `Ask whoever writes as ${manager} to release ${
      fields.length === 1 ? 'the field' : 'the fields'
    }, or ask the platform's admins to overwrite the changes made by ${manager}.`,
  }),
  WriteForbidden: ({ cluster, route: { namespace }, verb, resource }) => ({
    message: `Nothing was written: the backend's service account may not ${verb} ${resource} in namespace ${namespace} of cluster ${cluster}.`,
    remedy: `Bind Role networking-backend to it in namespace ${namespace}.`,
  }),
  AdmissionRefused: ({ cluster, route }) => ({
    message: `Nothing was written: an admission policy or quota of cluster ${cluster} refuses ${routeWords(
      route,
    )}.`,
    remedy: `Ask the owners of cluster ${cluster} which policy applies to HTTPRoutes in ${route.namespace}.`,
  }),
  GatewayApiNotInstalled: ({ cluster }) => ({
    message: `Nothing was written: the Gateway API CRDs are not installed on cluster ${cluster}.`,
    remedy: `Install the Gateway API CRDs on cluster ${cluster}.`,
  }),
  RouteChanged: ({ route }) => ({
    message: `Nothing was written: someone else changed ${routeWords(
      route,
    )} meanwhile.`,
    remedy: `Look at what ${routeWords(route)} is now and apply again.`,
  }),
  ClusterUnreachable: ({ cluster, isTokenRefused }) =>
    isTokenRefused
      ? {
          message: `Nothing was written: cluster ${cluster} refuses the token of the Backstage backend.`,
          remedy: `Ask an admin of Backstage to renew the token of cluster ${cluster}.`,
        }
      : {
          message: `Cluster ${cluster} doesn't answer, so nothing was written.`,
          remedy: `Try again when cluster ${cluster} answers.`,
        },
  NamespaceMissing: ({ cluster, namespace }) => ({
    message: `Nothing was written: namespace ${namespace} does not exist on cluster ${cluster}.`,
    remedy: `Create namespace ${namespace}, or choose another one.`,
  }),
  ClusterBusy: ({ cluster }) => ({
    message: `Nothing was written: cluster ${cluster} has too many requests to answer now.`,
    remedy: 'Try again in a minute.',
  }),
  ObjectInvalid: ({ cluster, route }) => ({
    message: `Nothing was written: cluster ${cluster} doesn't accept ${routeWords(
      route,
    )}.`,
    remedy: `Compare the fields named with the Gateway API version of cluster ${cluster}.`,
  }),

  PermissionsDisabled: () => ({
    message:
      'Nothing is written while permission.enabled is not true: anyone could expose anything.',
    remedy:
      'Set permission.enabled to true in app-config, or networking.allowWithoutPermissions where that is wanted.',
  }),
  PermissionNotNamed: ({
    service,
    permission,
    why,
    action,
    restriction,
    needsCatalog,
  }) => ({
    message: `${service} may not use ${permission}: ${WHY_NOT_NAMED[why](
      action,
    )}.`,
    remedy: setRestriction(service, restriction, needsCatalog),
  }),
  PluginMayNotWrite: ({ service, permission }) => ({
    message: `Nothing is written for ${service}: it asks for itself, and nothing names ${permission} for a plugin.`,
    remedy: `Have ${service} ask on behalf of a user, or call with a token of ${RESTRICTIONS} that names ${permission}.`,
  }),
  CatalogNotDelegated: ({ service, permission, restriction }) =>
    permission === undefined
      ? {
          message: `Nothing is done for ${service}: this plugin may not read the catalog for it.`,
          remedy: `In app-config, add ${restriction}, without permission and permissionAttribute, to ${RESTRICTIONS} of ${service}.`,
        }
      : {
          message: `What belongs to an entity is hidden from ${service}: its access restrictions don't let plugin networking use ${permission}.`,
          remedy: setRestriction(service, restriction, false),
        },

  DatabaseBusy: database(
    'is busy',
    'Try again in a minute. If it stays busy, ask an admin of Backstage what holds the database of plugin networking.',
  ),
  DatabaseUnreachable: database(
    "can't be reached",
    'Ask an admin of Backstage to bring the database of plugin networking back.',
  ),
  DatabaseFull: database(
    'has no space left',
    'Ask an admin of Backstage to free space for the database of plugin networking.',
  ),
  DatabaseReadOnly: database(
    'is read-only',
    'Ask an admin of Backstage to make the database of plugin networking writable.',
  ),
  DatabaseFailed: database(
    'reports an error',
    "Ask an admin of Backstage to look for the database of plugin networking in the backend's log.",
  ),
};

/**
 * A finding about a write that the backend, the cluster or the database did not carry out.
 * @public
 */
export const writeFinding = findingsOf<typeof WRITE_REASONS>(WRITE_SENTENCES);

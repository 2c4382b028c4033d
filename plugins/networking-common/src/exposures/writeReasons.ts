import {
  conflict,
  invalid,
  notYours,
  trouble,
  unavailable,
} from '../findings/declare';
import type { ObjectName } from '../findings/types';

export interface OfRoute {
  cluster: string;
  route: ObjectName;
}

/** What came of a request that the database stopped, or what is told while it fails. @public */
export type Consequence =
  | 'notWritten'
  | 'notRemoved'
  | 'notChecked'
  | 'notCarriedOut'
  | 'shownMayBeOld';

/** The token of a service, and what it would need. */
export interface OfService {
  /** Subject of the principal. */
  service: string;
  permission: string;
}

/** Reasons of the findings about writes that the backend, the cluster or the database did not carry out. */
export const WRITE_REASONS = {
  /** `isRemoval`: the write that may have been carried out. */
  WriteOutcomeUnknown: unavailable<OfRoute & { isRemoval: boolean }>(),
  /** Set by another field manager; applying would undo that. */
  FieldOwnedByOther: conflict<
    OfRoute & { manager: string; fields: string[] }
  >(),
  /** The service account of the backend may not do it. */
  WriteForbidden: notYours<OfRoute & { verb: string; resource: string }>(),
  AdmissionRefused: conflict<OfRoute>(),
  GatewayApiNotInstalled: trouble<{ cluster: string }>(),
  RouteChanged: conflict<OfRoute>(),
  ClusterUnreachable: unavailable<{
    cluster: string;
    isTokenRefused: boolean;
  }>(),
  NamespaceMissing: invalid<{ cluster: string; namespace: string }>(),
  ClusterBusy: unavailable<{ cluster: string }>(),
  /** The schema of the cluster does not accept it. */
  ObjectInvalid: invalid<OfRoute>(),

  /** permission.enabled is not true. */
  PermissionsDisabled: notYours<Record<never, never>>(),
  /** `why`: its token has no restrictions, its restrictions leave out the action, do not name it, or name nothing. */
  PermissionNotNamed: notYours<
    OfService & {
      why: 'noRestrictions' | 'action' | 'notNamed' | 'nothingNamed';
      action?: string;
      restriction: string;
      needsCatalog: boolean;
    }
  >(),
  /** It is a plugin's own, which cannot be restricted. */
  PluginMayNotWrite: notYours<OfService>(),
  /** Without `permission`: the catalog cannot be asked for it at all. */
  CatalogNotDelegated: notYours<{
    service: string;
    permission?: string;
    restriction: string;
  }>(),

  DatabaseBusy: unavailable<{ consequence: Consequence }>(),
  DatabaseUnreachable: unavailable<{ consequence: Consequence }>(),
  DatabaseFull: unavailable<{ consequence: Consequence }>(),
  DatabaseReadOnly: unavailable<{ consequence: Consequence }>(),
  DatabaseFailed: unavailable<{ consequence: Consequence }>(),
};

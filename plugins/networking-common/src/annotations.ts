/**
 * Names that the plugins write to, or read from, Kubernetes objects.
 */

/** Server-side-apply field manager of everything that the plugins write. @public */
export const FIELD_MANAGER = 'backstage-networking';

/** Label `app.kubernetes.io/managed-by` and its value on every object that the plugins made. @public */
export const MANAGED_BY_LABEL = 'app.kubernetes.io/managed-by';
/** @public */
export const MANAGED_BY_VALUE = FIELD_MANAGER;

/** On a route: the catalog entity (full entity ref) that it belongs to, and then to no other. @public */
export const ANNOTATION_ENTITY_REF = 'idp.networking/entity-ref';

/** On a route made by the plugin: the host label that was asked for, so that a change of suffix can be told. @public */
export const ANNOTATION_HOST_LABEL = 'idp.networking/host-label';

/** On a Namespace: comma-separated refs of the groups that may expose from it. @public */
export const ANNOTATION_OWNERS = 'idp.networking/owners';

/** Label on Kubernetes objects that Backstage's Kubernetes plugin matches entities by. @public */
export const KUBERNETES_ID = 'backstage.io/kubernetes-id';
/** @public */
export const KUBERNETES_NAMESPACE = 'backstage.io/kubernetes-namespace';
/** @public */
export const KUBERNETES_LABEL_SELECTOR =
  'backstage.io/kubernetes-label-selector';

import {
  MANAGED_BY_LABEL,
  MANAGED_BY_VALUE,
  type EndpointSlice,
  type KubernetesObject,
  type ManagedFieldsEntry,
  type Service,
} from 'backstage-plugin-networking-common';

const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

/** Who owns which field is only asked of our own routes; of others, when they were last changed. */
function managersOf(
  object: KubernetesObject,
): ManagedFieldsEntry[] | undefined {
  const { managedFields, labels } = object.metadata;
  if (!Array.isArray(managedFields)) return undefined;
  if (labels?.[MANAGED_BY_LABEL] === MANAGED_BY_VALUE) return managedFields;
  if (object.kind !== 'HTTPRoute') return undefined;
  return managedFields.map(({ manager, operation, time, subresource }) => ({
    manager,
    operation,
    time,
    ...(subresource !== undefined && { subresource }),
  }));
}

function withoutLastApplied(
  annotations: Record<string, string> | undefined,
): Record<string, string> | undefined {
  if (!annotations || !(LAST_APPLIED in annotations)) return annotations;
  const { [LAST_APPLIED]: _dropped, ...rest } = annotations;
  return rest;
}

/** Addresses and zones of endpoints, which nobody reads, are most of a slice. */
function slimSlice(slice: EndpointSlice): EndpointSlice {
  if (!Array.isArray(slice.endpoints)) return slice;
  return {
    ...slice,
    endpoints: slice.endpoints.map(endpoint =>
      endpoint?.conditions ? { conditions: endpoint.conditions } : {},
    ),
  };
}

/** The load balancer's status, which nobody reads. */
function slimService(service: Service & { status?: unknown }): Service {
  const { status: _dropped, ...rest } = service;
  return rest;
}

/**
 * An object as it is kept: without the last applied configuration, field ownership that nobody asks for, and what no check
 * reads of Services and EndpointSlices. Routes stay whole otherwise, since their manifest is shown. Doing it twice changes
 * nothing.
 */
export function slim(object: KubernetesObject): KubernetesObject {
  const { managedFields: _fields, annotations, ...metadata } = object.metadata;
  const managers = managersOf(object);
  const kept = withoutLastApplied(annotations);
  const slimmed = {
    ...object,
    metadata: {
      ...metadata,
      ...(kept && { annotations: kept }),
      ...(managers && { managedFields: managers }),
    },
  };
  switch (object.kind) {
    case 'EndpointSlice':
      return slimSlice(slimmed as EndpointSlice);
    case 'Service':
      return slimService(slimmed as Service);
    default:
      return slimmed;
  }
}

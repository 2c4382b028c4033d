import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import type { ExposureRequest } from 'backstage-plugin-networking-common';
import type { ServiceValue } from './schemas';

/** Names of the form's own fields, unless the template says otherwise. */
export const DEFAULT_ENTITY_FIELD = 'component';
export const DEFAULT_SERVICE_FIELD = 'service';
export const DEFAULT_REPLACE_FIELD = 'replace';

type FormData = Record<string, unknown> | undefined;

/**
 * Full entity ref that an earlier field of the form holds. Kind and namespace may be left out, as EntityPicker does.
 * Undefined while nothing readable was chosen.
 */
export function entityRefOf(
  formData: FormData,
  field: string = DEFAULT_ENTITY_FIELD,
): string | undefined {
  const value = formData?.[field];
  if (typeof value !== 'string' || value.trim() === '') return undefined;
  try {
    return stringifyEntityRef(
      parseEntityRef(value, {
        defaultKind: 'component',
        defaultNamespace: 'default',
      }),
    );
  } catch {
    return undefined;
  }
}

/** The Service that an earlier field of the form holds, once it is whole. */
export function serviceOf(
  formData: FormData,
  field: string = DEFAULT_SERVICE_FIELD,
): ServiceValue | undefined {
  const value = formData?.[field];
  return isServiceValue(value) ? value : undefined;
}

/** Does the form say that live requests may be redirected? */
export const mayReplace = (
  formData: FormData,
  field: string = DEFAULT_REPLACE_FIELD,
): boolean => formData?.[field] === true;

/** True for a Service with its port. */
export function isServiceValue(value: unknown): value is ServiceValue {
  if (typeof value !== 'object' || value === null) return false;
  const { cluster, namespace, service, port } = value as Record<
    string,
    unknown
  >;
  return (
    typeof cluster === 'string' &&
    typeof namespace === 'string' &&
    typeof service === 'string' &&
    typeof port === 'number'
  );
}

/** The request that the form stands for; undefined where it is not whole yet. */
export function requestOf(options: {
  entityRef: string | undefined;
  service: ServiceValue | undefined;
  hostLabel: string | undefined;
}): ExposureRequest | undefined {
  const { entityRef, service, hostLabel } = options;
  if (!entityRef || !hostLabel) return undefined;
  return {
    entityRef,
    hostLabel,
    ...(service && {
      cluster: service.cluster,
      namespace: service.namespace,
      service: { name: service.service, port: service.port },
    }),
  };
}

import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { InputError, toError } from '@backstage/errors';
import {
  isOneLine,
  type ExposureRequest,
} from 'backstage-plugin-networking-common';

/** Input of the action. */
export interface ExposeInput {
  entityRef: string;
  service?: string;
  port?: number;
  hostLabel?: string;
  cluster?: string;
  namespace?: string;
  replace?: boolean;
}

/**
 * The exposure request of an input. A name without kind and namespace is a Component of the default namespace. What
 * was left out is left to the backend, which knows the cluster.
 *
 * @throws InputError where `entityRef` is no entity ref, and where a text holds control characters or line breaks
 */
export function toExposureRequest(input: ExposeInput): ExposureRequest {
  for (const [field, value] of Object.entries(input)) {
    if (typeof value === 'string' && !isOneLine(value)) {
      throw new InputError(
        `Set ${field} to one line of text, without control characters`,
      );
    }
  }
  const { service, port, hostLabel, cluster, namespace, replace } = input;
  return {
    entityRef: toEntityRef(input.entityRef),
    ...(cluster !== undefined && { cluster }),
    ...(namespace !== undefined && { namespace }),
    ...((service !== undefined || port !== undefined) && {
      service: {
        ...(service !== undefined && { name: service }),
        ...(port !== undefined && { port }),
      },
    }),
    ...(hostLabel !== undefined && { hostLabel }),
    ...(replace !== undefined && { replace }),
  };
}

function toEntityRef(text: string): string {
  try {
    return stringifyEntityRef(
      parseEntityRef(text, {
        defaultKind: 'component',
        defaultNamespace: 'default',
      }),
    );
  } catch (error) {
    throw new InputError(
      `entityRef is '${text}', which names no component: ${
        toError(error).message
      }. Write it as component:default/<name>, or as the name alone`,
    );
  }
}

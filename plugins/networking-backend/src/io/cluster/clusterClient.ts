import {
  FIELD_MANAGER,
  MANAGED_BY_LABEL,
  MANAGED_BY_VALUE,
  type HttpRoute,
  type KubernetesObject,
  type SnapshotKind,
  type SnapshotKinds,
} from 'backstage-plugin-networking-common';
import { ClusterError, isClusterError, type ClusterOperation } from './errors';
import { apiVersionOf, pathOf, RESOURCES, type Resource } from './resources';
import type { Transport } from './transport';
import type { ClusterClient } from './types';

const PAGE_SIZE = '500';
/** 500 objects each: more than any cluster that one API server serves. */
const MAX_PAGES = 200;

interface ListPage {
  metadata?: { continue?: string };
  items?: Partial<KubernetesObject>[];
}

/** The requests that the plugin makes of a cluster, and no others. */
export function createClusterClient(
  name: string,
  transport: Transport,
): ClusterClient {
  const route = RESOURCES.HTTPRoute;
  return {
    name,

    async list<K extends SnapshotKind>(
      kind: K,
      options?: { signal?: AbortSignal },
    ) {
      const resource = RESOURCES[kind];
      const operation: ClusterOperation = {
        cluster: name,
        verb: 'list',
        resource: resource.plural,
      };
      const readPages = async () => {
        const objects: SnapshotKinds[K][] = [];
        let token: string | undefined;
        for (let pages = 0; pages < MAX_PAGES; pages++) {
          const page = (await transport.send(operation, {
            method: 'GET',
            path: pathOf(resource),
            query: { limit: PAGE_SIZE, ...(token ? { continue: token } : {}) },
            signal: options?.signal,
          })) as ListPage | undefined;
          for (const item of page?.items ?? []) {
            objects.push(complete(item, resource) as SnapshotKinds[K]);
          }
          token = page?.metadata?.continue || undefined;
          if (!token) return objects;
        }
        throw new ClusterError(operation, { code: 'EMSGSIZE' });
      };
      try {
        return await readPages();
      } catch (error) {
        // A continue token expires when etcd compacts its revision away.
        if (isClusterError(error) && error.httpStatus === 410) {
          return await readPages();
        }
        throw error;
      }
    },

    async applyRoute(object, options = {}) {
      const { name: routeName, namespace } = object.metadata;
      const operation: ClusterOperation = {
        cluster: name,
        verb: 'patch',
        resource: route.plural,
        namespace,
        name: routeName,
      };
      const written = (await transport.send(operation, {
        method: 'PATCH',
        path: pathOf(route, namespace, routeName),
        query: {
          fieldManager: FIELD_MANAGER,
          fieldValidation: 'Strict',
          force: String(options.force ?? false),
          ...(options.dryRun ? { dryRun: 'All' } : {}),
        },
        contentType: 'application/apply-patch+yaml',
        body: object,
        signal: options.signal,
      })) as HttpRoute | undefined;
      // A proxy in between may answer 200 with a page of its own.
      if (typeof written?.metadata?.name !== 'string') {
        throw new ClusterError(operation, { code: 'EBADMSG' });
      }
      return written;
    },

    async deleteRoute({ namespace, name: routeName, uid }, options = {}) {
      await transport.send(
        {
          cluster: name,
          verb: 'delete',
          resource: route.plural,
          namespace,
          name: routeName,
        },
        {
          method: 'DELETE',
          path: pathOf(route, namespace, routeName),
          body: {
            apiVersion: 'v1',
            kind: 'DeleteOptions',
            preconditions: { uid },
          },
          signal: options.signal,
        },
      );
    },
  };
}

/**
 * Items of a list carry neither apiVersion nor kind. Field ownership is most of
 * an object's size and is only asked for on our own routes.
 */
function complete(
  item: Partial<KubernetesObject>,
  resource: Resource,
): KubernetesObject {
  const object = {
    ...item,
    apiVersion: apiVersionOf(resource),
    kind: resource.kind,
    metadata: { ...item.metadata },
  } as KubernetesObject;
  if (object.metadata.labels?.[MANAGED_BY_LABEL] !== MANAGED_BY_VALUE) {
    delete object.metadata.managedFields;
  }
  return object;
}

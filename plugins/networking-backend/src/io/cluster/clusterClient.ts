import {
  FIELD_MANAGER,
  type Certificate,
  type HttpRoute,
  type SnapshotKind,
  type SnapshotKinds,
} from 'backstage-plugin-networking-common';
import { ClusterError, isClusterError, type ClusterOperation } from './errors';
import { createHistoryReads } from './historyReads';
import { createListWatch, type ListWatch } from './listWatch';
import { pathOf, RESOURCES } from './resources';
import { slim } from './slim';
import type { Transport } from './transport';
import type { ClusterClient, NamespaceRights } from './types';

const PAGE_SIZE = 500;
/** 500 objects each: more than any cluster that one API server serves. */
const MAX_PAGES = 200;

/** The requests that the plugin makes of a cluster, and no others. */
export function createClusterClient(
  name: string,
  transport: Transport,
): ClusterClient {
  const route = RESOURCES.HTTPRoute;
  const certificate = RESOURCES.Certificate;
  const sources = new Map<SnapshotKind, ListWatch>();
  const listWatch = (kind: SnapshotKind) => {
    const known = sources.get(kind) ?? createListWatch(name, kind, transport);
    sources.set(kind, known);
    return known;
  };
  return {
    name,
    ...createHistoryReads(name, transport),

    listWatch,

    async list<K extends SnapshotKind>(
      kind: K,
      options?: { signal?: AbortSignal },
    ) {
      const source = listWatch(kind);
      const readPages = async () => {
        const objects: SnapshotKinds[K][] = [];
        let token: string | undefined;
        for (let pages = 0; pages < MAX_PAGES; pages++) {
          const page = await source.list({
            limit: PAGE_SIZE,
            ...(token !== undefined && { continue: token }),
            signal: options?.signal,
          });
          for (const item of page.items) {
            objects.push(slim(item) as SnapshotKinds[K]);
          }
          token = page.continue;
          if (!token) return objects;
        }
        throw new ClusterError(
          { cluster: name, verb: 'list', resource: RESOURCES[kind].plural },
          { code: 'EMSGSIZE' },
        );
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
        repeatable: options.dryRun ?? false,
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

    async getCertificate({ namespace, name: certificateName }, options = {}) {
      const operation: ClusterOperation = {
        cluster: name,
        verb: 'get',
        resource: certificate.plural,
        namespace,
        name: certificateName,
      };
      return certificateFrom(
        operation,
        await transport.send(operation, {
          method: 'GET',
          path: pathOf(certificate, namespace, certificateName),
          signal: options.signal,
        }),
      );
    },

    async updateCertificateStatus(object, options = {}) {
      const { namespace, name: certificateName } = object.metadata;
      const operation: ClusterOperation = {
        cluster: name,
        verb: 'update',
        resource: `${certificate.plural}/status`,
        namespace,
        name: certificateName,
      };
      return certificateFrom(
        operation,
        await transport.send(operation, {
          method: 'PUT',
          path: `${pathOf(certificate, namespace, certificateName)}/status`,
          query: { fieldManager: FIELD_MANAGER },
          body: object,
          signal: options.signal,
        }),
      );
    },

    async ownRights(namespace, options = {}) {
      const answer = (await transport.send(
        {
          cluster: name,
          verb: 'create',
          resource: 'selfsubjectrulesreviews',
        },
        {
          method: 'POST',
          path: '/apis/authorization.k8s.io/v1/selfsubjectrulesreviews',
          body: {
            apiVersion: 'authorization.k8s.io/v1',
            kind: 'SelfSubjectRulesReview',
            spec: { namespace },
          },
          repeatable: true,
          signal: options.signal,
        },
      )) as
        | {
            status?: {
              resourceRules?: NamespaceRights['rules'];
              incomplete?: boolean;
            };
          }
        | undefined;
      return {
        rules: answer?.status?.resourceRules ?? [],
        // An answer that is none tells of no rights.
        incomplete: answer?.status?.incomplete ?? answer?.status === undefined,
      };
    },
  };
}

/** @throws ClusterError where something in between answered with a page of its own */
function certificateFrom(
  operation: ClusterOperation,
  answer: unknown,
): Certificate {
  const certificate = answer as Certificate | undefined;
  if (typeof certificate?.metadata?.name !== 'string') {
    throw new ClusterError(operation, { code: 'EBADMSG' });
  }
  return certificate;
}

import { invalid, notYours, trouble, unavailable } from '../findings/declare';
import type { ExposablePort } from './types';

/** By its full ref, and where it is in the cluster. */
interface InNamespace {
  entity: string;
  namespace: string;
  cluster: string;
}

export interface OfServiceNamed {
  namespace: string;
  service: string;
}

/** What a gateway would do with a headless Service: `sends` to its pods, `mayFail` by a setting of its own, `fails`. */
export type HeadlessAnswer =
  | { gateway: 'Cilium' | 'Envoy Gateway'; answer: 'sends' }
  | { gateway: 'Traefik'; answer: 'sends' | 'mayFail' | 'fails' }
  | { gateway: string; answer: 'notKnown' };

/** Reasons of the findings about what a request asks for: entity, cluster, namespace, Service and port. */
export const REQUEST_REASONS = {
  /** Nobody could be granted, or no Service could match it. `name`: of the entity, for an example. */
  EntityNotExposable: invalid<{
    entity: string;
    name: string;
    why: 'noOwner' | 'noTie' | 'badSelector' | 'noNamespace';
    selector?: string;
  }>(),
  /** `cluster`: the one that was asked for. */
  ClusterUnknown: invalid<{ cluster?: string; configured: string[] }>(),
  ClusterAmbiguous: invalid<{ entity: string; clusters: string[] }>(),
  ClusterUnreachable: unavailable<{
    cluster: string;
    isTokenRefused: boolean;
  }>(),
  /** The backend may not read a kind that every write needs. */
  ClusterForbidden: trouble<{ cluster: string; kind: string }>(),
  KindNotServed: trouble<{ cluster: string; kind: string }>(),
  NamespaceAmbiguous: invalid<{ entity: string; namespaces: string[] }>(),
  NamespaceReserved: notYours<InNamespace>(),
  NamespaceMissing: invalid<InNamespace & { isBeingDeleted: boolean }>(),
  /** Without `namespace`: none of the cluster. `owners`: of the entity. */
  NamespaceNotGranted: notYours<{
    entity: string;
    cluster: string;
    namespace?: string;
    owners: string[];
  }>(),
  ServiceAmbiguous: invalid<{
    entity: string;
    namespace: string;
    services: string[];
  }>({ isMendedByEditing: true }),
  /**
   * Without `namespaces`: on no cluster of `clusters`. `service`: the one that was asked for. `others`: Services that the
   * entity may expose there. `id`: what their label has to say.
   */
  ServiceMissing: trouble<
    | { entity: string; clusters: string[] }
    | {
        entity: string;
        service?: string;
        cluster: string;
        namespaces: string[];
        others: string[];
        id: string;
      }
  >({ isMendedByEditing: true }),
  /** By the namespace that the entity says it runs in, or as neither label nor selector ties them: `id` is that of the entity. */
  ServiceNotOfEntity: notYours<
    | { entity: string; namespace: string; own: string }
    | (OfServiceNamed & { entity: string; id?: string })
  >(),
  ServiceExternalName: invalid<OfServiceNamed>({ isMendedByEditing: true }),
  ServiceHeadless: invalid<OfServiceNamed & { by: HeadlessAnswer }>({
    isMendedByEditing: true,
  }),
  /** Without `port`: none of its ports is. `ports`: those that are. */
  PortNotTcp: invalid<{
    service: string;
    port?: number;
    ports: ExposablePort[];
  }>({ isMendedByEditing: true }),
  /** Without `port`: it has none at all. */
  PortMissing: invalid<{
    service: string;
    port?: number;
    ports: ExposablePort[];
  }>({ isMendedByEditing: true }),
  PortAmbiguous: invalid<{ service: string; ports: ExposablePort[] }>({
    isMendedByEditing: true,
  }),
  BackendProtocolHttps: trouble<{ service: string; port: number }>({
    isMendedByEditing: true,
  }),
};

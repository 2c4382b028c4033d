import { invalid, note, trouble, unavailable } from '../findings/declare';
import type { ObjectName } from '../findings/types';

/** An answer of the host: the path that was asked, and the status. */
export interface Seen {
  path: string;
  status: number;
}

/** What becomes of requests: all or some of them get an error, or they were seen to be answered all the same. */
export type Effect =
  | { on: 'all' | 'some'; status: string }
  | { on: 'none'; seen: Seen };

export interface OnRequests {
  effect: Effect;
  route: ObjectName;
}

export interface OfService extends OnRequests {
  service: ObjectName;
}

/** Reasons of the findings about what is behind a route. */
export const BACKEND_REASONS = {
  /** The route names no backend, or none of a weight above 0. `seen`: something else answers. */
  NoBackend: invalid<{
    isFor: 'noBackend' | 'weights';
    route: ObjectName;
    seen?: Seen;
  }>({ isMendedByEditing: true }),
  /** A filter of the controller's own kind answers in place of a backend. */
  AnsweredByExtension: note<{ isProved: boolean }>(),
  ServicesNotKnown: unavailable<{ cluster: string }>(),
  /** Of a kind whose work is not judged. */
  BackendNotJudged: note<{ backend: ObjectName }>(),
  /** A reference that means a Service, by a group or kind that is not a Service's. */
  BackendNearMiss: invalid<
    OfService & { group: string; kind: string; isThere: boolean }
  >(),
  /** `isJudged` false: the gateway has its own word for the kind. */
  ReferenceGrantMissing: trouble<{
    on: 'all' | 'some';
    isUsed: boolean;
    status: string;
    isJudged: boolean;
    route: ObjectName;
    backend: ObjectName;
    fromNamespace: string;
  }>(),
  ReferenceGrantNotKnown: unavailable<{
    backend: ObjectName;
    cluster: string;
  }>(),
  ServiceMissing: trouble<OfService>({ isMendedByEditing: true }),
  ServiceExternalName: invalid<{
    status: string;
    service: ObjectName;
    target?: string;
  }>({ isMendedByEditing: true }),
  /** `ports`: those that it has. */
  ServicePortMissing: trouble<OfService & { port?: number; ports: number[] }>({
    isMendedByEditing: true,
  }),
  /** Pods are ready, and none of them has the port that the Service sends to. `targetPort`: by its name. */
  EndpointsLackPort: trouble<
    OfService & {
      ready: number;
      port: string;
      protocol: string;
      targetPort?: string;
    }
  >(),
  /** `selector`: where no pod is there at all, what the Service looks for. */
  NoReadyEndpoints: trouble<
    OfService & { arePods: boolean; selector?: string }
  >({ isMendedByEditing: true }),
  BackendProtocolHttps: trouble<{
    service: ObjectName;
    port?: number;
    /** What the gateway speaks to it. */
    spoken: 'https' | 'http';
  }>({ isMendedByEditing: true }),
  BackendProtocolNotSpoken: note<{ service: ObjectName; port?: number }>(),
};

import {
  invalid,
  note,
  passes,
  trouble,
  unavailable,
} from '../findings/declare';
import type { ObjectName } from '../findings/types';
import type { Seen } from './backendReasons';

/** Requests were seen to be answered although the controller says otherwise. */
export interface Despite {
  seen: Seen;
  /** What the controller says. */
  claim:
    | 'refused'
    | 'undecided'
    | 'refsUnusable'
    | 'notRun'
    | 'notSetUp'
    | 'conflicted'
    | 'detached'
    | 'noBackend';
  /** What it says it of: an object, or a listener of it. */
  of: ObjectName;
  listener?: string;
}

/** Of a word that an answer may stand against. */
export interface Claimed {
  despite?: Despite;
}

/** The controller's own words, in one line. */
export interface Said {
  said?: string;
}

interface OfRoute {
  route: ObjectName;
}

interface OfListenerSet extends Claimed, Said {
  listenerSet: ObjectName;
}

/** `own`: the Gateway of the settings, the only one that is judged. */
interface Elsewhere {
  parent: ObjectName;
  own: ObjectName;
  /** Absent where the whole route is served elsewhere. */
  host?: string;
}

/** Reasons of the findings about what a route attaches to. */
export const PARENT_REASONS = {
  /** `forMs`: since it was last read, in milliseconds. */
  ClusterUnreachable: unavailable<{ cluster: string; forMs?: number }>(),
  BeingDeleted: passes<OfRoute & { forMs?: number }>(),
  /** It names no Gateway. */
  ParentMissing: invalid<OfRoute>({ isMendedByEditing: true }),
  /** `instead`: where the route names one that is not there, that of the settings. */
  GatewayMissing: trouble<
    OfRoute & { gateway: ObjectName; instead?: ObjectName }
  >({ isMendedByEditing: true }),
  ListenerSetMissing: invalid<
    OfRoute & { listenerSet: ObjectName; instead: ObjectName }
  >({ isMendedByEditing: true }),
  ListenerSetNotKnown: unavailable<{
    listenerSet: ObjectName;
    cluster: string;
  }>(),
  ParentUnsupported: note<Elsewhere>(),
  ParentNotOurs: note<Elsewhere>(),
  /** Without `gateway`: which routes one of its listeners takes. */
  GatewayNotKnown: unavailable<{ gateway?: ObjectName }>(),
  /** `listener` and `port`: what the route asks for. `others`: names of those that are there. */
  ListenerMissing: invalid<
    OfRoute & {
      holder: ObjectName;
      listener?: string;
      port?: number;
      others: string[];
    }
  >({ isMendedByEditing: true }),
  ListenerRefusesRoute: invalid<
    OfRoute & {
      host: string;
      listener: string;
      isKind: boolean;
      namespace: string;
    }
  >(),
  /** `served`: hostnames of the listeners that the route asks for. */
  HostNotServed: invalid<OfRoute & { host: string; served: string[] }>({
    isMendedByEditing: true,
  }),

  /** `forMs`: since it was made, where nobody has said anything of it. */
  ListenerSetPending: passes<
    OfListenerSet & { controller: string; forMs?: number; isSeen: boolean }
  >(),
  ListenerSetStatusStale: passes<OfListenerSet & { controller: string }>(),
  /** `host`: the one that is told of, where the controller has not judged it yet. */
  ListenerSetNotAllowed: trouble<
    OfListenerSet & OfRoute & { gateway: ObjectName; host?: string }
  >(),
  ListenerSetInvalid: invalid<OfListenerSet>(),
  ListenerSetNotAccepted: trouble<OfListenerSet>(),
  ListenerSetNotProgrammed: trouble<OfListenerSet>(),
};

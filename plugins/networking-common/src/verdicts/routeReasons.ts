import {
  conflict,
  invalid,
  note,
  notYours,
  passes,
  trouble,
  type ReasonTraits,
} from '../findings/declare';
import type { ObjectName } from '../findings/types';
import type { Seen } from './backendReasons';
import type { ListenerName } from './listenerReasons';
import type { Claimed, Said } from './parentReasons';

interface OfRoute {
  route: ObjectName;
}

/** A controller that is waited for, in milliseconds. */
interface Waiting {
  controller: string;
  forMs?: number;
}

/** A refusal of the whole route. */
interface Refused extends OfRoute, Claimed, Said {}

/** What the route refers to cannot be used: all or some of its requests get an error, or copies of them go nowhere. */
export interface Unresolved extends OfRoute, Claimed, Said {
  on: 'all' | 'some' | 'copies';
  /** Where it is copies that go nowhere: what they are sent to. */
  copiesTo?: ObjectName;
}

/** What the controller may stumble over where it finds no backend. */
export type NotFound =
  | {
      what: 'missing' | 'external' | 'noSlices' | 'headless';
      service: ObjectName;
    }
  | { what: 'port'; service: ObjectName; port?: number; ports: number[] }
  | { what: 'protocol'; service: ObjectName; port: number; protocol: string }
  | { what: 'otherKind'; backend: ObjectName }
  | { what: 'unknown'; controller: string };

const byEditing: Omit<ReasonTraits, 'class'> = { isMendedByEditing: true };

/** Reasons of the findings about what the gateway's controller says of a route, and about where the route is served. */
export const ROUTE_REASONS = {
  /** `of`: the route, or what it refers to. `isUsual`: for no longer than a controller takes. `seen`: it is answered all the same. */
  NoStatusYet: passes<
    Waiting & { of: 'route' | 'refs'; isUsual: boolean; seen?: Seen }
  >(),
  StatusStale: passes<Waiting>(),
  /** The controller does not tell which generation of the route it judged. */
  GenerationNotTold: note<OfRoute>(),
  AcceptancePending: passes<Waiting & Claimed>(),
  NotAllowedByListeners: notYours<
    Refused & { gateway: ObjectName; isKind: boolean; namespace: string }
  >(),
  NoMatchingListenerHostname: invalid<Refused & { host: string }>(byEditing),
  /** `listener`: of `holder`, which is there and not used. `wanted`: that of the settings. */
  NoMatchingParent: invalid<
    Refused & {
      controller: string;
      wanted: string;
      listener?: string;
      holder?: ObjectName;
    }
  >(byEditing),
  UnsupportedValue: invalid<Refused>(byEditing),
  IncompatibleFilters: invalid<Refused>(byEditing),
  /** Refused, since another route has the same matches. */
  RuleMatchConflict: conflict<Refused>(byEditing),
  ParentNotFound: trouble<
    Refused & { controller: string; gateway: ObjectName }
  >(),
  ListenerNotReady: trouble<Refused & { gateway: ObjectName }>(),
  NotAccepted: invalid<Refused>(byEditing),

  BackendNotFound: trouble<Unresolved & { found: NotFound }>(byEditing),
  /** `backend`: the one that no grant is known to allow, and `fromNamespace` where the route is. */
  RefNotPermitted: notYours<
    Unresolved & { backend?: ObjectName; fromNamespace?: string }
  >(byEditing),
  /** `portless`: a Service of which the route names no port, which some controllers call so. */
  InvalidKind: invalid<
    Unresolved & { portless?: ObjectName; backend?: ObjectName }
  >(byEditing),
  UnsupportedProtocol: invalid<Unresolved & { portless?: ObjectName }>(
    byEditing,
  ),
  BackendUnusable: trouble<Unresolved>(byEditing),
  BackendTlsUnusable: trouble<Unresolved>(),
  BackendFiltersUnusable: invalid<Unresolved>(byEditing),
  RefUnsupported: invalid<Unresolved>(),
  BackendPortMissing: trouble<Unresolved>(byEditing),
  BackendPortUnnamed: invalid<Unresolved>(byEditing),
  BackendAddressUnusable: trouble<Unresolved>(),
  BackendsUnavailable: trouble<Unresolved>(),
  RefsNotResolved: trouble<Unresolved>(byEditing),

  /** `fellBack`: to an earlier version of the whole route. */
  PartiallyInvalid: invalid<OfRoute & { fellBack: boolean }>(byEditing),
  RouteRulesOverlap: conflict<OfRoute>(byEditing),
  /** Matches that the gateway leaves out of a route that it accepts. */
  MatchesInvalid: invalid<OfRoute & Said>(byEditing),
  /** `types`: of conditions of the route, or of a listener. */
  ConditionNotJudged: note<{ types: string[]; of?: ListenerName }>(),
  ParentLeftOver: note<OfRoute>(),
  OtherParentRefuses: note<
    OfRoute & { parents: (ObjectName & { listener?: string })[] }
  >(),
  DnsSuffixChanged: invalid<OfRoute & { host: string; wanted: string }>(
    byEditing,
  ),
  /** `instead`: the listener, or what has listeners, that the route is to attach to. */
  AlsoReachableInClear: invalid<
    OfRoute & {
      url: string;
      listener: string;
      instead: { listener: string } | { holder: ObjectName };
    }
  >(byEditing),
  /** Neither the route nor its listener names a hostname. `why` there is no URL, where there is none. */
  AnyHost: note<
    OfRoute & { listener: string; holder: ObjectName } & (
        | { isEncrypted: boolean }
        | { why: 'needsName' | 'addressUnknown' }
        | { why: 'portUnknown'; clear: string; instead: string }
      )
  >(),
};

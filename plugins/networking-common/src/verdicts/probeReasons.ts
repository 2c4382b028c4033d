import {
  conflict,
  note,
  passes,
  trouble,
  unavailable,
} from '../findings/declare';
import type { ObjectName } from '../findings/types';
import type { ListenerName } from './listenerReasons';

/** A host, by its URL where it has one. */
interface Host {
  host: string;
  url?: string;
}

/** `isAccepted`: the controller says that it takes the route. */
interface Unproved extends Host {
  isAccepted: boolean;
}

/** What answered at a path. `service`: what is behind the route, where that is known. */
interface Answer {
  path: string;
  status: number;
  route: ObjectName;
  service?: ObjectName;
  port?: number;
}

/** Who sends clients elsewhere, and what of the route to change. */
export type Redirector =
  | { is: 'route'; route: ObjectName; change: RedirectChange }
  | { is: 'service'; service: ObjectName }
  | { is: 'unknown' };

/** `rule`: its place in the rules. */
export type RedirectChange =
  | { what: 'attach'; listener: string }
  | { what: 'remove'; rule: number; listener: string }
  | { what: 'port'; rule: number; port: number }
  | { what: 'scheme'; rule: number };

interface Redirected {
  path: string;
  host: string;
  by: Redirector;
}

interface RedirectedTo extends Redirected {
  to: { scheme: string; host: string; port?: number };
}

/** Reasons of the findings about what a host was asked and answered. */
export const PROBE_REASONS = {
  /**
   * `gateway` has no https listener that serves it, and one named `attach` where it has one at all; or `listener` is reached at a
   * port that nobody knows; or there is nothing that could be asked for.
   */
  ProbeNotPossible: note<
    Unproved & {
      why: 'onlyRedirects' | 'noHttps' | 'portUnknown' | 'wildcard' | 'noGet';
      isHttps: boolean;
      gateway: ObjectName;
      listener?: string;
      attach?: string;
    }
  >(),
  ProbeOff: note<Unproved>(),
  /** No setting names an address of the Gateway, and none could be computed. */
  ProbeAddressUnknown: unavailable<Host>(),
  GatewayNotShown: unavailable<Host>(),
  NotProbed: passes<Unproved>(),
  ProbeOlder: passes<Host>(),
  PublicPortNotReached: trouble<
    Host & { address: string; publicPort: number; port: number }
  >(),

  /** Without `place`: behind the gateway. */
  ProbeTimedOut: trouble<{ place?: string }>(),
  ProbeRefused: trouble<{ place: string }>(),
  ProbeUnreachable: trouble<{ place: string }>(),
  /** `isRefused`: in TLS; else before it. */
  TlsHandshakeFailed: trouble<{
    host: string;
    place: string;
    isRefused: boolean;
  }>(),
  /**
   * It fails with what browsers offer, and is set up with all that OpenSSL has. `families`: ids of clients; `settled`: on what,
   * where that is why.
   */
  TlsHandshakeRefusedByBrowsers: trouble<
    ListenerName & {
      host: string;
      families: string[];
      isAll: boolean;
      settled?: { part: 'protocol' | 'cipher' | 'group'; value: string };
    }
  >(),
  NoHttpAnswer: trouble<{ host: string }>(),
  /** The cluster says Accepted and Programmed, and the proxy shows that it knows nothing of it. */
  AcceptedNotServed: trouble<
    { controller: string } & (
      | { host: string; place: string }
      | { path: string; route: ObjectName }
    )
  >(),

  Answered: note<{ path: string; status: number }>(),
  /** An error status within ten seconds after a change. */
  ChangeBeingTakenUp: passes<{ path: string; status: number }>(),
  /** 403 that the gateway gives for a network policy. */
  DeniedByPolicy: trouble<Answer>(),
  /** 404 of a gateway whose controller does not take the route. */
  AnswersNoRoute: trouble<{ path: string; host: string; route: ObjectName }>(),
  /** 421 that the gateway gives. */
  AnswersMisdirected: conflict<{ path: string; host: string }>(),
  /** 403, 404 or 421 which may be the gateway's or the service's. */
  AnswerAmbiguous: trouble<Answer>(),
  AnswersClientError: trouble<Answer>({ isMendedByEditing: true }),
  /** 500 that the gateway gives for a backend reference. */
  AnswersBadBackend: trouble<{ path: string; route: ObjectName }>({
    isMendedByEditing: true,
  }),
  /** 500 of a rule with a filter that the gateway may not be able to use. `what` it names: `Thing.example.com hello`. */
  AnswersBadFilter: trouble<Answer & { what: string; isSure: boolean }>({
    isMendedByEditing: true,
  }),
  /** 503: no ready pod. */
  AnswersNoReadyBackend: trouble<Answer>({ isMendedByEditing: true }),
  /** 502 or 503: the gateway does not reach the pods. */
  AnswersBackendNotReached: trouble<Answer>({ isMendedByEditing: true }),
  /** 504. */
  AnswersBackendTooSlow: trouble<Answer>(),
  /** `isServices`: surely the service's own answer. */
  AnswersError: trouble<Answer & { isServices: boolean }>({
    isMendedByEditing: true,
  }),

  /** The next request would be the one that was asked. `viaClear`: by plain HTTP. */
  RedirectsToItself: trouble<Redirected & { viaClear: boolean }>({
    isMendedByEditing: true,
  }),
  /** To a host of ours, at a port that no listener or setting has. */
  RedirectsToUnknownPort: trouble<RedirectedTo>({ isMendedByEditing: true }),
  /** To a host of ours by plain HTTP. */
  RedirectsToClear: trouble<RedirectedTo>({ isMendedByEditing: true }),

  /** Without `host`: no host is named at all. `listener`: to attach to; absent where the route sends requests to HTTPS. */
  NoTls: trouble<{ host?: string; route: ObjectName; listener?: string }>({
    isMendedByEditing: true,
  }),
};

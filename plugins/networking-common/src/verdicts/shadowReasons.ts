import type { HostContest } from '../exposures/types';
import { conflict, note } from '../findings/declare';
import type { ObjectName } from '../findings/types';

/** The first of the other routes that claim a host, as the reader may know them, of those that a finding is about. */
interface Contested {
  host: string;
  contests: HostContest[];
}

/** Reasons of the findings about who else claims a host. */
export const SHADOW_REASONS = {
  /** `rest`: what the route still gets, in words; empty where no match of it is untouched. */
  RouteShadowed: conflict<
    Contested & {
      route: ObjectName;
      isWhole: boolean;
      atProbedPath: boolean;
      rest: string[];
    }
  >(),
  /** `isSure`: the gateway keeps the listeners of one port apart. */
  HostTakenByListener: conflict<{
    host: string;
    route: ObjectName;
    listener: string;
    isSure: boolean;
    isTls: boolean;
  }>(),
  PrecedenceUndetermined: note<Contested & { route: ObjectName }>(),
  ShadowsAnotherRoute: note<Contested>(),
  /** `address`: where the host is to lead; absent where no setting tells. */
  HostClaimedElsewhere: note<Contested & { address?: string }>(),
  /** Of a kind whose verdict nobody makes. `hosts`: `*` for every host of its gateway. */
  RouteKindNotJudged: note<{ route: ObjectName; hosts: string[] }>(),
  /** `count`: beside those that are told of one by one. */
  MoreRoutesNotJudged: note<{ count: number; first: ObjectName }>(),
};

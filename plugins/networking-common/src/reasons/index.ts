import { GATEWAY_REASONS } from '../exposures/gatewayReasons';
import { HOST_REASONS } from '../exposures/hostReasons';
import { MATCHING_REASONS } from '../exposures/matchingReasons';
import { REQUEST_REASONS } from '../exposures/requestReasons';
import { WRITE_REASONS } from '../exposures/writeReasons';
import type { Declarations, ReasonTraits } from '../findings/declare';
import type { Finding } from '../findings/types';
import { HOST_LABEL_REASONS } from '../hostnames/hostLabelReasons';
import { SETTING_REASONS } from '../settings/settingReasons';
import { BACKEND_REASONS } from '../verdicts/backendReasons';
import { DNS_REASONS } from '../verdicts/dnsReasons';
import { LISTENER_REASONS } from '../verdicts/listenerReasons';
import { PARENT_REASONS } from '../verdicts/parentReasons';
import { PROBE_REASONS } from '../verdicts/probeReasons';
import { ROUTE_REASONS } from '../verdicts/routeReasons';
import { SHADOW_REASONS } from '../verdicts/shadowReasons';

export type { ReasonClass, ReasonTraits } from '../findings/declare';

/** What each folder declares. A plan and a verdict may tell of one thing by one reason. */
export const REASON_GROUPS: readonly Declarations[] = [
  BACKEND_REASONS,
  DNS_REASONS,
  LISTENER_REASONS,
  PARENT_REASONS,
  PROBE_REASONS,
  ROUTE_REASONS,
  SHADOW_REASONS,
  GATEWAY_REASONS,
  HOST_REASONS,
  HOST_LABEL_REASONS,
  MATCHING_REASONS,
  REQUEST_REASONS,
  SETTING_REASONS,
  WRITE_REASONS,
];

const TRAITS: ReadonlyMap<string, ReasonTraits> = new Map(
  REASON_GROUPS.flatMap(group => Object.entries(group)),
);

/** What follows from a reason; undefined for one that is not declared. @public */
export const traitsOf = (reason: string): ReasonTraits | undefined =>
  TRAITS.get(reason);

/** May whoever reads a finding of their own exposure mend it by changing the exposure? @public */
export const isMendedByEditing = ({
  reason,
  actor,
}: Pick<Finding, 'reason' | 'actor'>): boolean =>
  actor?.is === 'reader' && traitsOf(reason)?.isMendedByEditing === true;

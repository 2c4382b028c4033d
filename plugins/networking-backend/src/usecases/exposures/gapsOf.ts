import type { Finding } from 'backstage-plugin-networking-common';
import type { Caller } from '../../io/catalog';
import type { Services } from '../services';

/** Why a list leaves out exposures that others read, where that is so for this caller. */
export function gapsOf(
  { authorizer }: Services,
  caller: Caller,
): { findings?: Finding[] } {
  const findings = authorizer.readGaps(caller);
  return findings.length > 0 ? { findings } : {};
}

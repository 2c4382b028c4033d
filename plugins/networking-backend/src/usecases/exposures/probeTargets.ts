import {
  certificateFor,
  hostsToProbe,
  type HttpRoute,
  type ListenerRef,
} from 'backstage-plugin-networking-common';
import type { ProbeTarget } from '../../io/probe';
import { hangsOn } from '../probes/hangsOn';
import type { ReadCluster, Services } from '../services';

/** A host to ask for, with what its certificate is to be verified against. */
export interface TargetWithCa extends ProbeTarget {
  listener: ListenerRef;
  /** PEM. Undefined: the roots of this system. */
  caPem?: string;
}

/** What probes may ask of a route; nothing of one without uid, whose answers could be another's. */
export function probeTargetsOf(
  services: Pick<Services, 'certificates'>,
  { snapshot, settings }: Pick<ReadCluster, 'snapshot' | 'settings'>,
  route: HttpRoute,
): TargetWithCa[] {
  const { uid, generation } = route.metadata;
  if (uid === undefined) return [];
  const lookup = services.certificates.lookup({ snapshot, settings });
  return hostsToProbe(route, snapshot, settings).map(target => {
    const candidates = lookup(target.listener);
    const facts = certificateFor(target.host, candidates);
    const material = facts && services.certificates.material(facts);
    return {
      ...target,
      route: { uid, generation: generation ?? 0 },
      hangsOn: () => hangsOn(route, { snapshot, settings }, facts),
      ...(candidates.length > 0 &&
        candidates.every(({ leaf }) => leaf) && {
          issued: candidates.flatMap(({ leaf }) => leaf!.fingerprintSha256),
        }),
      ...(material?.trustPem !== undefined && { caPem: material.trustPem }),
    };
  });
}

/** Targets by what they are verified against: a probe is asked for with one CA. */
export function targetsByCa(
  targets: readonly TargetWithCa[],
): { caPem: string | undefined; targets: TargetWithCa[] }[] {
  const found = new Map<string | undefined, TargetWithCa[]>();
  for (const target of targets) {
    const list = found.get(target.caPem);
    if (list) list.push(target);
    else found.set(target.caPem, [target]);
  }
  return [...found].map(([caPem, ofOne]) => ({ caPem, targets: ofOne }));
}

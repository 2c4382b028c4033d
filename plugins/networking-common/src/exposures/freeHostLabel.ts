import type { Snapshot } from '../gateway-api/snapshot';
import { hostOf, MAX_LABEL_LENGTH } from '../hostnames/dns';
import { checkHostLabel, hostLabelFromName } from '../hostnames/hostLabel';
import type { ClusterSettings } from '../settings/types';
import type { EntityFacts } from './entityFacts';
import { hostClaims } from './hostClaims';
import { routeName } from './httpRoute';

/** A host that is taken a hundred times over is better named by a person. */
const MAX_NUMBER = 100;

/**
 * A host label for one more exposure of an entity: its own name, else the Service's, else that with a number, whichever
 * first is valid and free. Free is a host that no route of any kind names in any of `snapshots`, the cluster's own among
 * them, as far as they can be seen; a plan has the last word. Undefined where there is none, or no DNS suffix is known.
 * @public
 */
export function freeHostLabel(input: {
  entity: EntityFacts;
  service: { name: string; namespace: string };
  /** Of the cluster in which the host will be. */
  settings: ClusterSettings;
  snapshots: readonly Snapshot[];
}): string | undefined {
  const { entity, service, settings, snapshots } = input;
  const { dnsSuffix } = settings.network;
  if (!dnsSuffix) return undefined;
  const isFree = (label: string) => {
    const host = hostOf(label, dnsSuffix).toLowerCase();
    return (
      checkHostLabel(label, {
        dnsSuffix,
        reservedHosts: settings.gateway.reservedHosts,
        allowLookalikes: settings.gateway.allowLookalikes,
        cluster: settings.cluster,
      }).length === 0 &&
      snapshots.every(
        snapshot =>
          hostClaims(host, snapshot).every(({ kind }) => kind !== 'exact') &&
          // The route may have another host than its name says.
          snapshot.get(
            'HTTPRoute',
            service.namespace,
            routeName(label, entity.ref),
          ) === undefined,
      )
    );
  };
  const base = hostLabelFromName(service.name);
  for (const label of [hostLabelFromName(entity.name), base]) {
    if (isFree(label)) return label;
  }
  for (let number = 2; number <= MAX_NUMBER; number++) {
    const label = withNumber(base, number);
    if (isFree(label)) return label;
  }
  return undefined;
}

function withNumber(label: string, number: number): string {
  const end = `-${number}`;
  const kept = label.slice(0, MAX_LABEL_LENGTH - end.length).replace(/-+$/, '');
  return `${kept}${end}`;
}

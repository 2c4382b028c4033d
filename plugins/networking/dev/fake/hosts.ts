import type { HostRow } from 'backstage-plugin-networking-common';
import {
  SUFFIX,
  broken,
  daysAhead,
  degraded,
  live,
  unknown,
} from './exposures';

const TEAMS = ['checkout', 'search', 'identity', 'shipping', 'reports'];
const CLUSTERS = ['local', 'edge'];

/** So many rows of the Exposures page: most of them Live, some in trouble, in two clusters. */
export const manyHostRows = (count: number): HostRow[] =>
  Array.from({ length: count }, (_, index) => {
    const team = TEAMS[index % TEAMS.length];
    const label = `${team}-${String(index + 1).padStart(4, '0')}`;
    const verdict =
      (index % 97 === 5 && broken(label)) ||
      (index % 61 === 7 && degraded()) ||
      (index % 89 === 3 && unknown()) ||
      live();
    return {
      cluster: CLUSTERS[index % 7 === 0 ? 1 : 0],
      namespace: team,
      name: `${label}-k3v9q2mx`,
      kind: 'HTTPRoute',
      host: `${label}.${SUFFIX}`,
      url: `https://${label}.${SUFFIX}:30443`,
      verdict,
      tls: { word: 'Good', validUntil: daysAhead(30 + (index % 300)) },
      entities:
        index % 50 === 49
          ? []
          : [{ entityRef: `component:default/${label}`, reason: 'annotation' }],
      owners: index % 50 === 49 ? [] : [`group:default/team-${team}`],
      managed: index % 3 !== 0,
    };
  });

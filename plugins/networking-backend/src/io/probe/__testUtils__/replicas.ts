import { resolveSettings } from 'backstage-plugin-networking-common';
import {
  createGatewayAddressStore,
  createProbeStore,
  type Database,
  type ProbeStore,
} from '../../database';
import type { ProbeAddress } from '../addresses';
import type { DialFacts, DialRequest } from '../dial';
import { createProber, type Prober, type ProberOptions } from '../prober';
import type { ProbeTarget } from '../target';

export const settings = resolveSettings({
  clusters: ['local'],
  appConfig: { network: { lanIp: '192.0.2.1' } },
}).byCluster.local;

export const target = (
  host: string,
  more: { generation?: number; uid?: string; hangsOn?: string } = {},
): ProbeTarget => ({
  host,
  path: '/',
  route: { uid: more.uid ?? 'uid', generation: more.generation ?? 1 },
  hangsOn: () => more.hangsOn ?? '',
});

export const ANSWER: DialFacts = {
  tls: { verified: true },
  http: { status: 200 },
};
export const REFUSED: DialFacts = {
  failure: { stage: 'connect', code: 'ECONNREFUSED', message: 'refused' },
};
export const UNREADY: DialFacts = {
  tls: { verified: true },
  http: { status: 503 },
};

export type Dial = (
  address: ProbeAddress,
  request: DialRequest,
) => Promise<DialFacts>;

/** Replicas of the backend on one database and with one clock, and the dials of all of them. */
export function createReplicas(database: Database, dial: Dial) {
  const clock = { time: Date.parse('2026-01-01T00:00:00Z') };
  const calls: string[] = [];
  let count = 0;
  return {
    clock,
    calls,
    replica(
      options: Partial<ProberOptions> & {
        skewMs?: number;
        wrap?(store: ProbeStore): ProbeStore;
      } = {},
    ): Prober {
      const { skewMs = 0, wrap = store => store, ...rest } = options;
      count += 1;
      return createProber({
        store: wrap(createProbeStore({ database, replica: `${count}` })),
        shown: createGatewayAddressStore(database),
        now: () => new Date(clock.time + skewMs),
        lookUp: async () => undefined,
        dial: (address, request) => {
          calls.push(`${request.host} ${address.address}:${address.port}`);
          return dial(address, request);
        },
        sleep: async () => {
          clock.time += 500;
        },
        onError: error => {
          throw error;
        },
        ...rest,
      });
    },
  };
}

import type { SnapshotKind } from 'backstage-plugin-networking-common';
import type { KindHealth, KindStatus } from '../io/cluster';
import { HealthLog } from './healthLog';

type Statuses = Partial<Record<SnapshotKind, KindStatus>>;

/** What is logged while the health of a cluster goes through these, ten seconds apart. */
function logged(...steps: Statuses[]): string[] {
  const lines: string[] = [];
  let now = 0;
  const log = new HealthLog(
    {
      info: (line: string) => lines.push(`info ${line}`),
      warn: (line: string) => lines.push(`warn ${line}`),
    },
    () => now,
  );
  for (const statuses of steps) {
    log.changed(
      'local',
      Object.entries(statuses).map(
        ([kind, status]): KindHealth => ({
          kind: kind as SnapshotKind,
          status,
          since: 0,
          objects: 0,
          ...(status === 'unreachable' && { lastError: 'reset' }),
        }),
      ),
    );
    now += 10_000;
  }
  return lines;
}

const CASES: Record<string, { steps: Statuses[]; says: string[] }> = {
  'a start where all is well is not worth a line': {
    steps: [
      { Service: 'syncing', Gateway: 'syncing' },
      { Service: 'synced', Gateway: 'syncing' },
      { Service: 'synced', Gateway: 'synced' },
    ],
    says: [],
  },
  'an outage is one line when it begins and one when it is over': {
    steps: [
      { Service: 'synced', Gateway: 'synced' },
      { Service: 'unreachable', Gateway: 'synced' },
      { Service: 'unreachable', Gateway: 'unreachable' },
      { Service: 'synced', Gateway: 'unreachable' },
      { Service: 'synced', Gateway: 'synced' },
    ],
    says: [
      'warn Cluster local does not answer for services (reset); what was last read of it is served until it does',
      'info Cluster local answers again after 30 s; everything of it is up to date',
    ],
  },
  'an outage after another is told as well': {
    steps: [
      { Service: 'unreachable' },
      { Service: 'synced' },
      { Service: 'unreachable' },
    ],
    says: [
      expect.stringMatching('^warn .* does not answer'),
      expect.stringMatching('^info .* answers again after 10 s'),
      expect.stringMatching('^warn .* does not answer'),
    ],
  },
  'a kind that is not served, and that it is later': {
    steps: [{ TLSRoute: 'notServed' }, { TLSRoute: 'synced' }],
    says: [
      'info Cluster local does not serve tlsroutes; it is asked again twice a minute',
      'info Cluster local is read for tlsroutes now',
    ],
  },
  'a kind that is forbidden, once': {
    steps: [
      { Ingress: 'forbidden', Service: 'syncing' },
      { Ingress: 'forbidden', Service: 'synced' },
    ],
    says: [
      'warn Cluster local does not let the backend list and watch ingresses. Bind ClusterRole networking-backend to its service account.',
    ],
  },
};

describe('the log of a cluster’s health:', () => {
  it.each(Object.entries(CASES))('%s', (_, { steps, says }) => {
    expect(logged(...steps)).toEqual(says);
  });
});

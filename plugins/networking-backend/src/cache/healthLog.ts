import type { LoggerService } from '@backstage/backend-plugin-api';
import type { SnapshotKind } from 'backstage-plugin-networking-common';
import type { KindHealth } from '../io/cluster';
import { RESOURCES } from '../io/cluster/resources';

type Status = KindHealth['status'];

const pluralOf = (kind: SnapshotKind) => RESOURCES[kind].plural;

/** Logs the health of clusters: what goes out of reach and comes back, and what a cluster does not serve or refuses. */
export class HealthLog {
  readonly #known = new Map<string, Map<SnapshotKind, Status>>();
  /** When a cluster was last heard of wholly, while it is not. */
  readonly #awaySince = new Map<string, number>();

  constructor(
    private readonly logger: Pick<LoggerService, 'info' | 'warn'>,
    private readonly now: () => number,
  ) {}

  /** Told whenever something of a cluster's health has changed. */
  changed(cluster: string, health: readonly KindHealth[]): void {
    const known = this.#known.get(cluster) ?? new Map<SnapshotKind, Status>();
    this.#known.set(cluster, known);
    for (const { kind, status } of health) {
      const before = known.get(kind);
      known.set(kind, status);
      if (before !== status) this.#absence(cluster, kind, status, before);
    }
    const lost = health.filter(({ status }) => status === 'unreachable');
    const since = this.#awaySince.get(cluster);
    if (lost.length > 0 && since === undefined) {
      this.#awaySince.set(cluster, this.now());
      const [{ kind, lastError = 'no answer' }] = lost;
      this.logger.warn(
        `Cluster ${cluster} does not answer for ${pluralOf(
          kind,
        )} (${lastError}); what was last read of it is served until it does`,
      );
    }
    if (lost.length === 0 && since !== undefined) {
      this.#awaySince.delete(cluster);
      const seconds = Math.round((this.now() - since) / 1000);
      this.logger.info(
        `Cluster ${cluster} answers again after ${seconds} s; everything of it is up to date`,
      );
    }
  }

  #absence(
    cluster: string,
    kind: SnapshotKind,
    status: Status,
    before: Status | undefined,
  ): void {
    const plural = pluralOf(kind);
    if (status === 'notServed') {
      this.logger.info(
        `Cluster ${cluster} does not serve ${plural}; it is asked again twice a minute`,
      );
    } else if (status === 'forbidden') {
      this.logger.warn(
        `Cluster ${cluster} does not let the backend list and watch ${plural}. Bind ClusterRole networking-backend to its service account.`,
      );
    } else if (
      status === 'synced' &&
      (before === 'notServed' || before === 'forbidden')
    ) {
      this.logger.info(`Cluster ${cluster} is read for ${plural} now`);
    }
  }
}

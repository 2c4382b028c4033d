import { setImmediate as nextTurn } from 'node:timers/promises';
import type { LoggerService } from '@backstage/backend-plugin-api';
import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { toError } from '@backstage/errors';
import type { NotificationService } from '@backstage/plugin-notifications-node';
import {
  certificateRows,
  findCondition,
  notificationState,
  type CertificateFacts,
  type CertificateRow,
  type NotificationState,
} from 'backstage-plugin-networking-common';
import type {
  CertificateKey,
  CertificateStateRow,
  CertificateStates,
} from '../../../io/database';
import { ownedExposures, type OwnedExposure } from '../../exposures';
import { readClusters, type ReadCluster, type Services } from '../../services';
import { messagesFor } from './audience';
import { messageOf, overMessageOf } from './message';
import { createSender } from './sender';

/** A state that was left for so long is news when it comes back, though the certificate was in another trouble all the time. */
const FORGOTTEN_MS = 24 * 60 * 60 * 1000;

/** Without these nothing is known of who is served by which certificate; a cluster may have no ListenerSets. */
const NEEDED = new Set([
  'HTTPRoute',
  'Gateway',
  'ListenerSet',
  'Certificate',
  'CertificateRequest',
  'Issuer',
  'ClusterIssuer',
]);

/** Tells owners and admins of certificates in trouble. */
export interface CertificateNotifier {
  /** Never throws. */
  run(signal?: AbortSignal): Promise<void>;
}

/** Of a cluster that is away, or of which not all is read yet, nothing is told and nothing forgotten. */
function isKnown({ state, snapshot, health }: ReadCluster): boolean {
  return (
    state.reachable &&
    !health?.some(({ status }) => status === 'syncing') &&
    !snapshot.gaps.some(
      ({ kind, reason }) => NEEDED.has(kind) && reason !== 'NotServed',
    )
  );
}

/** By Secret; of two rows of one the worse. */
function byKey(rows: readonly CertificateRow[]): Map<string, CertificateRow> {
  const found = new Map<string, CertificateRow>();
  for (const row of rows) {
    const key = `${row.secret.namespace}/${row.secret.name}`;
    if (!found.has(key)) found.set(key, row);
  }
  return found;
}

/** Is a state over that nothing tells of any more? Not while it is being issued, and not where too little is known. */
function isGood(state: string, facts: CertificateFacts): boolean {
  const { leaf, verified, trust, certificate } = facts;
  const issuing = findCondition(certificate?.conditions, 'Issuing');
  if (issuing?.status === 'True') return false;
  // Against the CA that signs today, whatever it is.
  if (state === 'untrusted') return verified === true && trust !== 'issued';
  return leaf !== undefined;
}

/** What each was told last. */
function lastTold(
  states: readonly CertificateStateRow[],
): Map<string, NotificationState> {
  const inOrder = [...states].sort((a, b) => (a.toldAt ?? 0) - (b.toldAt ?? 0));
  return new Map(
    inOrder.flatMap(({ state, toldTo }) =>
      toldTo.map(to => [to, state as NotificationState] as const),
    ),
  );
}

const fullGroupRef = (ref: string) =>
  stringifyEntityRef(
    parseEntityRef(ref, { defaultKind: 'group', defaultNamespace: 'default' }),
  );

export function createCertificateNotifier(options: {
  services: Services;
  states: CertificateStates;
  notifications: NotificationService;
  logger: LoggerService;
}): CertificateNotifier {
  const { services, states, logger } = options;
  const sender = createSender(options);

  /** What is over, as far as that is known. */
  const forgetPast = async (
    key: CertificateKey,
    facts: CertificateFacts,
    state: NotificationState | undefined,
    before: readonly CertificateStateRow[],
  ) => {
    const now = services.now().getTime();
    for (const past of before) {
      if (past.state === state) continue;
      const isLongPast = now - past.seenAt > FORGOTTEN_MS;
      const isOver =
        state === undefined ? isGood(past.state, facts) : isLongPast;
      if (isOver) await states.forget(key, past.state);
    }
  };

  const runFor = async (cluster: ReadCluster, signal?: AbortSignal) => {
    const { cluster: name, certificates } = cluster.settings;
    const admins = certificates.notify.map(fullGroupRef);
    const exposures = await ownedExposures(services, cluster);
    const rowsOf = (of: readonly OwnedExposure[]) =>
      certificateRows({
        snapshot: cluster.snapshot,
        settings: cluster.settings,
        certificates: services.certificates.lookup(cluster),
        exposures: of.map(({ exposure }) => exposure),
        now: services.now().toISOString(),
      });
    const rows = byKey(rowsOf(exposures));
    const known = await states.of(name);
    for (const [certificate, row] of rows) {
      const key = { cluster: name, certificate };
      const before = known.filter(one => one.certificate === certificate);
      const state = notificationState(row.findings);
      const audience = {
        row,
        admins,
        exposures,
        rowOf: async (own: readonly OwnedExposure[]) => {
          // Hundreds of owners may have nothing to be told: other requests come between.
          await nextTurn();
          return byKey(rowsOf(own)).get(certificate);
        },
      };
      await forgetPast(key, row.facts, state, before);
      if (state === undefined) {
        const isOver = before.every(past => isGood(past.state, row.facts));
        const told = isOver ? lastTold(before) : new Map();
        const ends = messagesFor({
          ...audience,
          isFor: to => told.has(to),
          say: (own, as, to) => overMessageOf(own, told.get(to), as),
        });
        for await (const { to, message } of ends) {
          if (signal?.aborted || sender.isGivenUp()) return;
          await sender.send(key, to, message);
        }
        continue;
      }
      await states.seen(key, state, services.now().getTime());
      const told = before.find(one => one.state === state)?.toldTo ?? [];
      const messages = messagesFor({
        ...audience,
        isFor: to => !told.includes(to),
        say: (own, as) => messageOf(own, state, as),
      });
      for await (const { to, message } of messages) {
        if (signal?.aborted || sender.isGivenUp()) return;
        const isSent = await sender.send(key, to, message);
        if (isSent) {
          await states.told(key, state, [to], services.now().getTime());
        }
      }
    }
    // No listener uses these any more.
    for (const { certificate } of known) {
      if (!rows.has(certificate)) {
        await states.forget({ cluster: name, certificate });
      }
    }
  };

  return {
    async run(signal) {
      sender.begin();
      try {
        for (const cluster of await readClusters(services)) {
          if (signal?.aborted || sender.isGivenUp()) return;
          if (isKnown(cluster)) await runFor(cluster, signal);
        }
      } catch (error) {
        logger.warn(
          'Whom to tell of certificates in trouble could not be found out; it is tried again in a minute',
          toError(error),
        );
      }
    },
  };
}

import {
  issuedRevision,
  objectKey,
  tlsListeners,
  type SnapshotKind,
} from 'backstage-plugin-networking-common';
import type { ClusterChange, Clock } from '../../cache';
import type { CertificateStore, SeenCertificate } from '../../io/database';
import type { ReadCluster } from '../services';

/** Many changes come together, as when an issuance ends. */
const DEBOUNCE_MS = 1_000;
/** Between two looks: each goes over all certificates, and status changes of Gateways come often. */
const INTERVAL_MS = 5_000;
/** Also without a change: so old may be what the database says of when something was last seen. */
const EVERY_MS = 10 * 60_000;

/** What decides which certificates are used, and what was issued for them. */
const KINDS: ReadonlySet<SnapshotKind> = new Set([
  'Certificate',
  'CertificateRequest',
  'Gateway',
  'ListenerSet',
  'Issuer',
  'ClusterIssuer',
]);

/** Without these nothing certain is said of a Certificate. */
const NEEDED: readonly SnapshotKind[] = ['Certificate', 'CertificateRequest'];

export interface CertificateKeeperOptions {
  clusters: readonly string[];
  read(cluster: string): Promise<ReadCluster>;
  store: Pick<CertificateStore, 'keep' | 'load'>;
  /** Has what is kept or has changed followed, before somebody asks. */
  prepare(cluster: ReadCluster): Promise<void>;
  clock: Clock;
  onError(error: unknown): void;
}

/**
 * Keeps what was issued for the certificates that listeners use, and for the CAs of issuers, as soon as the cluster
 * tells it: cert-manager drops the requests that hold it.
 */
export interface CertificateKeeper {
  changed(change: ClusterChange): void;
  /** Keeps what is there now, and looks again every ten minutes. Waits for nothing. */
  start(): void;
  close(): void;
}

export function createCertificateKeeper(
  options: CertificateKeeperOptions,
): CertificateKeeper {
  const { clusters, read, store, clock, onError } = options;
  const closing = new AbortController();
  const pending = new Set<string>();
  let isWaiting = false;
  let lastAt = -Infinity;
  let working: Promise<void> = Promise.resolve();

  const keep = async (cluster: string) => {
    const found = await read(cluster);
    const seen = seenIn(found);
    if (!seen || closing.signal.aborted) return;
    try {
      await store.keep(cluster, seen, Date.parse(found.snapshot.observedAt));
    } finally {
      await options.prepare(found);
    }
  };

  /** One after the other, whoever asks. */
  const keepAll = (names: readonly string[]) => {
    for (const cluster of names) {
      working = working.then(() => keep(cluster)).catch(onError);
    }
    return working;
  };

  const schedule = async () => {
    if (isWaiting) return;
    isWaiting = true;
    const wait = Math.max(DEBOUNCE_MS, lastAt + INTERVAL_MS - clock.now());
    await clock.sleep(wait, closing.signal);
    isWaiting = false;
    if (closing.signal.aborted) return;
    lastAt = clock.now();
    const names = [...pending];
    pending.clear();
    await keepAll(names);
  };

  const repeat = async () => {
    while (!closing.signal.aborted) {
      await keepAll(clusters);
      await clock.sleep(EVERY_MS, closing.signal);
      if (closing.signal.aborted) return;
      await store.load().catch(onError);
    }
  };

  return {
    changed(change) {
      if (change.type === 'objects' && !KINDS.has(change.kind)) return;
      pending.add(change.cluster);
      void schedule();
    },
    start: () => void repeat(),
    close: () => closing.abort(),
  };
}

/** Undefined where the cluster does not tell all of it now. */
function seenIn(cluster: ReadCluster): SeenCertificate[] | undefined {
  const { snapshot, state } = cluster;
  const isGap = snapshot.gaps.some(({ kind }) => NEEDED.includes(kind));
  if (!state.reachable || isGap) return undefined;
  const secrets = secretsInUse(cluster);
  return snapshot.list('Certificate').flatMap(certificate => {
    const { namespace, uid } = certificate.metadata;
    const { secretName } = certificate.spec ?? {};
    const isUsed =
      secretName !== undefined && secrets.has(objectKey(namespace, secretName));
    if (uid === undefined || !isUsed) return [];
    const issued = issuedRevision(snapshot, certificate);
    return [{ uid, ...(issued && { issued }) }];
  });
}

/** By `namespace/name`: those that listeners name, and those in which issuers keep their CA. */
function secretsInUse({ snapshot, settings }: ReadCluster): Set<string> {
  const { clusterResourceNamespace } = settings.certificates;
  const named = tlsListeners(snapshot).flatMap(({ secrets }) =>
    secrets.map(({ namespace, name }) => objectKey(namespace, name)),
  );
  const ofIssuers = [
    ...snapshot.list('ClusterIssuer'),
    ...snapshot.list('Issuer'),
  ].flatMap(({ metadata, spec }) => {
    const name = spec?.ca?.secretName;
    const namespace = metadata.namespace ?? clusterResourceNamespace;
    return name ? [objectKey(namespace, name)] : [];
  });
  return new Set([...named, ...ofIssuers]);
}

import type { X509Certificate } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import {
  certificatesOf,
  followSecret,
  listenerKey,
  rivalsOf,
  secretsOf,
  tlsListeners,
  traceCertificates,
  type Certificate,
  type CertificateFacts,
  type CertificateLookup,
  type CertificateTrace,
  type ClusterSettings,
  type KeptRevision,
  type KeptRevisions,
  type ListenerRef,
  type Snapshot,
  type SnapshotKind,
} from 'backstage-plugin-networking-common';
import { judge, type Judged } from './judge';
import { gapsOf, isSameList, recordReads } from './recordedReads';
import { createRoots, systemRootsPem, type Roots } from './systemRoots';

/** The parsed certificates behind facts. */
export interface CertificateMaterial {
  leaf?: X509Certificate;
  /** What came with the leaf: first what signed it. */
  chain: X509Certificate[];
  /** The CA that signs today: of several that the settings give, the one that verifies the leaf. */
  signer?: X509Certificate;
  /** The self-signed certificate above the signer, or the signer itself; undefined where it is not known. */
  root?: X509Certificate;
  /**
   * The CA that signs today, or all that the settings give, each as the root above it where that is known; or the root of this
   * system that verifies the leaf.
   */
  trusted: X509Certificate[];
  /**
   * PEM of all that a client needs to trust. Undefined where it is not known, and where a public CA's root is enough: then
   * it trusts those that every client does.
   */
  trustPem?: string;
  /** Revisions before the current one that are still known, newest first. */
  earlier: { leaf: X509Certificate; chain: X509Certificate[] }[];
}

/** What was seen of Certificates before. */
export interface KeptFacts {
  /** A list that has not changed is the same one. */
  revisions(cluster: string, uid: string): readonly KeptRevision[];
  /** Grows with every change. */
  version(): number;
}

interface Input {
  snapshot: Snapshot;
  settings: ClusterSettings;
}

/** Parses and verifies what the cluster tells of certificates; never a Secret. */
export interface CertificateReader {
  /**
   * What the listeners of a cluster may serve. A listener is followed when it is asked for, and not again as long as
   * nothing that it hangs on has changed: the facts are the same objects then.
   */
  lookup(input: Input): CertificateLookup;
  /** What is behind facts of {@link lookup}; undefined for others. */
  material(facts: CertificateFacts): CertificateMaterial | undefined;
}

/** What does the work of a reader ahead. */
export interface PreparedCertificateReader extends CertificateReader {
  /** Follows every listener ahead of those who will ask, and leaves room for them meanwhile. */
  prepare(input: Input): Promise<void>;
}

const NOTHING: readonly never[] = [];

const NOTHING_KEPT: KeptFacts = {
  revisions: () => NOTHING,
  version: () => 0,
};

/** Some milliseconds of work; requests come between. */
const SLICE = 5;

/** Whatever the facts hang on. */
const KINDS: readonly SnapshotKind[] = [
  'Gateway',
  'ListenerSet',
  'Namespace',
  'Certificate',
  'CertificateRequest',
  'Issuer',
  'ClusterIssuer',
];

export function createCertificateReader(options: {
  now: () => Date;
  /** Default: nothing is kept. */
  kept?: KeptFacts;
  /** Default: those of this system. */
  roots?: Roots;
}): PreparedCertificateReader {
  const {
    now,
    kept = NOTHING_KEPT,
    roots = createRoots(systemRootsPem),
  } = options;
  const followed = new WeakMap<Certificate, Followed>();
  const materials = new WeakMap<CertificateFacts, CertificateMaterial>();
  /** By cluster. */
  const latest = new Map<string, Looked>();

  /** When facts cease to hold: validity moves with time. */
  const ends = new WeakMap<CertificateFacts, number>();

  const factsOf = (trace: CertificateTrace, { snapshot, settings }: Input) => {
    const judged = judge({ trace, snapshot, settings, roots, now: now() });
    materials.set(judged.facts, judged.material);
    ends.set(judged.facts, judged.until);
    return judged;
  };

  const follow = (
    secret: CertificateFacts['secret'],
    input: Input,
  ): CertificateFacts => {
    const { snapshot, settings } = input;
    const [certificate] = certificatesOf(
      snapshot,
      secret.namespace,
      secret.name,
    );
    if (!certificate) {
      return factsOf(followSecret({ secret, snapshot, settings }), input).facts;
    }
    let found = followed.get(certificate);
    if (!found || !isStill(found, input, now().getTime(), kept)) {
      const reads = recordReads(snapshot);
      const keptReads = new Map<string, readonly KeptRevision[]>();
      const recordedKept: KeptRevisions = uid => {
        const revisions = kept.revisions(settings.cluster, uid);
        keptReads.set(uid, revisions);
        return revisions;
      };
      const recorded = { snapshot: reads.snapshot, settings };
      const trace = followSecret({ secret, ...recorded, kept: recordedKept });
      const judged = factsOf(trace, recorded);
      found = { ...judged, settings, holdsFor: reads.holdsFor, keptReads };
      followed.set(certificate, found);
    }
    // Every change of a Gateway would undo what was followed, if this were a part of it.
    const rivals = rivalsOf(snapshot, secret, certificate);
    if (isSameRivals(found.facts.rivals, rivals)) return found.facts;
    const { rivals: _before, ...rest } = found.facts;
    const facts = { ...rest, ...(rivals.length > 0 && { rivals }) };
    materials.set(facts, found.material);
    ends.set(facts, found.until);
    found.facts = facts;
    return facts;
  };

  const factsAt = (
    { kind, namespace, name, section }: ListenerRef,
    input: Input,
  ): readonly CertificateFacts[] => {
    const holder = input.snapshot.get(kind, namespace, name);
    const listeners = holder?.spec?.listeners;
    const listener = Array.isArray(listeners)
      ? listeners.find(one => one?.name === section)
      : undefined;
    if (!holder || !listener || listener.protocol === 'HTTP') return NOTHING;
    const secrets = secretsOf(holder, listener);
    return secrets.length > 0
      ? secrets.map(secret => follow(secret, input))
      : traceCertificates({ holder, listener, ...input }).map(
          trace => factsOf(trace, input).facts,
        );
  };

  /** What was found of the same objects, or the beginning of something new. */
  const lookedAt = ({ snapshot, settings }: Input): Looked => {
    const time = now().getTime();
    const states = KINDS.map(kind => snapshot.stateOf?.(kind));
    const known = latest.get(settings.cluster);
    const isKnown =
      known !== undefined &&
      known.settings === settings &&
      known.keptVersion === kept.version() &&
      known.from <= time &&
      time < known.until &&
      isSameList(known.gaps, gapsOf(snapshot)) &&
      (known.snapshot === snapshot ||
        (states.every(state => state !== undefined) &&
          isSameList(known.states, states)));
    if (isKnown) return known;
    const found: Looked = {
      settings,
      snapshot,
      states,
      gaps: gapsOf(snapshot),
      keptVersion: kept.version(),
      from: time,
      until: Infinity,
      byListener: new Map(),
    };
    latest.set(settings.cluster, found);
    return found;
  };

  const reader: PreparedCertificateReader = {
    lookup(input) {
      const looked = lookedAt(input);
      return ref => {
        const key = listenerKey(ref);
        const known = looked.byListener.get(key);
        if (known) return known;
        const found = factsAt(ref, input);
        looked.until = Math.min(
          looked.until,
          ...found.map(facts => ends.get(facts) ?? Infinity),
        );
        looked.byListener.set(key, found);
        return found;
      };
    },
    async prepare(input) {
      const lookup = reader.lookup(input);
      let count = 0;
      for (const { ref } of tlsListeners(input.snapshot)) {
        lookup(ref);
        count += 1;
        if (count % SLICE === 0) await nextTurn();
      }
    },

    material: facts => materials.get(facts),
  };
  return reader;
}

/** What was found of the listeners that were asked for, and what all of it hangs on. */
interface Looked {
  settings: ClusterSettings;
  snapshot: Snapshot;
  states: readonly (object | undefined)[];
  gaps: readonly SnapshotKind[];
  keptVersion: number;
  from: number;
  until: number;
  byListener: Map<string, readonly CertificateFacts[]>;
}

/** What was followed from a Certificate, and what that hangs on. */
interface Followed extends Judged {
  settings: ClusterSettings;
  holdsFor: (other: Snapshot) => boolean;
  keptReads: ReadonlyMap<string, readonly KeptRevision[]>;
}

function isStill(
  found: Followed,
  { snapshot, settings }: Input,
  now: number,
  kept: KeptFacts,
): boolean {
  return (
    found.settings === settings &&
    found.from <= now &&
    now < found.until &&
    [...found.keptReads].every(
      ([uid, revisions]) => kept.revisions(settings.cluster, uid) === revisions,
    ) &&
    found.holdsFor(snapshot)
  );
}

function isSameRivals(
  before: NonNullable<CertificateFacts['rivals']> = [],
  after: NonNullable<CertificateFacts['rivals']>,
): boolean {
  return (
    before.length === after.length &&
    before.every(({ kind, namespace, name }, index) => {
      const other = after[index];
      return (
        kind === other.kind &&
        namespace === other.namespace &&
        name === other.name
      );
    })
  );
}

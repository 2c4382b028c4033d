import { setTimeout as delay } from 'node:timers/promises';
import {
  parseGoDuration,
  type ProbeFacts,
} from 'backstage-plugin-networking-common';
import {
  PROBE_PERIOD_MS,
  type ProbeClaim,
  type ProbeKey,
  type GatewayAddressStore,
  type ProbeStore,
} from '../database';
import { lookUp } from '../dns';
import { probeAddresses, type ProbeAddress } from './addresses';
import { dial, type DialFacts } from './dial';
import { dueAt, isUnderWay, mayAsk, POLL_MS } from './due';
import { createLimiter } from './limiter';
import { createProbeMirror } from './mirror';
import { isGood } from './outcome';
import { createShownAddresses } from './shown';
import { factsOf, runProbe, type ProbeIo } from './run';
import {
  basisOf,
  evidenceOf,
  keyOf,
  type ProbeOptions,
  type ProbeTarget,
} from './target';

/** An answer is evidence for this many intervals: one that is missed, and one that is late. */
const KEPT_INTERVALS = 2.5;
/** A tab waits for a new answer where the last one is older, even where that was good. */
const FRESH_MS = 90_000;
/** How long a request waits for its probes; hosts still in the queue go without. */
const PATIENCE_MS = 8_000;

/** What a check of hosts came to. */
export interface ProbeCheck {
  /** In no order; targets of which nothing is known are missing. */
  probes: ProbeFacts[];
  /** Hosts that were asked for this check, here or by another replica. */
  asked: string[];
  /** Milliseconds since the epoch from which one of the hosts may be asked again. */
  againAt?: number;
}

/** What a sweep found at the address when it asked another host. */
export interface SeenAddress {
  address: ProbeAddress;
  facts: DialFacts;
}

/**
 * Proves that hosts answer. Which address is dialled is the settings' choice alone. All replicas share one bound, once a
 * minute for each host of a route and quickly after a change, and what they found.
 */
export interface Prober {
  /** Asks each host that may be asked, and waits for the answers; of the others gives what is known. */
  check(
    targets: readonly ProbeTarget[],
    options: ProbeOptions,
  ): Promise<ProbeCheck>;
  /**
   * What is known where it is good, at once; a host that may be asked again is asked meanwhile, for the next reader. Waits
   * for hosts of which nothing good is known and that may be asked.
   */
  latest(
    targets: readonly ProbeTarget[],
    options: ProbeOptions,
  ): Promise<ProbeFacts[]>;
  /** What is known, without dialling: of the same hosts, paths, route generations, addresses and CA. */
  recent(
    targets: readonly ProbeTarget[],
    options: ProbeOptions,
  ): Promise<ProbeFacts[]>;
  /** For a sweep: when a host was last asked, 0 where that is not known. Milliseconds since the epoch. */
  askedAt(target: ProbeTarget, options: ProbeOptions): number;
  /**
   * For a sweep: asks a host if it may be asked, and waits for nobody else.
   *
   * @param seen - what is known of the address, in place of dialling it
   * @returns undefined where it was not asked
   */
  sweep(
    target: ProbeTarget,
    options: ProbeOptions,
    seen?: SeenAddress,
  ): Promise<ProbeFacts | undefined>;
  /** The last probes of all hosts of a cluster at the addresses that are dialled now, without dialling. */
  atAddress(options: Pick<ProbeOptions, 'settings'>): Promise<ProbeFacts[]>;
  /** Takes over what other replicas found. */
  refresh(options: Pick<ProbeOptions, 'settings'>): Promise<void>;
  /** Forgets hosts that nobody has asked since. Milliseconds since the epoch. */
  prune(before: number): Promise<void>;
}

export interface ProberOptions {
  store: ProbeStore;
  /** Where a Gateway has shown itself at a computed address. */
  shown: GatewayAddressStore;
  now?: () => Date;
  dial?: ProbeIo['dial'];
  lookUp?: ProbeIo['lookUp'];
  patienceMs?: number;
  sleep?: (milliseconds: number) => Promise<unknown>;
  /** Told when a host answers otherwise than before, whoever asked it. */
  onOutcome?: (key: ProbeKey, facts: ProbeFacts) => void;
  onError?: (error: unknown) => void;
}

/** How old an answer may be to be evidence. Milliseconds. */
export function keptMs({ settings }: Pick<ProbeOptions, 'settings'>): number {
  const interval = parseGoDuration(settings.probe.interval) ?? PROBE_PERIOD_MS;
  return KEPT_INTERVALS * Math.max(interval, PROBE_PERIOD_MS);
}

const since = (facts: ProbeFacts, time: number): ProbeFacts => ({
  ...facts,
  unchangedSince: new Date(time).toISOString(),
});

const withWindow = (facts: ProbeFacts, claim?: ProbeClaim): ProbeFacts =>
  claim ? since(facts, claim.windowFrom) : facts;

/** A target with all that decides about it. */
interface Asked {
  target: ProbeTarget;
  options: ProbeOptions;
  addresses: readonly ProbeAddress[];
  key: ProbeKey;
  basis: string;
}

export function createProber(options: ProberOptions): Prober {
  const {
    store,
    onOutcome = () => {},
    onError = () => {},
    sleep = delay,
    patienceMs = PATIENCE_MS,
  } = options;
  const io: ProbeIo = {
    now: options.now ?? (() => new Date()),
    dial: options.dial ?? dial,
    lookUp: options.lookUp ?? lookUp,
  };
  const time = () => io.now().getTime();
  const mirror = createProbeMirror({ store, now: time, onOutcome, onError });
  const shown = createShownAddresses({
    store: options.shown,
    now: time,
    onError,
  });
  const inFlight = new Map<string, Promise<ProbeFacts | undefined>>();
  const limiters = new Map<string, ReturnType<typeof createLimiter>>();

  const idOf = ({ key, basis }: Asked) =>
    `${key.cluster} ${key.host} ${key.route} ${basis}`;

  /** Open tabs do not wait behind a sweep: each has slots of its own. */
  const slotsFor = (kind: 'readers' | 'sweep', { options: of }: Asked) => {
    const { cluster, probe } = of.settings;
    const id = `${kind} ${cluster} ${probe.concurrency}`;
    let limiter = limiters.get(id);
    if (!limiter)
      limiters.set(id, (limiter = createLimiter(probe.concurrency)));
    return limiter;
  };

  const prepare = (
    targets: readonly ProbeTarget[],
    of: ProbeOptions,
  ): Asked[] => {
    const addresses = probeAddresses(of.settings);
    return addresses.length === 0
      ? []
      : targets.map(target => ({
          target,
          options: of,
          addresses,
          key: keyOf(target, of.settings),
          basis: basisOf(target, addresses, of),
        }));
  };

  /** What is known of exactly this, unless it is too old. */
  const knownOf = (asked: Asked, maxAge = keptMs(asked.options)) => {
    const { answer, claim } = mirror.get(asked.key) ?? {};
    if (answer?.basis !== asked.basis) return undefined;
    const age = time() - answer.answeredAt;
    // A time to come is that of a clock that was wrong.
    if (age > maxAge || age < -PROBE_PERIOD_MS) return undefined;
    return withWindow(answer.facts, claim);
  };

  /** Tells besides where what the answer hangs on has changed, and nobody has asked since. For one tab, not for a list. */
  const currentOf = (asked: Asked) => {
    const facts = knownOf(asked);
    const { claim } = mirror.get(asked.key) ?? {};
    const isOutdated =
      claim && claim.evidence !== evidenceOf(asked.target, asked.basis);
    return facts && isOutdated ? since(facts, time()) : facts;
  };

  const isDue = (asked: Asked) =>
    mayAsk(
      mirror.get(asked.key),
      evidenceOf(asked.target, asked.basis),
      time(),
    );

  const find = async (asked: Asked, seen?: SeenAddress) => {
    const { target, key, basis, addresses } = asked;
    const evidence = evidenceOf(target, basis);
    const claim = await store.claim(key, evidence, time());
    if (!claim) {
      mirror.refused(key, time());
      return undefined;
    }
    mirror.claimed(key, claim);
    const facts = await shown.judge(
      seen
        ? factsOf(target, seen, io.now(), { durationMs: 0 })
        : await runProbe(io, target, addresses, asked.options),
      target,
      asked.options.settings,
    );
    const answer = { answeredAt: time(), basis, facts };
    const good = isGood(facts, target.issued);
    mirror.claimed(key, { ...claim, good: claim.good || good });
    mirror.answered(key, answer);
    // Here it is known already; other replicas ask for themselves in a minute.
    await store
      .answer(key, claim.claimedAt, { ...answer, good })
      .catch(onError);
    return withWindow(facts, claim);
  };

  /** One probe, unless one of the same is under way. Undefined where it may not be asked. Never throws. */
  const ask = (
    asked: Asked,
    kind: 'readers' | 'sweep',
    seen?: SeenAddress,
  ): Promise<ProbeFacts | undefined> => {
    const id = idOf(asked);
    const existing = inFlight.get(id);
    if (existing) return existing;
    const asking = slotsFor(
      kind,
      asked,
    )(() => find(asked, seen))
      .catch(error => {
        onError(error);
        return undefined;
      })
      .finally(() => inFlight.delete(id));
    inFlight.set(id, asking);
    return asking;
  };

  /** The answer of a replica that asks right now, where there is such a one. */
  const ofOthers = async (asked: Asked): Promise<ProbeFacts | undefined> => {
    const { key } = asked;
    try {
      await mirror.read(key.cluster, [key]);
      while (isUnderWay(mirror.get(key), time())) {
        await sleep(POLL_MS);
        await mirror.read(key.cluster, [key]);
      }
    } catch (error) {
      onError(error);
    }
    return knownOf(asked);
  };

  /** Waits for an answer that is on its way or may be had, but never long. */
  const waitFor = async (
    all: readonly Asked[],
  ): Promise<Map<Asked, { facts: ProbeFacts; isNew: boolean }>> => {
    const patience = new AbortController();
    const patienceEnded = delay(patienceMs, undefined, {
      signal: patience.signal,
    }).catch(() => undefined);
    const found = new Map<Asked, { facts: ProbeFacts; isNew: boolean }>();
    await Promise.all(
      all.map(async asked => {
        const before = mirror.get(asked.key)?.answer?.answeredAt;
        const facts = await Promise.race([
          ask(asked, 'readers').then(own => own ?? ofOthers(asked)),
          patienceEnded,
        ]);
        const after = mirror.get(asked.key)?.answer?.answeredAt;
        const best = facts ?? currentOf(asked);
        if (best) found.set(asked, { facts: best, isNew: before !== after });
      }),
    );
    patience.abort();
    return found;
  };

  const isAsking = (asked: Asked) => inFlight.has(idOf(asked));

  /** Is an answer on its way, or may one be asked for? */
  const mayWait = (asked: Asked) =>
    isAsking(asked) ||
    isDue(asked) ||
    isUnderWay(mirror.get(asked.key), time());

  return {
    async check(targets, of) {
      const all = prepare(targets, of);
      await mirror.refresh(of.settings.cluster, keptMs(of));
      const due = all.filter(mayWait);
      const answers = await waitFor(due);
      const probes = all.flatMap(
        asked => answers.get(asked)?.facts ?? currentOf(asked) ?? [],
      );
      const times = all.map(({ key }) => dueAt(mirror.get(key), time()));
      return {
        probes,
        asked: due
          .filter(asked => answers.get(asked)?.isNew)
          .map(({ target }) => target.host),
        ...(times.length > 0 && { againAt: Math.min(...times) }),
      };
    },

    async latest(targets, of) {
      const all = prepare(targets, of);
      await mirror.refresh(of.settings.cluster, keptMs(of));
      const waiting: Asked[] = [];
      const known = new Map<Asked, ProbeFacts>();
      for (const asked of all) {
        const facts = currentOf(asked);
        const isProof =
          facts !== undefined &&
          isGood(facts, asked.target.issued) &&
          knownOf(asked, FRESH_MS) !== undefined;
        if (facts) known.set(asked, facts);
        if (!mayWait(asked)) continue;
        if (!isProof) waiting.push(asked);
        else if (isDue(asked)) void ask(asked, 'readers');
      }
      const answers = await waitFor(waiting);
      return all.flatMap(
        asked => answers.get(asked)?.facts ?? known.get(asked) ?? [],
      );
    },

    async recent(targets, of) {
      await mirror.refresh(of.settings.cluster, keptMs(of));
      return prepare(targets, of).flatMap(asked => knownOf(asked) ?? []);
    },

    askedAt: (target, { settings }) =>
      mirror.get(keyOf(target, settings))?.claim?.claimedAt ?? 0,

    async sweep(target, of, seen) {
      const [asked] = prepare([target], of);
      if (!asked || isAsking(asked) || !isDue(asked)) return undefined;
      return ask(asked, 'sweep', seen);
    },

    async atAddress(of) {
      const { settings } = of;
      await mirror.refresh(settings.cluster, keptMs(of));
      const isShown = await shown.isShown(settings);
      const addresses = probeAddresses(settings);
      return mirror
        .answersOf(settings.cluster, time() - keptMs(of))
        .filter(
          facts =>
            !(isShown && facts.notShown) &&
            addresses.some(
              ({ address, port }) =>
                address === facts.address && port === facts.port,
            ),
        );
    },

    refresh: of => mirror.refresh(of.settings.cluster, keptMs(of)),

    async prune(before) {
      mirror.forget(before);
      await store.prune(before);
    },
  };
}

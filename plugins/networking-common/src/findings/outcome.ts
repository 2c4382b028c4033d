import type { WayStop } from '../exposures/types';
import type {
  Finding,
  Severity,
  TlsWord,
  VerdictWord,
} from '../verdicts/types';

/** What one check found. Without `word` it is worth knowing and decides nothing. */
export interface Outcome {
  word?: VerdictWord;
  finding: Finding;
  /** The stop of the way at which it happens. */
  stop: WayStop['kind'];
  /** What it makes of the TLS status, where that is not what the verdict's word says. */
  tls?: TlsWord;
  /** It may only repeat what another check tells of its cause, and then says nothing. */
  isEcho?: true;
}

/** One question asked of the facts. Undefined: nothing wrong here. */
export type Check<Input> = (input: Input) => Outcome | undefined;

const SEVERITY: Partial<Record<VerdictWord, Severity>> = {
  Broken: 'error',
  Degraded: 'warning',
};

/** An outcome whose severity follows from its word. */
export function outcome(
  word: VerdictWord | undefined,
  stop: WayStop['kind'],
  finding: Omit<Finding, 'severity'>,
): Outcome {
  const severity = (word && SEVERITY[word]) ?? 'info';
  return {
    ...(word && { word }),
    stop,
    finding: { ...finding, severity },
  };
}

const RANK: Record<VerdictWord, number> = {
  Live: 0,
  Degraded: 1,
  Unknown: 2,
  Pending: 3,
  Broken: 4,
};

/** Larger is worse. */
export const rankOf = (word: VerdictWord): number => RANK[word];

/** After these a later check of the same subject has nothing to stand on. */
const isFinal = (word: VerdictWord | undefined) =>
  word !== undefined && RANK[word] >= RANK.Unknown;

/** Asks in order, until one answer is final. */
export function runChecks<Input>(
  checks: readonly Check<Input>[],
  input: Input,
): Outcome[] {
  const outcomes: Outcome[] = [];
  for (const check of checks) {
    const found = check(input);
    if (!found) continue;
    outcomes.push(found);
    if (isFinal(found.word)) break;
  }
  return outcomes;
}

/**
 * What is left once echoes are dropped for which there is a cause.
 *
 * @param causes - the outcomes of checks that tell causes
 */
export function withoutEchoes(
  outcomes: readonly Outcome[],
  causes: readonly Outcome[],
): Outcome[] {
  const isExplained = causes.some(
    ({ word }) => word === 'Broken' || word === 'Pending',
  );
  return outcomes.filter(({ isEcho }) => !isEcho || !isExplained);
}

/** The outcome with the worst word; among equals the first. */
export function worstOutcome(
  outcomes: readonly Outcome[],
): (Outcome & { word: VerdictWord }) | undefined {
  let worst: (Outcome & { word: VerdictWord }) | undefined;
  for (const candidate of outcomes) {
    const { word } = candidate;
    if (word && (!worst || RANK[word] > RANK[worst.word])) {
      worst = { ...candidate, word };
    }
  }
  return worst;
}

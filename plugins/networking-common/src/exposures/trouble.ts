import type { VerdictWord } from '../verdicts/types';

/** What needs somebody soonest comes first. */
const PLACES: Record<VerdictWord, number> = {
  Broken: 0,
  Degraded: 1,
  Pending: 2,
  Unknown: 3,
  Live: 4,
};

/** The place of a verdict in an order by trouble, the worst first. */
export const troublePlace = (word: VerdictWord): number => PLACES[word];

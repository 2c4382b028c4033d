import type {
  PlatformPart,
  TlsWord,
  VerdictWord,
} from 'backstage-plugin-networking-common';
import type { Tone } from '../components/StatusIcon';
import type { Translate } from '../translation';

/** How everything stands that is not a URL, in the order in which it needs somebody. */
export const HEALTHS = ['critical', 'warning', 'unknown', 'healthy'] as const;

/** @see HEALTHS */
export type Health = (typeof HEALTHS)[number];

const TONES: Record<Health, Tone> = {
  healthy: 'good',
  warning: 'attention',
  critical: 'bad',
  unknown: 'unknown',
};

const OF_TLS: Record<TlsWord, Health> = {
  Good: 'healthy',
  Degraded: 'warning',
  None: 'warning',
  Bad: 'critical',
  Unknown: 'unknown',
};

const OF_PART: Record<PlatformPart['state'], Health> = {
  good: 'healthy',
  attention: 'warning',
  bad: 'critical',
  unknown: 'unknown',
};

/** Tone and, by that, icon. */
export const healthTone = (health: Health): Tone => TONES[health];

export const tlsHealth = (word: TlsWord): Health => OF_TLS[word] ?? 'unknown';

export const partHealth = ({ state }: Pick<PlatformPart, 'state'>): Health =>
  OF_PART[state] ?? 'unknown';

/** Words of a URL, in the order in which they need somebody. */
export const VERDICTS: readonly VerdictWord[] = [
  'Broken',
  'Degraded',
  'Pending',
  'Unknown',
  'Live',
];

/** The word of a URL as it is read; one that this version does not know stays as it is. */
export const verdictText = (t: Translate, word: VerdictWord): string =>
  VERDICTS.includes(word) ? t(`verdict.${word}`) : word;

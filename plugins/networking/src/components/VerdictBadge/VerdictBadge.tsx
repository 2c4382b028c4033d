import type { VerdictWord } from 'backstage-plugin-networking-common';
import { verdictText } from '../../lib/health';
import { useT } from '../../translation';
import { StatusBadge } from '../StatusBadge';
import type { Tone } from '../StatusIcon';

const TONES: Record<VerdictWord, Tone> = {
  Live: 'good',
  Pending: 'waiting',
  Degraded: 'attention',
  Broken: 'bad',
  Unknown: 'unknown',
};

/** The verdict in one word with its shape. */
export function VerdictBadge(props: { word: VerdictWord }) {
  const { word } = props;
  return (
    <StatusBadge
      tone={TONES[word] ?? 'unknown'}
      word={verdictText(useT(), word)}
    />
  );
}

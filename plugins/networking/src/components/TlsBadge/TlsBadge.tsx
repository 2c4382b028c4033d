import type { TlsWord } from 'backstage-plugin-networking-common';
import { StatusBadge } from '../StatusBadge';
import type { Tone } from '../StatusIcon';

/** What a certificate comes to, in the order in which it needs somebody. */
export const TLS_WORDS: readonly TlsWord[] = [
  'Bad',
  'Degraded',
  'Unknown',
  'None',
  'Good',
];

const TITLES: Record<TlsWord, string> = {
  Bad: 'Bad',
  Degraded: 'Degraded',
  Unknown: 'Not known',
  None: 'None',
  Good: 'Good',
};

const TONES: Record<TlsWord, Tone> = {
  Bad: 'bad',
  Degraded: 'attention',
  Unknown: 'unknown',
  None: 'attention',
  Good: 'good',
};

/** The word as it is read. */
export const tlsTitle = (word: TlsWord): string => TITLES[word] ?? word;

/** What a certificate comes to in one word with its shape. */
export function TlsBadge(props: { word: TlsWord }) {
  const { word } = props;
  return <StatusBadge tone={TONES[word] ?? 'unknown'} word={tlsTitle(word)} />;
}

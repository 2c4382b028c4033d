import { distance } from 'fastest-levenshtein';

const plain = (text: string) => text.toLowerCase().replace(/[-_]/g, '');

/** The known word that was probably meant; undefined where none is near. */
export function closest(
  word: string,
  known: readonly string[],
): string | undefined {
  let best: { word: string; edits: number } | undefined;
  for (const candidate of known) {
    const edits = distance(plain(word), plain(candidate));
    if (!best || edits < best.edits) best = { word: candidate, edits };
  }
  return best && best.edits <= (plain(word).length < 5 ? 1 : 2)
    ? best.word
    : undefined;
}

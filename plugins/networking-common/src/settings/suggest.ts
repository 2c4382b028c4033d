/** Number of single-character edits between two texts (Levenshtein). */
function distance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++) {
      current[j] = Math.min(
        previous[j] + 1,
        current[j - 1] + 1,
        previous[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1),
      );
    }
    previous = current;
  }
  return previous[b.length];
}

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

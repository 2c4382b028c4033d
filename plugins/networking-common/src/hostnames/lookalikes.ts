import { decode, encode } from 'punycode.js';
import { LOOKALIKES } from './generated/lookalikes';
import { mixedScripts, mixesDigits } from './scripts';

/**
 * Why people would take a label in punycode for another one, as browsers show it:
 * - `undecodable`: no browser shows it decoded, so that nobody can say what it stands for;
 * - `lookalike`: its skeleton (UTS #39, section 4) is plain ASCII, `looksLike`;
 * - `mixed`: it mixes `scripts`, or digits of several systems where `scripts` is empty (UTS #39, section 5).
 */
export type Deception =
  | { kind: 'undecodable' }
  | { kind: 'lookalike'; decoded: string; looksLike: string }
  | { kind: 'mixed'; decoded: string; scripts: string[] };

const PREFIX = 'xn--';

/**
 * What deceives in a lower-case DNS label; undefined for one that is not in punycode, and for one that says what it is.
 * The data is that of UTS #39 for Unicode 18.0; which characters a label may hold is up to the engine's Unicode.
 */
export function deceptionOf(label: string): Deception | undefined {
  if (!label.startsWith(PREFIX)) return undefined;
  const decoded = decodedLabel(label);
  if (decoded === undefined) return { kind: 'undecodable' };
  const looksLike = asciiLookalike(decoded);
  if (looksLike !== undefined) return { kind: 'lookalike', decoded, looksLike };
  const scripts = mixedScripts(decoded);
  return scripts.length > 0 || mixesDigits(decoded)
    ? { kind: 'mixed', decoded, scripts }
    : undefined;
}

/** The form that DNS takes (an A-label) of a label in any script; undefined where there is none. */
export function asciiLabel(text: string): string | undefined {
  const label = asciiOf(text);
  return label?.startsWith(PREFIX) && decodedLabel(label) === undefined
    ? undefined
    : label;
}

/** A label as browsers ask for it: mapped, composed, checked and encoded (UTS #46). */
function asciiOf(text: string): string | undefined {
  // Nothing of what a URL holds besides a label, in ASCII at least.
  if (/[^-A-Za-z0-9\x80-\u{10ffff}]/u.test(text)) return undefined;
  try {
    const { hostname } = new URL(`https://${text}.example`);
    return /^([^.]+)\.example$/.exec(hostname)?.[1];
  } catch {
    return undefined;
  }
}

/** The U-label (RFC 5890, section 2.3.2.1) of a label with the prefix; undefined where there is none. */
function decodedLabel(label: string): string | undefined {
  try {
    const decoded = decode(label.slice(PREFIX.length));
    const isULabel =
      /[^\0-\x7f]/.test(decoded) &&
      !/^-|-$|^..--/u.test(decoded) &&
      !/^\p{M}/u.test(decoded) &&
      decoded.normalize('NFC') === decoded &&
      `${PREFIX}${encode(decoded)}` === label &&
      asciiOf(decoded) === label;
    return isULabel ? decoded : undefined;
  } catch {
    return undefined;
  }
}

let cached: ReadonlyMap<string, string> | undefined;
const prototypes = () =>
  (cached ??= new Map(
    LOOKALIKES.flatMap(([ascii, codePoints]) =>
      codePoints
        .split(' ')
        .map(code => [String.fromCodePoint(parseInt(code, 16)), ascii]),
    ),
  ));

/**
 * The ASCII text, in lower case, that has the skeleton of this text (UTS #39, section 4); undefined where none has.
 * Marks belong to a skeleton: `bücher` is no lookalike of `bucher`.
 */
function asciiLookalike(text: string): string | undefined {
  const skeleton = [...text.normalize('NFD')]
    .filter(character => !/\p{Default_Ignorable_Code_Point}/u.test(character))
    .map(character => prototypes().get(character) ?? character)
    .join('');
  return /^[A-Za-z0-9-]+$/.test(skeleton) ? skeleton.toLowerCase() : undefined;
}

/**
 * Writes the table of characters that look like ASCII, out of the data of UTS #39.
 *
 *   node scripts/lookalikes.mjs confusables.txt
 *
 * The file is that of https://www.unicode.org/Public/<version>/security/. Kept is what a label can hold in its decoded
 * form (IDNA takes no capitals and nothing that NFKC changes) and what the skeleton makes plain ASCII of.
 */
import { readFileSync, writeFileSync } from 'node:fs';

const TABLE = new URL(
  '../plugins/networking-common/src/hostnames/generated/lookalikes.ts',
  import.meta.url,
);

// Cherokee alone is folded to its capitals.
const isFolded = character =>
  /[\u13a0-\u13f5]/.test(character) || character.toLowerCase() === character;

const inLabel = character =>
  character > '\x7f' &&
  character.normalize('NFKC') === character &&
  isFolded(character) &&
  // Cn: what a newer Unicode than that of this Node has.
  /[\p{L}\p{M}\p{N}\p{Cn}]/u.test(character);

const text = codes =>
  String.fromCodePoint(
    ...codes
      .trim()
      .split(' ')
      .map(code => parseInt(code, 16)),
  );

const [file] = process.argv.slice(2);
const lines = readFileSync(file, 'utf8')
  .replace(/^\uFEFF/, '')
  .split('\n');
const version = lines
  .map(line => /^# Version: (\S+)/.exec(line)?.[1])
  .find(Boolean);
const byPrototype = new Map();
for (const line of lines) {
  const [source, prototype] = line.replace(/#.*/, '').split(';');
  if (prototype === undefined) continue;
  const [character, ascii] = [text(source), text(prototype)];
  if (!inLabel(character) || !/^[A-Za-z0-9-]+$/.test(ascii)) continue;
  const codes = byPrototype.get(ascii) ?? [];
  byPrototype.set(ascii, [...codes, source.trim().toLowerCase()]);
}
const rows = [...byPrototype]
  .sort(([a], [b]) => (a < b ? -1 : 1))
  .map(([ascii, codes]) => `  ['${ascii}', '${codes.join(' ')}'],`);
writeFileSync(
  TABLE,
  `// Made by scripts/lookalikes.mjs of confusables.txt (UTS #39), Unicode ${version}.
// Copyright © 1991-2026 Unicode, Inc., under the Unicode License v3: see LICENSE-UNICODE of this package.

/** The version of Unicode whose data this is. */
export const CONFUSABLES_VERSION = '${version}';

/** What looks like ASCII: the text that it looks like, and the code points (hexadecimal) that do. */
export const LOOKALIKES: readonly [ascii: string, codePoints: string][] = [
${rows.join('\n')}
];
`,
);

import { commonName } from 'backstage-plugin-networking-common';
import { platformFact } from '../translation/messages/platform';

type Fields = Record<string, unknown>;

/** Fields whose values the frontend has words for: these are no data, and a value that is shown as it is was forgotten. */
const CODES = new Set([
  ...['action', 'actor', 'offer', 'part', 'role', 'severity', 'source'],
  ...['stage', 'trust', 'word'],
]);

const isCode = (key: string, of: Fields, path: readonly string[]): boolean => {
  if (CODES.has(key)) return true;
  switch (key) {
    // ACME's own states are shown as they are.
    case 'state':
      return !('challenges' in of) && !('dnsName' in of);
    // So is that of a condition, and not that of a resource type.
    case 'status':
      return 'objects' in of;
    // Of a stop of the way; that of an object is its kind.
    case 'kind':
      return 'label' in of && 'state' in of;
    // Of an Event.
    case 'type':
      return 'about' in of;
    case 'value':
      return path.includes('verdict');
    default:
      return false;
  }
};

/** Whose keys are names that somebody else gave. */
const NAMED = new Set(['details', 'facts']);

const MONTH = [
  ...['January', 'February', 'March', 'April', 'May', 'June', 'July'],
  ...['August', 'September', 'October', 'November', 'December'],
]
  .map(name => `${name.slice(0, 3)}(?:${name.slice(3)})?`)
  .join('|');

/** As the browser writes one; the tests run in English. */
const DATE = new RegExp(
  `(?:${MONTH}) \\d+, \\d{4}(?: at \\d+:\\d\\d:\\d\\d\\s[AP]M [A-Z][\\w+:]*)?`,
  'g',
);

/** What a test's own API has told: names, hosts and sentences. */
export class KnownData {
  readonly #words = new Set<string>();
  readonly #sentences = new Set<string>();
  #ordered: readonly string[] = [];
  readonly #kinds = new Set<string>();

  /** Takes in every text of an answer. */
  add(value: unknown, path: readonly string[] = []): void {
    if (typeof value === 'string') this.#addText(value, path);
    if (Array.isArray(value)) value.forEach(one => this.add(one, path));
    else if (typeof value === 'object' && value !== null) {
      this.#addFields(value as Fields, path);
    }
  }

  #addFields(of: Fields, path: readonly string[]) {
    for (const [key, value] of Object.entries(of)) {
      if (isCode(key, of, path)) continue;
      const isOurs = path.at(-1) === 'facts' && key in platformFact;
      if (NAMED.has(path.at(-1) ?? '') && !isOurs) this.#addText(key, []);
      this.add(value, [...path, key]);
    }
    if (path.at(-1) === 'before' || path.at(-1) === 'after') {
      this.#sentences.add(JSON.stringify(of));
    }
  }

  #addText(text: string, path: readonly string[]) {
    if (path.at(-1) === 'kind') this.#kinds.add(text);
    else if (/\s/.test(text)) {
      this.#sentences.add(text.trim());
      // A serial number in it stands in an element of its own.
      const [before, serial] = text.split(/\b(?=[0-9A-F]{16,}\b)/);
      if (serial) this.#sentences.add(before.trim());
    } else this.#words.add(text);
    // ACME's names of challenges.
    if (/^[A-Z]+-\d+$/.test(text)) this.#words.add(text.toLowerCase());
    for (const name of [
      commonName(text),
      text.replace(/^https?:\/\//, '').replace(/\/$/, ''),
      text.replace(/^(group|component):default\//, ''),
    ]) {
      if (!/\s/.test(name)) this.#words.add(name);
    }
  }

  /** What of a text is neither in brackets nor data. `isName`: it is in the place of a name. */
  foreignIn(text: string, isName: boolean): string[] {
    let rest = text.replace(/⟦[^⟧]*⟧/g, ' ');
    for (const sentence of this.#longestFirst()) {
      rest = rest.split(sentence).join(' ');
      rest = rest.split(sentence.replace(/\.$/, '')).join(' ');
    }
    rest = rest.replace(DATE, ' ');
    const words = rest.split(/[\s,;()·—–"“”+]+/).filter(Boolean);
    const foreign = words.filter(word => !this.#isWord(word));
    // A kind is data where it stands before a name, and where no other word is written so: HTTPRoute.
    const isAlone = words.length === 1;
    return foreign.filter(
      word =>
        !this.#kinds.has(word.replace(/:$/, '')) ||
        (isAlone && !isName && !/[a-z][A-Z]|[A-Z]{2}/.test(word)),
    );
  }

  #longestFirst(): readonly string[] {
    if (this.#ordered.length !== this.#sentences.size) {
      this.#ordered = [...this.#sentences].sort((a, b) => b.length - a.length);
    }
    return this.#ordered;
  }

  #isWord(word: string): boolean {
    const bare = word.replace(/^[.:…]+|[.:!?…]+$/g, '');
    return (
      !/\p{L}/u.test(bare) ||
      this.#words.has(word) ||
      this.#words.has(bare) ||
      // The table of a setting.
      [...this.#words].some(known => `[${known.split('.')[0]}]` === bare) ||
      bare
        .split(/[/:@=]|(?<=\*)\./)
        .every(part => !/\p{L}/u.test(part) || this.#words.has(part)) ||
      // The address of a host with the port, or a path of it.
      [...this.#words].some(
        known => known.includes('.') && bare.startsWith(`https://${known}`),
      )
    );
  }
}

/**
 * What the commands of packages/local-platform print: events for a program after a marker, everything else for a person.
 */
const MARKER = '@local-platform ';

/**
 * @param {string} line
 * @returns {{ event?: { event: string } & Record<string, any>, at?: { text: string } }} `at` for a line of progress
 */
export function readPlatformLine(line) {
  if (line.startsWith(MARKER)) {
    return { event: JSON.parse(line.slice(MARKER.length)) };
  }
  // `Compiling the servers · 812 of 4204 · 75 s`: the time is left out, a step tells its own.
  const [what, ...rest] = line.split(' · ');
  if (rest.length === 0) {
    return {};
  }
  const count = rest.find(text => /^\d+( of \d+)?$/.test(text));
  return { at: { text: [lowerFirst(what), count].filter(Boolean).join(', ') } };
}

const lowerFirst = text => text.charAt(0).toLowerCase() + text.slice(1);

/** What a command said for a person at its end. */
export const lastWords = tail =>
  tail
    .split('\n')
    .filter(line => !line.startsWith(MARKER) && !line.includes(' · '))
    .slice(-25)
    .join('\n');

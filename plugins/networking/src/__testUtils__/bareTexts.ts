import type { KnownData } from './knownData';

/** What is read by eyes or aloud. `data-label` is printed by the style sheets. */
const ATTRIBUTES = [
  ...['aria-label', 'aria-description', 'aria-placeholder', 'aria-valuetext'],
  ...['title', 'placeholder', 'alt', 'data-label'],
];

/** Made by the libraries, in their own languages. */
const OF_LIBRARIES = [
  'script',
  'style',
  // React Aria: leaves a dialog or a popover, for screen readers.
  '[data-react-aria-prevent-focus] button',
  'button[aria-label="Dismiss"]',
  // Backstage UI: clears the search, leaves a dialog, marks a field, tells of a button that works.
  '.bui-SearchFieldClear',
  'button[slot=close][aria-label=Close]',
  '.bui-FieldSecondaryLabel',
  '[role=progressbar][aria-label=Loading]',
].join(', ');

/** Text that is read as one: what stands directly in an element, with places to break left out. */
function runsOf(element: Element): string[] {
  const runs = [''];
  for (const node of element.childNodes) {
    if (node.nodeType === Node.TEXT_NODE) {
      runs[runs.length - 1] += node.textContent ?? '';
    } else if (node.nodeName !== 'WBR') runs.push('');
  }
  return runs;
}

/** Each text in the document that no message has made and that is no data, with the place where it stands. */
export function bareTexts(data: KnownData): string[] {
  const found = new Set<string>();
  for (const element of document.body.querySelectorAll('*')) {
    if (element.closest(OF_LIBRARIES)) continue;
    const isName = element.closest('th[scope=row]') !== null;
    const place = element.tagName.toLocaleLowerCase('en');
    const texts = [
      ...runsOf(element).map(text => [place, text]),
      ...ATTRIBUTES.map(name => [
        `${place}[${name}]`,
        element.getAttribute(name) ?? '',
      ]),
    ];
    for (const [where, text] of texts) {
      const foreign = data.foreignIn(text, isName);
      if (foreign.length > 0) {
        found.add(`${where}: ${text.trim()} (${foreign.join(' ')})`);
      }
    }
  }
  return [...found];
}

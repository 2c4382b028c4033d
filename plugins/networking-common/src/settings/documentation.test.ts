import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SETTING_DEFINITIONS, camelCase } from './definitions';

const DOCUMENT = join(__dirname, '../../../../docs/settings.md');
const START = '<!-- settings:start -->\n';
const END = '<!-- settings:end -->';

const inAppConfig = (table: string, name: string) =>
  `networking.${table}.${camelCase(name)}`;

function byDefault(definition: (typeof SETTING_DEFINITIONS)[number]): string {
  if (definition.computed) return definition.computed;
  const value = definition.default;
  if (value === undefined || value === '' || `${value}` === '') return '–';
  return `\`${Array.isArray(value) ? value.join(', ') : value}\``;
}

const escaped = (text: string) => text.replace(/\|/g, '\\|');

const table = [
  '| config.toml | app-config | takes | default | what it is |',
  '| --- | --- | --- | --- | --- |',
  ...SETTING_DEFINITIONS.map(definition =>
    [
      '',
      `\`[${definition.table}] ${definition.name}\``,
      `\`${inAppConfig(definition.table, definition.name)}\``,
      escaped(definition.expects),
      escaped(byDefault(definition)),
      escaped(definition.description),
      '',
    ]
      .join(' | ')
      .trim(),
  ),
  '',
].join('\n');

describe('docs/settings.md', () => {
  it('lists every setting as it is defined (UPDATE_GOLDEN=1 rewrites it)', () => {
    const document = readFileSync(DOCUMENT, 'utf8');
    const start = document.indexOf(START) + START.length;
    const end = document.indexOf(END);
    if (process.env.UPDATE_GOLDEN) {
      writeFileSync(
        DOCUMENT,
        `${document.slice(0, start)}${table}${document.slice(end)}`,
      );
      return;
    }
    expect(document.slice(start, end)).toBe(table);
  });
});

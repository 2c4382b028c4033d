/**
 * Jest's 5 s for a test and testing-library's 1 s for what comes to a page are assertions about time, which a busy machine
 * breaks.
 */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { root } from './checkout.mjs';
import { workspaceFolders } from './yarn.mjs';

const packageOf = folder =>
  JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));

test('no package has the time that Jest gives a test by default', () => {
  assert.ok(packageOf('.').jest.testTimeout >= 60_000);
});

const pages = workspaceFolders().filter(folder => {
  const { dependencies, devDependencies } = packageOf(folder);
  return '@testing-library/react' in { ...dependencies, ...devDependencies };
});

test('there are packages whose tests show pages', () => {
  assert.ok(pages.includes('packages/app'));
  assert.ok(pages.includes('plugins/networking'));
});

for (const folder of pages) {
  test(`${folder} gives its pages longer than testing-library does by default`, () => {
    const file = join(root, folder, 'src/setupTests.ts');
    assert.ok(existsSync(file), `${file} is missing`);
    assert.match(
      readFileSync(file, 'utf8'),
      /configure\(\{ asyncUtilTimeout: [1-9]\d?_000 \}\)/,
    );
  });
}

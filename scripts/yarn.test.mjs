import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { root } from './checkout.mjs';
import { VERSION } from './yarn.mjs';

test('the launcher and those who live in Yarn use one version of it', () => {
  const { packageManager } = JSON.parse(
    readFileSync(join(root, 'package.json'), 'utf8'),
  );
  assert.equal(packageManager, `yarn@${VERSION}`);
});

import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
// The copy of ESLint that backstage-cli runs.
const { ESLint } = createRequire(
  createRequire(join(root, 'package.json')).resolve('@backstage/cli'),
)('eslint');

/** Messages of the layer rules for one line of code in a file of the repo. */
async function messagesFor(file, code) {
  const eslint = new ESLint({ cwd: root });
  const [result] = await eslint.lintText(`${code}\n`, {
    filePath: join(root, file),
  });
  return result.messages
    .filter(message =>
      [
        '@typescript-eslint/no-restricted-imports',
        'no-restricted-syntax',
        'no-restricted-globals',
      ].includes(message.ruleId),
    )
    .map(message => message.message);
}

const COMMON = 'plugins/networking-common/src';
const BACKEND = 'plugins/networking-backend/src';

const refused = {
  'the core does no IO': [
    `${COMMON}/hostnames/x.ts`,
    "import { readFileSync } from 'node:fs';",
    /do IO in networking-backend\/src\/io/,
  ],
  'the core does no IO by the old names of modules either': [
    `${COMMON}/hostnames/x.ts`,
    "import { connect } from 'tls';",
    /do IO in networking-backend\/src\/io/,
  ],
  'the core imports nobody': [
    `${COMMON}/hostnames/x.ts`,
    "import { networkingApiRef } from 'backstage-plugin-networking';",
    /take it as a parameter/,
  ],
  'the core has no clock': [
    `${COMMON}/verdicts/x.ts`,
    'export const at = Date.now();',
    /take `now` as a parameter/,
  ],
  'the core has no network': [
    `${COMMON}/client/x.ts`,
    "export const answer = fetch('/');",
    /take `fetchApi` as a parameter/,
  ],
  'a router calls a use case, not the cluster': [
    `${BACKEND}/router/x.ts`,
    "import { probe } from '../io/probe';",
    /import from \.\.\/usecases/,
  ],
  'a use case knows nothing of HTTP': [
    `${BACKEND}/usecases/x.ts`,
    "import express from 'express';",
    /throw errors of @backstage\/errors/,
  ],
  'io never imports upwards': [
    `${BACKEND}/io/cluster/x.ts`,
    "import { applyExposure } from '../../usecases/exposures';",
    /declare a port here/,
  ],
  'the Kubernetes client is loaded in one file only': [
    `${BACKEND}/io/cluster/x.ts`,
    "export const load = () => import('@kubernetes/client-node');",
    /Only io\/cluster\/kubeAuth\.ts/,
  ],
  'the browser talks to our own API': [
    'plugins/networking/src/components/X/X.tsx',
    "import { KubeConfig } from '@kubernetes/client-node';",
    /use networkingApiRef/,
  ],
  'a component does not know how it is wired': [
    'plugins/networking/src/components/X/X.tsx',
    "import { networkingPlugin } from '../../plugin';",
    /never the reverse/,
  ],
  'the template action sees no cluster': [
    'plugins/scaffolder-backend-module-networking/src/actions/x.ts',
    "import { KubeConfig } from '@kubernetes/client-node';",
    /call the HTTP API with NetworkingClient/,
  ],
};

for (const [sentence, [file, code, expected]] of Object.entries(refused)) {
  test(`${sentence}, and the message says what to use instead`, async () => {
    assert.match((await messagesFor(file, code)).join('\n'), expected);
  });
}

test('imports that follow the layers pass', async () => {
  for (const [file, code] of [
    [`${COMMON}/exposures/x.ts`, "export { hostOf } from '../hostnames';"],
    [`${COMMON}/verdicts/x.ts`, "export { judgeTls } from './tls';"],
    [`${BACKEND}/router/x.ts`, "export { applyExposure } from '../usecases';"],
    [`${BACKEND}/usecases/x.ts`, "export { probe } from '../io/probe';"],
    [
      `${BACKEND}/io/cluster/kubeAuth.ts`,
      "export const load = () => import('@kubernetes/client-node');",
    ],
  ]) {
    assert.deepEqual(await messagesFor(file, code), [], file);
  }
});

/**
 * The layers of the packages as lint rules. Each message says what to use instead.
 * `@typescript-eslint/no-restricted-imports` is used because Backstage's factory already fills the rule of ESLint itself.
 */

const { builtinModules } = require('node:module');

const RULE = '@typescript-eslint/no-restricted-imports';

const layer = (files, patterns, paths = []) => ({
  files,
  excludedFiles: ['**/*.test.ts', '**/*.test.tsx', '**/__testUtils__/**'],
  rules: { [RULE]: ['error', { paths, patterns }] },
});

const clientNode = {
  group: ['@kubernetes/client-node'],
  allowTypeImports: true,
  message:
    'Only io/cluster/kubeAuth.ts loads @kubernetes/client-node, dynamically (it is ESM-only). Elsewhere take a ClusterConnection of io/cluster.',
};

const noIo =
  'networking-common is isomorphic: do IO in networking-backend/src/io and hand over facts.';

/** networking-common: isomorphic and pure; imports nobody. */
const common = {
  rules: {
    'no-restricted-globals': [
      'error',
      {
        name: 'fetch',
        message:
          'networking-common has no network: take `fetchApi` as a parameter.',
      },
      {
        name: 'process',
        message:
          'networking-common runs in browsers: take what you need as a parameter.',
      },
      {
        name: 'setTimeout',
        message:
          'networking-common has no clock: take `sleep` or `now` as a parameter (client/waitForVerdict.ts holds the one default).',
      },
    ],
    'no-restricted-syntax': [
      'error',
      {
        selector:
          "CallExpression[callee.object.name='Date'][callee.property.name='now']",
        message:
          'networking-common has no clock: take `now` as a parameter (client/waitForVerdict.ts holds the one default).',
      },
      {
        selector: "NewExpression[callee.name='Date'][arguments.length=0]",
        message: 'networking-common has no clock: take `now` as a parameter.',
      },
    ],
  },
  overrides: [
    layer(
      ['src/**'],
      [
        {
          group: ['node:*'],
          message: noIo,
        },
        {
          group: [
            'express*',
            '@kubernetes/*',
            '@backstage/backend-*',
            '@backstage/core-*',
            '@backstage/frontend-*',
            'backstage-plugin-*',
          ],
          message:
            'networking-common imports nobody: move the code to the plugin that needs it, or take it as a parameter.',
        },
      ],
      // Paths, since as patterns these names would match folders of ours too.
      builtinModules.map(name => ({ name, message: noIo })),
    ),
    {
      files: ['src/client/waitForVerdict.ts', '**/*.test.ts'],
      rules: { 'no-restricted-globals': 'off', 'no-restricted-syntax': 'off' },
    },
  ],
};

/** networking-backend: router → usecases → { cache, io, common }. */
const backend = {
  overrides: [
    layer(
      ['src/router/**'],
      [
        {
          group: ['**/io', '**/io/**', '**/cache', '**/cache/**'],
          message:
            'A router parses the request and calls a use case: import from ../usecases and let it do the IO.',
        },
        clientNode,
      ],
    ),
    layer(
      ['src/usecases/**'],
      [
        {
          group: ['**/router', '**/router/**', 'express', 'express-*'],
          message:
            'A use case knows nothing of HTTP: take plain values and throw errors of @backstage/errors.',
        },
        clientNode,
      ],
    ),
    layer(
      ['src/io/**', 'src/cache/**'],
      [
        {
          group: ['**/router', '**/router/**', '**/usecases', '**/usecases/**'],
          message:
            'io and cache never import upwards: declare a port here and let the use case pass what it needs.',
        },
      ],
    ),
    {
      files: ['src/io/**'],
      excludedFiles: ['src/io/cluster/kubeAuth.ts'],
      rules: {
        'no-restricted-syntax': [
          'error',
          {
            selector:
              "ImportExpression[source.value='@kubernetes/client-node']",
            message: clientNode.message,
          },
        ],
      },
    },
  ],
};

const throughTheApi = {
  group: ['@kubernetes/*', 'backstage-plugin-networking-backend'],
  message:
    'The browser talks to the plugin’s own HTTP API: use networkingApiRef.',
};

/** networking: components get data from hooks, hooks from the API ref. */
const frontend = {
  overrides: [
    layer(['src/**'], [throughTheApi]),
    // A later override replaces an earlier one's patterns: repeat them.
    layer(
      ['src/components/**'],
      [
        throughTheApi,
        {
          group: ['**/plugin'],
          message:
            'Components do not know how they are wired: take props or a hook; plugin.tsx imports components, never the reverse.',
        },
      ],
    ),
  ],
};

/** The template action sees no cluster. */
const scaffolder = {
  overrides: [
    layer(
      ['src/**'],
      [
        {
          group: ['@kubernetes/*', 'backstage-plugin-networking-backend'],
          message:
            'The action runs with the user’s credentials: call the HTTP API with NetworkingClient of networking-common.',
        },
      ],
    ),
  ],
};

module.exports = { common, backend, frontend, scaffolder };

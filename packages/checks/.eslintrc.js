module.exports = require('@backstage/cli/config/eslint-factory')(__dirname, {
  overrides: [
    {
      files: ['**/*.test.ts'],
      rules: {
        // Waiting until something stands on a page fails where it never does.
        'jest/expect-expect': [
          'warn',
          {
            assertFunctionNames: [
              'expect',
              'signIn',
              'answers',
              'seeVerdict',
              'step',
              '**.waitFor',
            ],
          },
        ],
      },
    },
  ],
});

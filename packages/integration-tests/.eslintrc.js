module.exports = require('@backstage/cli/config/eslint-factory')(__dirname, {
  overrides: [
    {
      // One test file registers the suites, so that the last of them can judge what all others did.
      files: ['src/suites/**'],
      rules: {
        'jest/no-export': 'off',
        'jest/expect-expect': [
          'warn',
          {
            assertFunctionNames: [
              'expect',
              'refusal',
              'refusedWithoutWrite',
              'allGood',
              'waitFor',
              'getUntil',
            ],
          },
        ],
      },
    },
  ],
});

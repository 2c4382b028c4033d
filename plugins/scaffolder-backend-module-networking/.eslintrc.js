const { scaffolder } = require('../../lint/layers');

module.exports = require('@backstage/cli/config/eslint-factory')(
  __dirname,
  scaffolder,
);

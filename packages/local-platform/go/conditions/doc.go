// Package conditions has no code of its own: its test reads, in the source of
// the Gateway API, which reasons a condition may have, and compares them with
// the list that the plugin's table of reasons is tested against
// (plugins/networking-common/src/verdicts/testdata/gatewayApiConditions.json).
package conditions

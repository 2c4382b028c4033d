// Package certvalidation has no code of its own: its test runs cert-manager's
// validation over the issuers and certificates that the plugin renders.
//
// Validation lies under cert-manager's internal/ folder, and its webhook does
// not run on the local platform. Go decides by import path who may import
// internal packages, so this module stands beneath cert-manager's own path, as
// cert-manager's separate binaries (cmd/controller, cmd/webhook) do.
package certvalidation

//go:build tools

package conditions

// The test reads the source of this package and compiles none of it: the
// import keeps its module in go.mod.
import _ "sigs.k8s.io/gateway-api/apis/v1"

// Command cilium-gateway runs Cilium's Gateway API controllers without the
// rest of Cilium: they judge and translate, and nothing carries traffic.
// Cilium's own operator as a whole needs modules that the Go proxy does not
// serve.
package main

import (
	"log"
	"os"

	"github.com/cilium/hive/cell"
	"github.com/spf13/pflag"

	operatorOption "github.com/cilium/cilium/operator/option"
	"github.com/cilium/cilium/operator/pkg/ciliumenvoyconfig"
	controllerruntime "github.com/cilium/cilium/operator/pkg/controller-runtime"
	gatewayapi "github.com/cilium/cilium/operator/pkg/gateway-api"
	"github.com/cilium/cilium/operator/pkg/secretsync"
	mcsapitypes "github.com/cilium/cilium/pkg/clustermesh/mcsapi/types"
	"github.com/cilium/cilium/pkg/hive"
	k8sClient "github.com/cilium/cilium/pkg/k8s/client"
	"github.com/cilium/cilium/pkg/logging"
	"github.com/cilium/cilium/pkg/option"
)

func main() {
	// The controllers read these two from their packages and from the hive.
	operatorOption.Config.EnableGatewayAPI = true
	operatorOption.Config.KubeProxyReplacement = true
	option.Config.EnableIPv4 = true

	h := hive.New(
		k8sClient.Cell,
		controllerruntime.Cell,
		secretsync.Cell,
		gatewayapi.Cell,
		cell.Config(mcsapitypes.DefaultMCSAPIConfig),
		cell.Provide(
			func() *option.DaemonConfig { return option.Config },
			func() *operatorOption.OperatorConfig { return operatorOption.Config },
			func() ciliumenvoyconfig.EnvoyProxyTimeouts { return ciliumenvoyconfig.EnvoyProxyTimeouts{} },
		),
	)
	// Among others --k8s-kubeconfig-path.
	h.RegisterFlags(pflag.CommandLine)
	if err := pflag.CommandLine.Parse(os.Args[1:]); err != nil {
		log.Fatal(err)
	}
	if err := h.Run(logging.DefaultSlogLogger); err != nil {
		log.Fatal(err)
	}
}

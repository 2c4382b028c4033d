/** One program of the platform, and the Go package that it is built from. */
export interface Program {
  name: string;
  package: string;
  /** The name that `go build` gives it where that is another one. */
  builtAs?: string;
  /** True for the two that KUBEBUILDER_ASSETS may bring. */
  inKubebuilderAssets?: boolean;
}

/** Every program of the module go/servers. */
export const PROGRAMS: readonly Program[] = [
  {
    name: 'kube-apiserver',
    package: 'k8s.io/kubernetes/cmd/kube-apiserver',
    inKubebuilderAssets: true,
  },
  {
    name: 'kube-controller-manager',
    package: 'k8s.io/kubernetes/cmd/kube-controller-manager',
  },
  {
    name: 'etcd',
    package: 'go.etcd.io/etcd/server/v3',
    builtAs: 'server',
    inKubebuilderAssets: true,
  },
  { name: 'traefik', package: 'github.com/traefik/traefik/v3/cmd/traefik' },
  { name: 'certmanager', package: './certmanager' },
];

/** Without a version the server reports v0.0.0-master, which clients such as kubectl cannot parse. */
export function linkerFlags(goMod: string): string {
  const version = /^\s*k8s\.io\/kubernetes (v\S+)/m.exec(goMod)?.[1];
  const flags = ['-s', '-w'];
  if (version) {
    flags.push('-X', `k8s.io/component-base/version.gitVersion=${version}`);
  }
  return flags.join(' ');
}

/** Modules whose CRDs the platform applies. The Gateway API's version is the one of the product, not of Traefik. */
export function crdSources(
  goMod: string,
): { module: string; folder: string }[] {
  const certManager =
    /^\s*github\.com\/cert-manager\/cert-manager (v\S+)/m.exec(goMod)?.[1];
  if (!certManager) throw new Error('go.mod does not name cert-manager');
  return [
    {
      module: 'sigs.k8s.io/gateway-api@v1.6.1',
      folder: 'config/crd/standard',
    },
    {
      module: `github.com/cert-manager/cert-manager@${certManager}`,
      folder: 'deploy/crds',
    },
  ];
}

/** One program of the platform, and the Go package that it is built from. */
export interface Program {
  name: string;
  package: string;
  /** The name that `go build` gives it where that is another one. */
  builtAs?: string;
  /** True for the two that KUBEBUILDER_ASSETS may bring. */
  inKubebuilderAssets?: boolean;
}

/** Where CRDs lie in a Go module. */
export interface CrdSource {
  /** Path and version. */
  module: string;
  folder: string;
}

/** One Go module under `go/`, and what is made from it. */
export interface GoModule {
  folder: string;
  /** What people call its programs; goes on a sentence. */
  what: string;
  programs: readonly Program[];
  /** Folders with sources of our own, relative to the module. */
  sources: readonly string[];
  /** Tells its builds from those of other modules in the folder that keeps both. */
  keyPrefix: string;
  crdSources(goMod: string): CrdSource[];
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

/** Version of the Gateway API that the product is made for, and whose CRDs the platform applies. @public */
export const GATEWAY_API_VERSION = 'v1.6.1';

/** Modules whose CRDs the platform applies. The Gateway API's version is the one of the product, not of Traefik. */
export function crdSources(goMod: string): CrdSource[] {
  const certManager =
    /^\s*github\.com\/cert-manager\/cert-manager (v\S+)/m.exec(goMod)?.[1];
  if (!certManager) throw new Error('go.mod does not name cert-manager');
  return [
    {
      module: `sigs.k8s.io/gateway-api@${GATEWAY_API_VERSION}`,
      folder: 'config/crd/standard',
    },
    {
      module: `github.com/cert-manager/cert-manager@${certManager}`,
      folder: 'deploy/crds',
    },
  ];
}

/** Cilium's own kinds; those of the Gateway API come with the servers. */
export function ciliumCrdSources(goMod: string): CrdSource[] {
  const cilium = /^\s*github\.com\/cilium\/cilium (v\S+)/m.exec(goMod)?.[1];
  if (!cilium) throw new Error('go.mod does not name cilium');
  return ['v2', 'v2alpha1'].map(version => ({
    module: `github.com/cilium/cilium@${cilium}`,
    folder: `pkg/k8s/apis/cilium.io/client/crds/${version}`,
  }));
}

/** What every local platform runs. */
export const SERVERS: GoModule = {
  folder: 'servers',
  what: 'the servers',
  programs: PROGRAMS,
  sources: ['certmanager'],
  keyPrefix: '',
  crdSources,
};

/** Cilium's Gateway controllers, in a module of their own: they need other versions of Kubernetes' libraries. */
export const CILIUM: GoModule = {
  folder: 'cilium',
  what: "Cilium's Gateway controllers",
  programs: [{ name: 'cilium-gateway', package: '.', builtAs: 'cilium' }],
  sources: ['.', 'mcs-api-controllers'],
  keyPrefix: 'cilium-',
  crdSources: ciliumCrdSources,
};

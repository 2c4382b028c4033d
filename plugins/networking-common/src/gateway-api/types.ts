/**
 * The few fields of Kubernetes, Gateway API (v1, https://gateway-api.sigs.k8s.io/reference/spec/) and cert-manager
 * objects that the plugins use. Objects come from a server: nothing that a schema does not force to exist may be
 * assumed to.
 */

/** @public */
export interface ObjectMeta {
  name: string;
  namespace?: string;
  uid?: string;
  generation?: number;
  resourceVersion?: string;
  creationTimestamp?: string;
  deletionTimestamp?: string;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  ownerReferences?: {
    apiVersion: string;
    kind: string;
    name: string;
    uid: string;
    controller?: boolean;
  }[];
  managedFields?: ManagedFieldsEntry[];
}

/** @public */
export interface ManagedFieldsEntry {
  manager?: string;
  operation?: string;
  time?: string;
  subresource?: string;
  apiVersion?: string;
  fieldsType?: string;
  fieldsV1?: unknown;
}

/** @public */
export interface KubernetesObject {
  apiVersion: string;
  kind: string;
  metadata: ObjectMeta;
}

/** @public */
export interface Condition {
  type: string;
  status: string;
  reason?: string;
  message?: string;
  observedGeneration?: number;
  lastTransitionTime?: string;
}

/** @public */
export interface ParentReference {
  group?: string;
  kind?: string;
  namespace?: string;
  name: string;
  sectionName?: string;
  port?: number;
}

/** @public */
export interface BackendReference {
  group?: string;
  kind?: string;
  namespace?: string;
  name: string;
  port?: number;
  weight?: number;
  filters?: unknown[];
}

/** @public */
export interface HttpRouteMatch {
  path?: { type?: string; value?: string };
  method?: string;
  headers?: { type?: string; name: string; value: string }[];
  queryParams?: { type?: string; name: string; value: string }[];
}

/** @public */
export interface HttpRouteRule {
  name?: string;
  matches?: HttpRouteMatch[];
  filters?: { type: string; [field: string]: unknown }[];
  backendRefs?: BackendReference[];
  timeouts?: { request?: string; backendRequest?: string };
}

/** @public */
export interface RouteParentStatus {
  parentRef?: ParentReference;
  controllerName?: string;
  conditions?: Condition[];
}

/** @public */
export interface HttpRoute extends KubernetesObject {
  spec?: {
    parentRefs?: ParentReference[];
    hostnames?: string[];
    rules?: HttpRouteRule[];
  };
  status?: { parents?: RouteParentStatus[] };
}

/** @public */
export interface GrpcRouteMatch {
  method?: { type?: string; service?: string; method?: string };
  headers?: { type?: string; name: string; value: string }[];
}

/** @public */
export interface GrpcRoute extends KubernetesObject {
  spec?: {
    parentRefs?: ParentReference[];
    hostnames?: string[];
    rules?: {
      name?: string;
      matches?: GrpcRouteMatch[];
      filters?: { type: string; [field: string]: unknown }[];
      backendRefs?: BackendReference[];
    }[];
  };
  status?: { parents?: RouteParentStatus[] };
}

/** Routes a TLS connection by its SNI. @public */
export interface TlsRoute extends KubernetesObject {
  spec?: {
    parentRefs?: ParentReference[];
    hostnames?: string[];
    rules?: { name?: string; backendRefs?: BackendReference[] }[];
  };
  status?: { parents?: RouteParentStatus[] };
}

/** @public */
export interface IngressBackend {
  service?: { name: string; port?: { name?: string; number?: number } };
  resource?: { apiGroup?: string; kind: string; name: string };
}

/** `networking.k8s.io/v1`. @public */
export interface Ingress extends KubernetesObject {
  spec?: {
    ingressClassName?: string;
    defaultBackend?: IngressBackend;
    tls?: { hosts?: string[]; secretName?: string }[];
    rules?: {
      host?: string;
      http?: {
        paths?: { path?: string; pathType?: string; backend: IngressBackend }[];
      };
    }[];
  };
  status?: {
    loadBalancer?: { ingress?: { ip?: string; hostname?: string }[] };
  };
}

/** The kinds of routes of the Gateway API that name hosts. @public */
export type GatewayRoute = HttpRoute | GrpcRoute | TlsRoute;

/** Everything that claims hosts. @public */
export type Route = GatewayRoute | Ingress;

/** @public */
export type RouteKind = 'HTTPRoute' | 'GRPCRoute' | 'TLSRoute' | 'Ingress';

/** Adds listeners to a Gateway that allows it (`spec.allowedListeners`). @public */
export interface ListenerSet extends KubernetesObject {
  spec?: {
    parentRef?: {
      group?: string;
      kind?: string;
      namespace?: string;
      name: string;
    };
    listeners?: Listener[];
  };
  status?: {
    conditions?: Condition[];
    listeners?: {
      name: string;
      attachedRoutes?: number;
      supportedKinds?: { group?: string; kind: string }[];
      conditions?: Condition[];
    }[];
  };
}

/** Lies in the namespace of what is referred to. @public */
export interface ReferenceGrant extends KubernetesObject {
  spec?: {
    from?: { group: string; kind: string; namespace: string }[];
    to?: { group: string; kind: string; name?: string }[];
  };
}

/** @public */
export interface Listener {
  name: string;
  hostname?: string;
  port: number;
  protocol: string;
  tls?: {
    mode?: string;
    certificateRefs?: {
      group?: string;
      kind?: string;
      namespace?: string;
      name: string;
    }[];
  };
  allowedRoutes?: {
    namespaces?: { from?: string; selector?: LabelSelector };
    kinds?: { group?: string; kind: string }[];
  };
}

/** @public */
export interface LabelSelector {
  matchLabels?: Record<string, string>;
  matchExpressions?: { key: string; operator: string; values?: string[] }[];
}

/** How a Gateway checks the certificates of clients (`FrontendTLSConfig`). @public */
export interface FrontendTls {
  validation?: {
    mode?: string;
    caCertificateRefs?: {
      group?: string;
      kind?: string;
      name: string;
      namespace?: string;
    }[];
  };
}

/** @public */
export interface Gateway extends KubernetesObject {
  spec?: {
    gatewayClassName?: string;
    listeners?: Listener[];
    tls?: {
      frontend?: {
        default?: FrontendTls;
        perPort?: { port: number; tls?: FrontendTls }[];
      };
    };
    allowedListeners?: {
      namespaces?: { from?: string; selector?: LabelSelector };
    };
  };
  status?: {
    addresses?: { type?: string; value: string }[];
    conditions?: Condition[];
    listeners?: {
      name: string;
      attachedRoutes?: number;
      supportedKinds?: { group?: string; kind: string }[];
      conditions?: Condition[];
    }[];
  };
}

/** @public */
export interface GatewayClass extends KubernetesObject {
  spec?: {
    controllerName?: string;
    parametersRef?: {
      group: string;
      kind: string;
      name: string;
      namespace?: string;
    };
  };
  status?: {
    conditions?: Condition[];
    supportedFeatures?: ({ name: string } | string)[];
  };
}

/** @public */
export interface Service extends KubernetesObject {
  spec?: {
    type?: string;
    clusterIP?: string;
    /** `IPv4` or `IPv6`, the one of `clusterIP` first. */
    ipFamilies?: string[];
    externalName?: string;
    selector?: Record<string, string>;
    ports?: {
      name?: string;
      port: number;
      protocol?: string;
      appProtocol?: string;
      targetPort?: number | string;
      nodePort?: number;
    }[];
  };
}

/** @public */
export interface EndpointSlice extends KubernetesObject {
  addressType?: string;
  endpoints?: {
    addresses?: string[];
    conditions?: { ready?: boolean; serving?: boolean; terminating?: boolean };
  }[];
  /** The API server keeps `null` where a pod has none of the Service's ports. */
  ports?: { name?: string; port?: number | null; protocol?: string }[] | null;
}

/** @public */
export interface Namespace extends KubernetesObject {
  status?: { phase?: string };
}

/** @public */
export interface Certificate extends KubernetesObject {
  spec?: {
    secretName?: string;
    dnsNames?: string[];
    commonName?: string;
    ipAddresses?: string[];
    isCA?: boolean;
    duration?: string;
    renewBefore?: string;
    privateKey?: {
      algorithm?: string;
      size?: number;
      rotationPolicy?: string;
    };
    revisionHistoryLimit?: number;
    issuerRef?: { name: string; kind?: string; group?: string };
  };
  status?: {
    conditions?: Condition[];
    notBefore?: string;
    notAfter?: string;
    renewalTime?: string;
    revision?: number;
    lastFailureTime?: string;
    failedIssuanceAttempts?: number;
    nextPrivateKeySecretName?: string;
  };
}

/** PEM in `status.certificate` and `status.ca` is base64 in JSON. @public */
export interface CertificateRequest extends KubernetesObject {
  spec?: {
    isCA?: boolean;
    issuerRef?: { name: string; kind?: string; group?: string };
  };
  status?: {
    conditions?: Condition[];
    certificate?: string;
    ca?: string;
    failureTime?: string;
  };
}

/** Issuer or ClusterIssuer. @public */
export interface Issuer extends KubernetesObject {
  spec?: {
    ca?: { secretName?: string };
    selfSigned?: Record<string, unknown>;
    [type: string]: unknown;
  };
  status?: { conditions?: Condition[] };
}

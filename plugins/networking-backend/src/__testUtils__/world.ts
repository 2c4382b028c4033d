import type { Entity } from '@backstage/catalog-model';
import type {
  Certificate,
  CertificateRequest,
  EndpointSlice,
  Gateway,
  GatewayClass,
  HttpRoute,
  Issuer,
  KubernetesObject,
  Namespace,
  Service,
} from 'backstage-plugin-networking-common';
import { makeCertificate, type TestCertificate } from './certificates';

export const SUFFIX = '127-0-0-1.nip.io';
export const CONTROLLER = 'traefik.io/gateway-controller';

/** A component of a team, tied to the Service of its own name. */
export function component(name: string, team: string): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name,
      namespace: 'default',
      annotations: {
        'backstage.io/kubernetes-id': name,
        'backstage.io/kubernetes-namespace': name,
      },
    },
    spec: { type: 'service', lifecycle: 'production', owner: team },
    relations: [{ type: 'ownedBy', targetRef: `group:default/${team}` }],
  };
}

export const ENTITIES: Entity[] = [
  component('shop', 'team-shop'),
  component('payments', 'team-payments'),
];

export function namespace(name: string, owners?: string): Namespace {
  return {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: {
      name,
      ...(owners ? { annotations: { 'idp.networking/owners': owners } } : {}),
    },
    status: { phase: 'Active' },
  };
}

export function service(name: string, inNamespace = name): Service {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: {
      name,
      namespace: inNamespace,
      labels: { 'backstage.io/kubernetes-id': inNamespace },
    },
    spec: {
      type: 'ClusterIP',
      clusterIP: '127.77.0.10',
      selector: { app: name },
      ports: [{ name: 'http', port: 8080, protocol: 'TCP' }],
    },
  };
}

/** One ready endpoint of a Service. */
export function endpoints(name: string, inNamespace = name): EndpointSlice {
  return {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: {
      name: `${name}-1`,
      namespace: inNamespace,
      labels: { 'kubernetes.io/service-name': name },
    },
    addressType: 'IPv4',
    endpoints: [{ addresses: ['192.0.2.1'], conditions: { ready: true } }],
    ports: [{ name: 'http', port: 8080, protocol: 'TCP' }],
  };
}

const good = (type: string) => ({
  type,
  status: 'True',
  reason: type,
  message: '',
  observedGeneration: 1,
});

export function gateway(): Gateway {
  const listeners = [
    { name: 'http', port: 30080, protocol: 'HTTP' },
    {
      name: 'https',
      port: 30443,
      protocol: 'HTTPS',
      tls: {
        mode: 'Terminate',
        certificateRefs: [{ name: 'idp-wildcard-cert' }],
      },
    },
  ].map(listener => ({
    ...listener,
    hostname: `*.${SUFFIX}`,
    allowedRoutes: { namespaces: { from: 'All' } },
  }));
  return {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'Gateway',
    metadata: { name: 'idp-gateway', namespace: 'kube-system', generation: 1 },
    spec: { gatewayClassName: 'local-traefik', listeners },
    status: {
      addresses: [{ type: 'IPAddress', value: '127.0.0.1' }],
      conditions: [good('Accepted'), good('Programmed')],
      listeners: listeners.map(({ name }) => ({
        name,
        attachedRoutes: 0,
        supportedKinds: [
          { group: 'gateway.networking.k8s.io', kind: 'HTTPRoute' },
        ],
        conditions: [
          good('Accepted'),
          good('ResolvedRefs'),
          good('Programmed'),
        ],
      })),
    },
  };
}

function gatewayClass(): GatewayClass {
  return {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'GatewayClass',
    metadata: { name: 'local-traefik' },
    spec: { controllerName: CONTROLLER },
    status: { conditions: [good('Accepted')] },
  };
}

/** A route that somebody made by hand. */
export function route(
  name: string,
  options: {
    namespace?: string;
    host?: string;
    labels?: Record<string, string>;
    annotations?: Record<string, string>;
    backend?: string;
  } = {},
): HttpRoute {
  const { host = `${name}.${SUFFIX}`, labels, annotations } = options;
  const inNamespace = options.namespace ?? 'shop';
  return {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    metadata: {
      name,
      namespace: inNamespace,
      ...(labels ? { labels } : {}),
      ...(annotations ? { annotations } : {}),
    },
    spec: {
      parentRefs: [
        {
          group: 'gateway.networking.k8s.io',
          kind: 'Gateway',
          namespace: 'kube-system',
          name: 'idp-gateway',
          sectionName: 'https',
        },
      ],
      hostnames: [host],
      rules: [
        {
          matches: [{ path: { type: 'PathPrefix', value: '/' } }],
          backendRefs: [
            {
              group: '',
              kind: 'Service',
              name: options.backend ?? inNamespace,
              port: 8080,
              weight: 1,
            },
          ],
        },
      ],
    },
  };
}

/** Says of a route what a controller that accepts it says. */
export function accepted(object: HttpRoute): HttpRoute {
  const { generation = 1 } = object.metadata;
  return {
    ...object,
    status: {
      parents: [
        {
          parentRef: object.spec?.parentRefs?.[0],
          controllerName: CONTROLLER,
          conditions: ['Accepted', 'ResolvedRefs'].map(type => ({
            ...good(type),
            observedGeneration: generation,
          })),
        },
      ],
    },
  };
}

const base64 = (text: string) => Buffer.from(text).toString('base64');

/** A Certificate with the request behind its current revision. */
export function issued(options: {
  name: string;
  namespace: string;
  secretName: string;
  issuer: string;
  certificate: TestCertificate;
  ca: TestCertificate;
  dnsNames?: string[];
}): KubernetesObject[] {
  const { name, secretName, issuer, certificate, ca, dnsNames } = options;
  const uid = `uid-of-${name}`;
  const certificateObject: Certificate = {
    apiVersion: 'cert-manager.io/v1',
    kind: 'Certificate',
    metadata: { name, namespace: options.namespace, uid, generation: 1 },
    spec: {
      secretName,
      ...(dnsNames ? { dnsNames } : { isCA: true }),
      issuerRef: {
        name: issuer,
        kind: 'ClusterIssuer',
        group: 'cert-manager.io',
      },
    },
    status: { revision: 1, conditions: [good('Ready')] },
  };
  const request: CertificateRequest = {
    apiVersion: 'cert-manager.io/v1',
    kind: 'CertificateRequest',
    metadata: {
      name: `${name}-1`,
      namespace: options.namespace,
      annotations: {
        'cert-manager.io/certificate-name': name,
        'cert-manager.io/certificate-revision': '1',
      },
      ownerReferences: [
        { apiVersion: 'cert-manager.io/v1', kind: 'Certificate', name, uid },
      ],
    },
    status: { certificate: base64(certificate.cert), ca: base64(ca.cert) },
  };
  return [certificateObject, request];
}

function clusterIssuer(name: string, spec: Issuer['spec']): Issuer {
  return {
    apiVersion: 'cert-manager.io/v1',
    kind: 'ClusterIssuer',
    metadata: { name },
    spec,
    status: { conditions: [good('Ready')] },
  };
}

/** The certificates of a world, and the objects that tell of them. */
export interface WorldCertificates {
  ca: TestCertificate;
  wildcard: TestCertificate;
  objects: KubernetesObject[];
}

export async function worldCertificates(
  options: { signingCa?: TestCertificate } = {},
): Promise<WorldCertificates> {
  const ca = await makeCertificate({ name: 'idp-demo-ca', isCa: true });
  const dnsNames = [`*.${SUFFIX}`, SUFFIX];
  const wildcard = await makeCertificate({
    name: 'idp-wildcard',
    dnsNames,
    issuer: ca,
  });
  const signing = options.signingCa ?? ca;
  return {
    ca,
    wildcard,
    objects: [
      clusterIssuer('self-signed-issuer', { selfSigned: {} }),
      clusterIssuer('idp-demo-ca', {
        ca: { secretName: 'idp-demo-ca-secret' },
      }),
      ...issued({
        name: 'idp-demo-ca',
        namespace: 'cert-manager',
        secretName: 'idp-demo-ca-secret',
        issuer: 'self-signed-issuer',
        certificate: signing,
        ca: signing,
      }),
      ...issued({
        name: 'idp-wildcard-cert',
        namespace: 'kube-system',
        secretName: 'idp-wildcard-cert',
        issuer: 'idp-demo-ca',
        certificate: wildcard,
        ca,
        dnsNames,
      }),
    ],
  };
}

/** A cluster with a gateway and the namespaces of two teams. */
export function clusterObjects(): KubernetesObject[] {
  return [
    namespace('kube-system'),
    namespace('shop', 'group:default/team-shop'),
    namespace('payments', 'group:default/team-payments'),
    gatewayClass(),
    gateway(),
    service('shop'),
    endpoints('shop'),
    service('payments'),
    endpoints('payments'),
  ];
}

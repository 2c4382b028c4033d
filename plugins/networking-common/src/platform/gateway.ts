import { GATEWAY_GROUP } from '../gateway-api/parents';
import { isCiliumController } from '../settings/definitions';
import type { ClusterSettings } from '../settings/types';
import { GATEWAY_API, rendered, type RenderedObject } from './objects';

/** Name of the redirect route, in the Gateway's namespace. */
export const REDIRECT_NAME = 'http-to-https-redirect';

const CILIUM_GROUP = 'cilium.io';
const CILIUM_PARAMETERS_KIND = 'CiliumGatewayClassConfig';

/** The GatewayClass, after its parameters where its controller is Cilium's, which alone takes these. */
export function renderGatewayClass(
  settings: ClusterSettings,
): RenderedObject[] {
  const { controller, namespace, parameters } = settings.gateway;
  const name = isCiliumController(controller) ? parameters : undefined;
  const gatewayClass = rendered(
    GATEWAY_API,
    'GatewayClass',
    settings.gateway.class,
    undefined,
    {
      controllerName: controller,
      ...(name && {
        parametersRef: {
          group: CILIUM_GROUP,
          kind: CILIUM_PARAMETERS_KIND,
          name,
          namespace,
        },
      }),
    },
  );
  if (!name) return [gatewayClass];
  return [
    rendered(
      `${CILIUM_GROUP}/v2alpha1`,
      CILIUM_PARAMETERS_KIND,
      name,
      namespace,
      { service: { type: 'NodePort' } },
    ),
    gatewayClass,
  ];
}

/** Every namespace has its own name as this label, written by the API server. */
const namespacesFrom = (allowed: 'All' | readonly string[]) =>
  allowed === 'All'
    ? { from: 'All' }
    : {
        from: 'Selector',
        selector: {
          matchExpressions: [
            {
              key: 'kubernetes.io/metadata.name',
              operator: 'In',
              values: [...new Set(allowed)],
            },
          ],
        },
      };

/** The Gateway with its two listeners for every host of the suffix. */
export function renderGateway(
  settings: ClusterSettings,
  dnsSuffix: string,
): RenderedObject {
  const { gateway, certificates } = settings;
  const hostname = `*.${dnsSuffix}`;
  const allowed = gateway.allowedNamespaces;
  return rendered(GATEWAY_API, 'Gateway', gateway.name, gateway.namespace, {
    gatewayClassName: gateway.class,
    listeners: [
      {
        name: gateway.httpSection,
        hostname,
        port: gateway.httpPort,
        protocol: 'HTTP',
        allowedRoutes: {
          // The redirect lies beside the Gateway and has to attach here, whoever else may.
          namespaces: namespacesFrom(
            allowed === 'All' ? allowed : [gateway.namespace, ...allowed],
          ),
        },
      },
      {
        name: gateway.httpsSection,
        hostname,
        port: gateway.httpsPort,
        protocol: 'HTTPS',
        tls: {
          mode: 'Terminate',
          certificateRefs: [
            { group: '', kind: 'Secret', name: certificates.wildcardSecret },
          ],
        },
        allowedRoutes: { namespaces: namespacesFrom(allowed) },
      },
    ],
  });
}

/**
 * Sends every request in clear to HTTPS. A redirect that names no port leads to 443 (`HTTPRequestRedirectFilter.port`
 * in the Gateway API specification), so any other public port is named.
 */
export function renderRedirect(
  settings: ClusterSettings,
  dnsSuffix: string,
): RenderedObject {
  const { gateway, network } = settings;
  return rendered(GATEWAY_API, 'HTTPRoute', REDIRECT_NAME, gateway.namespace, {
    parentRefs: [
      {
        group: GATEWAY_GROUP,
        kind: 'Gateway',
        namespace: gateway.namespace,
        name: gateway.name,
        sectionName: gateway.httpSection,
      },
    ],
    hostnames: [`*.${dnsSuffix}`],
    rules: [
      {
        matches: [{ path: { type: 'PathPrefix', value: '/' } }],
        filters: [
          {
            type: 'RequestRedirect',
            requestRedirect: {
              scheme: 'https',
              statusCode: 301,
              ...(network.publicHttpsPort !== 443 && {
                port: network.publicHttpsPort,
              }),
            },
          },
        ],
      },
    ],
  });
}

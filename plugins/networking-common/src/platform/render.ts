import { InputError } from '@backstage/errors';
import type { KubernetesObject } from '../gateway-api/types';
import type { ClusterSettings } from '../settings/types';
import { renderCertificates } from './certificates';
import { renderGateway, renderGatewayClass, renderRedirect } from './gateway';

/**
 * The platform's own objects, in the order in which they are applied: GatewayClass (with its parameters for Cilium),
 * issuers and certificates, Gateway, redirect. Namespaces are not among them.
 *
 * @throws InputError where the DNS suffix is not known.
 * @public
 */
export function renderPlatform(settings: ClusterSettings): KubernetesObject[] {
  const { dnsSuffix } = settings.network;
  if (dnsSuffix === undefined) {
    throw new InputError(
      `The platform of cluster ${settings.cluster} cannot be rendered: its DNS suffix is not known. Set dns_suffix or lan_ip in [network] of config.toml.`,
    );
  }
  return [
    ...renderGatewayClass(settings),
    ...renderCertificates(settings, dnsSuffix),
    renderGateway(settings, dnsSuffix),
    renderRedirect(settings, dnsSuffix),
  ];
}

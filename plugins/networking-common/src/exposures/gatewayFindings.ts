import { attachments } from '../gateway-api/attachments';
import { intersectHostname, normalizeHostname } from '../gateway-api/hostname';
import { objectsOf } from '../gateway-api/lenient';
import type { Snapshot } from '../gateway-api/snapshot';
import type { HttpRoute } from '../gateway-api/types';
import type { ClusterSettings } from '../settings/types';
import type { Finding } from '../verdicts/types';

/** What keeps the gateway of the settings from serving anything under the DNS suffix of the settings. */
export function gatewayFindings(
  snapshot: Snapshot,
  settings: ClusterSettings,
): Finding[] {
  const { cluster } = snapshot;
  const { name, namespace, httpsSection } = settings.gateway;
  const { dnsSuffix } = settings.network;
  const path = `${namespace}/${name}`;
  const refuse = (
    reason: string,
    message: string,
    remedy: string,
    field: string,
  ): Finding => ({
    reason,
    severity: 'blocking',
    message,
    remedy,
    subject: { kind: 'Gateway', name, namespace, cluster, field },
  });
  const suffixUnknown =
    dnsSuffix === undefined || dnsSuffix === ''
      ? [
          refuse(
            'DnsSuffixUnknown',
            `No hostname can be given on cluster ${cluster}: its DNS suffix is not known.`,
            'Ask a platform admin to set network.lan_ip or network.dns_suffix.',
            'network.dns_suffix',
          ),
        ]
      : [];
  const gateway = snapshot.get('Gateway', namespace, name);
  if (!gateway) {
    return [
      ...suffixUnknown,
      refuse(
        'GatewayMissing',
        `No request would be answered: Gateway ${path} does not exist on cluster ${cluster}.`,
        `Ask a platform admin to create Gateway ${path}, or to set gateway.name and gateway.namespace.`,
        'gateway.name',
      ),
    ];
  }
  const listener = objectsOf(gateway.spec?.listeners).find(
    candidate => candidate.name === httpsSection,
  );
  if (listener?.protocol !== 'HTTPS') {
    return [
      ...suffixUnknown,
      refuse(
        'ListenerMissing',
        listener
          ? `Requests would travel in clear text: listener ${httpsSection} of Gateway ${path} is not an HTTPS listener.`
          : `No request would be answered: Gateway ${path} has no listener ${httpsSection}.`,
        `Ask a platform admin to add HTTPS listener ${httpsSection} to Gateway ${path}, or to set gateway.https_section.`,
        'gateway.https_section',
      ),
    ];
  }
  if (suffixUnknown.length > 0) return suffixUnknown;
  const ours = `*.${dnsSuffix}`.toLowerCase();
  if (intersectHostname(listener.hostname, ours) === ours) return [];
  return [
    refuse(
      'DnsSuffixMismatch',
      `No request would be answered: the settings say hosts end in ${dnsSuffix}, and listener ${httpsSection} of Gateway ${path} serves ${normalizeHostname(
        listener.hostname,
      )}.`,
      'Ask a platform admin to set network.dns_suffix to what the listener serves, or to apply the platform anew.',
      'network.dns_suffix',
    ),
  ];
}

/** Why the gateway's HTTPS listener would not take a route, where its own settings are in order. */
export function attachmentFindings(
  desired: HttpRoute,
  snapshot: Snapshot,
): Finding[] {
  const { namespace = '' } = desired.metadata;
  return attachments(desired, snapshot).flatMap(
    ({ parentRef, listener, refusal }): Finding[] => {
      if (!refusal || !listener) return [];
      const isNamespace = refusal.reason === 'ListenerRefusesNamespace';
      return [
        {
          reason: refusal.reason,
          severity: 'blocking',
          message: `No request would be answered. ${refusal.message}`,
          remedy: isNamespace
            ? `Ask a platform admin to let listener ${listener.name} of Gateway ${parentRef.namespace}/${parentRef.name} take routes from namespace ${namespace}, or choose a Service in a namespace that it takes.`
            : `Ask a platform admin to correct listener ${listener.name} of Gateway ${parentRef.namespace}/${parentRef.name}.`,
          subject: {
            kind: 'Gateway',
            name: parentRef.name,
            namespace: parentRef.namespace,
            cluster: snapshot.cluster,
            field: 'namespace',
          },
        },
      ];
    },
  );
}

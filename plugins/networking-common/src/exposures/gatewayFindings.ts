import { blocking } from '../findings/blocking';
import { findingsOf } from '../findings/declare';
import type { Finding } from '../findings/types';
import { attachments } from '../gateway-api/attachments';
import { intersectHostname, normalizeHostname } from '../gateway-api/hostname';
import { objectsOf } from '../gateway-api/lenient';
import type { Snapshot } from '../gateway-api/snapshot';
import type { HttpRoute } from '../gateway-api/types';
import { GATEWAY_SENTENCES } from '../sentences/gateway';
import { SETTING_SENTENCES } from '../sentences/settings';
import type { SETTING_REASONS } from '../settings/settingReasons';
import type { ClusterSettings } from '../settings/types';
import type { GATEWAY_REASONS } from './gatewayReasons';

const found = findingsOf<typeof GATEWAY_REASONS>(GATEWAY_SENTENCES);
const suffixFound = findingsOf<typeof SETTING_REASONS>(SETTING_SENTENCES);

/** What keeps the gateway of the settings from serving anything under the DNS suffix of the settings. */
export function gatewayFindings(
  snapshot: Snapshot,
  settings: ClusterSettings,
): Finding[] {
  const { cluster } = snapshot;
  const { name, namespace, httpsSection } = settings.gateway;
  const { dnsSuffix } = settings.network;
  const title = { kind: 'Gateway', namespace, name };
  const shared = (field: string) =>
    ({
      actor: { is: 'platform' },
      subject: { ...title, cluster, field },
    } as const);
  const suffixUnknown =
    dnsSuffix === undefined || dnsSuffix === ''
      ? [
          blocking(
            suffixFound('DnsSuffixUnknown', {
              params: { cluster, isFor: 'developer' },
              ...shared('network.dns_suffix'),
            }),
          ),
        ]
      : [];
  const gateway = snapshot.get('Gateway', namespace, name);
  if (!gateway) {
    return [
      ...suffixUnknown,
      blocking(
        found('GatewayMissing', {
          params: { cluster, gateway: title },
          ...shared('gateway.name'),
        }),
      ),
    ];
  }
  const listener = objectsOf(gateway.spec?.listeners).find(
    candidate => candidate.name === httpsSection,
  );
  if (listener?.protocol !== 'HTTPS') {
    return [
      ...suffixUnknown,
      blocking(
        found('ListenerMissing', {
          params: {
            gateway: title,
            listener: httpsSection,
            isInClear: listener !== undefined,
          },
          ...shared('gateway.https_section'),
        }),
      ),
    ];
  }
  if (dnsSuffix === undefined || suffixUnknown.length > 0) return suffixUnknown;
  const ours = `*.${dnsSuffix}`.toLowerCase();
  if (intersectHostname(listener.hostname, ours) === ours) return [];
  return [
    blocking(
      found('DnsSuffixMismatch', {
        params: {
          gateway: title,
          listener: httpsSection,
          dnsSuffix,
          hostname: normalizeHostname(listener.hostname),
        },
        ...shared('network.dns_suffix'),
      }),
    ),
  ];
}

/** Why the gateway's HTTPS listener would not take a route, where its own settings are in order. */
export function attachmentFindings(
  desired: HttpRoute,
  snapshot: Snapshot,
): Finding[] {
  const { cluster } = snapshot;
  const { namespace = '' } = desired.metadata;
  return attachments(desired, snapshot).flatMap(
    ({ parentRef, listener, refusal }): Finding[] => {
      if (!refusal || !listener) return [];
      const gateway = {
        kind: 'Gateway',
        namespace: parentRef.namespace,
        name: parentRef.name,
      };
      const of = { gateway, listener: listener.name };
      const shared = {
        actor: { is: 'platform' },
        subject: { ...gateway, cluster, field: 'namespace' },
      } as const;
      switch (refusal.reason) {
        case 'ListenerRefusesNamespace':
        case 'NotKnown':
          return [
            blocking(
              found(refusal.reason, {
                params: { ...of, namespace },
                ...shared,
              }),
            ),
          ];
        case 'NoMatchingListenerHostname':
          return [
            blocking(
              found(refusal.reason, {
                params: {
                  ...of,
                  hostname: normalizeHostname(listener.hostname),
                },
                ...shared,
              }),
            ),
          ];
        default:
          return [
            blocking(
              found('ListenerRefusesKind', {
                params: { ...of, kind: desired.kind },
                ...shared,
              }),
            ),
          ];
      }
    },
  );
}

import {
  objectKey,
  tlsListeners,
  traceSecret,
  type Certificate,
  type CertificateTrace,
  type ObjectRef,
} from 'backstage-plugin-networking-common';
import type { ReadCluster } from '../services';

/** A Certificate that fills a Secret which a listener names, or that of a CA which signs such. */
export interface UsedCertificate {
  role: 'served' | 'ca';
  certificate: Certificate;
  trace: CertificateTrace;
}

/** How many CAs above each other are followed. */
const MAX_DEPTH = 8;

/**
 * The Certificates behind the listeners of all Gateways and ListenerSets and those of the CAs behind them, by
 * `namespace/name`. One that is both is `served`.
 */
export function usedCertificates({
  snapshot,
  settings,
}: Pick<ReadCluster, 'snapshot' | 'settings'>): ReadonlyMap<
  string,
  UsedCertificate
> {
  const found = new Map<string, UsedCertificate>();
  let role: UsedCertificate['role'] = 'served';
  let secrets: ObjectRef[] = tlsListeners(snapshot).flatMap(
    listener => listener.secrets,
  );
  for (let depth = 0; secrets.length > 0 && depth < MAX_DEPTH; depth++) {
    const above: ObjectRef[] = [];
    for (const secret of secrets) {
      const trace = traceSecret({ secret, snapshot, settings });
      const { certificate, caCertificate } = trace;
      if (!certificate) continue;
      const { namespace, name } = certificate.metadata;
      const key = objectKey(namespace, name);
      if (found.has(key)) continue;
      found.set(key, { role, certificate, trace });
      if (caCertificate?.spec?.secretName) {
        above.push({
          namespace: caCertificate.metadata.namespace ?? '',
          name: caCertificate.spec.secretName,
        });
      }
    }
    role = 'ca';
    secrets = above;
  }
  return found;
}

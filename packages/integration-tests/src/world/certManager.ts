import type {
  Certificate,
  CertificateRequest,
  Issuer,
  KubernetesObject,
} from 'backstage-plugin-networking-common';
import type { Admin } from './admin';
import { waitFor } from './waitFor';

const CERT_MANAGER = '/apis/cert-manager.io/v1';
const API_VERSION = 'cert-manager.io/v1';
const REVISION = 'cert-manager.io/certificate-revision';

/** Where a namespaced object lies. */
export interface Named {
  namespace: string;
  name: string;
}

const certificatePath = ({ namespace, name }: Named) =>
  `${CERT_MANAGER}/namespaces/${namespace}/certificates/${name}`;

/** What an administrator does to certificates with kubectl and cmctl, and what goes wrong with them. */
export function certManagerOf(admin: Admin) {
  const get = (at: Named) => admin.get<Certificate>(certificatePath(at));

  const apply = (path: string, object: KubernetesObject) =>
    admin.apply(path, object, {
      fieldManager: 'integration-test',
      force: true,
    });

  /** Requests of a Certificate, newest revision first. */
  const requests = async (at: Named): Promise<CertificateRequest[]> => {
    const revisionOf = ({ metadata }: CertificateRequest) =>
      Number(metadata.annotations?.[REVISION] ?? 0);
    return (
      await admin.list<CertificateRequest>(
        `${CERT_MANAGER}/namespaces/${at.namespace}/certificaterequests`,
      )
    )
      .filter(
        ({ metadata }) =>
          metadata.annotations?.['cert-manager.io/certificate-name'] ===
          at.name,
      )
      .sort((a, b) => revisionOf(b) - revisionOf(a));
  };

  return {
    get,
    requests,

    applyCertificate: (at: Named, spec: Record<string, unknown>) =>
      apply(certificatePath(at), {
        apiVersion: API_VERSION,
        kind: 'Certificate',
        metadata: at,
        spec,
      } as KubernetesObject),

    removeCertificate: (at: Named) => admin.remove(certificatePath(at)),

    applyClusterIssuer: (name: string, spec: Issuer['spec']) =>
      apply(`${CERT_MANAGER}/clusterissuers/${name}`, {
        apiVersion: API_VERSION,
        kind: 'ClusterIssuer',
        metadata: { name },
        spec,
      } as KubernetesObject),

    removeClusterIssuer: (name: string) =>
      admin.remove(`${CERT_MANAGER}/clusterissuers/${name}`),

    /** What `cmctl renew` does. */
    async renew(at: Named): Promise<void> {
      const certificate = await get(at);
      await admin.patch(`${certificatePath(at)}/status`, 'merge', {
        status: {
          conditions: [
            ...(certificate.status?.conditions ?? []).filter(
              ({ type }) => type !== 'Issuing',
            ),
            {
              type: 'Issuing',
              status: 'True',
              reason: 'ManuallyTriggered',
              message: 'Certificate re-issuance manually triggered',
              lastTransitionTime: new Date().toISOString(),
              observedGeneration: certificate.metadata.generation,
            },
          ],
        },
      });
    },

    /** As if its issuance had begun so many milliseconds ago, which cert-manager leaves as it is. */
    async backdateIssuance(at: Named, ms: number): Promise<void> {
      const { status } = await get(at);
      await admin.patch(`${certificatePath(at)}/status`, 'merge', {
        status: {
          conditions: status?.conditions?.map(one =>
            one.type === 'Issuing'
              ? {
                  ...one,
                  lastTransitionTime: new Date(Date.now() - ms).toISOString(),
                }
              : one,
          ),
        },
      });
    },

    /** Resolves once the Certificate is Ready and of a later revision than the given one. */
    issued: (at: Named, after = 0): Promise<Certificate> =>
      waitFor(`Certificate ${at.name} to be issued`, async () => {
        const certificate = await get(at);
        const { revision = 0, conditions } = certificate.status ?? {};
        const isReady = conditions?.some(
          ({ type, status }) => type === 'Ready' && status === 'True',
        );
        if (isReady && revision > after) return certificate;
        throw new Error(
          `revision ${revision}, ${JSON.stringify(conditions ?? [])}`,
        );
      }),

    /** Resolves once cert-manager has given up on an issuance. */
    failed: (at: Named): Promise<Certificate> =>
      waitFor(`Certificate ${at.name} to fail`, async () => {
        const certificate = await get(at);
        return certificate.status?.failedIssuanceAttempts
          ? certificate
          : undefined;
      }),

    async removeRequests(at: Named): Promise<void> {
      for (const { metadata } of await requests(at)) {
        await admin.remove(
          `${CERT_MANAGER}/namespaces/${at.namespace}/certificaterequests/${metadata.name}`,
        );
      }
    },

    /** Writes a TLS Secret by hand, as someone does who buys certificates. */
    applySecret: (at: Named, pair: { cert: string; key: string }) =>
      apply(`/api/v1/namespaces/${at.namespace}/secrets/${at.name}`, {
        apiVersion: 'v1',
        kind: 'Secret',
        metadata: at,
        type: 'kubernetes.io/tls',
        data: {
          'tls.crt': Buffer.from(pair.cert).toString('base64'),
          'tls.key': Buffer.from(pair.key).toString('base64'),
        },
      } as KubernetesObject),

    removeSecret: ({ namespace, name }: Named) =>
      admin.remove(`/api/v1/namespaces/${namespace}/secrets/${name}`),
  };
}

export type CertManager = ReturnType<typeof certManagerOf>;

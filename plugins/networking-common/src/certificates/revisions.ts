import { objectKey } from '../gateway-api/indexes';
import { objectsOf, textOf } from '../gateway-api/lenient';
import type { Snapshot } from '../gateway-api/snapshot';
import type { Certificate, CertificateRequest } from '../gateway-api/types';
import { revisionOf } from './status';

/**
 * What was issued for one revision of a Certificate, public certificates alone. PEM texts hold one each, unparsed and
 * unverified.
 * @public
 */
export interface IssuedRevision {
  revision: number;
  leafPem: string;
  /** What cert-manager gave with the leaf: first the certificate that signed it. */
  chainPem: string[];
}

/** A revision that was seen in the cluster before. @public */
export interface KeptRevision extends IssuedRevision {
  /** ISO 8601 time at which its request was last seen. */
  seenAt: string;
}

/** Revisions of a Certificate that were seen before, by its uid alone; none where nothing is kept. @public */
export type KeptRevisions = (uid: string) => readonly KeptRevision[];

const PEM = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

/** The certificates of a text, each as it stands there. */
export const pemBlocks = (text: string | undefined): string[] =>
  text?.match(PEM) ?? [];

/** The certificates of a base64 text that holds PEM, as Kubernetes gives byte fields; none where it is neither. */
function certificatesIn(base64: unknown): string[] {
  if (typeof base64 !== 'string') return [];
  try {
    return pemBlocks(atob(base64));
  } catch {
    return [];
  }
}

type Contents = Omit<IssuedRevision, 'revision'>;

/** Objects of a snapshot never change, and every read asks for the same ones. */
const decoded = new WeakMap<CertificateRequest, Partial<Contents>>();

/** What a request holds; nothing where it holds no certificate. */
export function contentsOf(request: CertificateRequest): Partial<Contents> {
  const known = decoded.get(request);
  if (known) return known;
  const [leafPem, ...rest] = certificatesIn(request.status?.certificate);
  const contents =
    leafPem === undefined
      ? {}
      : {
          leafPem,
          chainPem: [
            ...new Set([...rest, ...certificatesIn(request.status?.ca)]),
          ],
        };
  decoded.set(request, contents);
  return contents;
}

/**
 * What came of a request beside the certificate. `caOnlyPem`: of that what the Secret holds in `ca.crt` alone, so that no gateway
 * serves it.
 * @public
 */
export function issuedAbove(request: CertificateRequest | undefined): {
  chainPem: string[];
  caOnlyPem: string[];
} {
  const served = certificatesIn(request?.status?.certificate);
  const { chainPem = [] } = request ? contentsOf(request) : {};
  return {
    chainPem,
    caOnlyPem: chainPem.filter(pem => !served.includes(pem)),
  };
}

/** Requests of a Certificate that have been answered with a certificate; the newest first. */
function issuedRequests(
  snapshot: Snapshot,
  { metadata: { namespace, name, uid } }: Certificate,
): CertificateRequest[] {
  return snapshot
    .find('requestsByCertificate', objectKey(namespace, name))
    .filter(({ metadata, status }) => {
      const owners = objectsOf(metadata.ownerReferences);
      return (
        // A Certificate that was deleted and made again has the same name and other requests.
        (!uid || owners.length === 0 || owners.some(o => o.uid === uid)) &&
        textOf(status?.certificate) !== undefined
      );
    })
    .sort((a, b) =>
      String(b.metadata.creationTimestamp ?? '').localeCompare(
        String(a.metadata.creationTimestamp ?? ''),
      ),
    );
}

/**
 * The request that the current revision of a Certificate came from. A newer request may be on its way or have failed;
 * it is not what is in the Secret.
 */
export function currentRequest(
  snapshot: Snapshot,
  certificate: Certificate,
): CertificateRequest | undefined {
  const { revision } = certificate.status ?? {};
  if (typeof revision !== 'number') return undefined;
  return issuedRequests(snapshot, certificate).find(
    request => revisionOf(request) === revision,
  );
}

const keptOf = (certificate: Certificate, kept: KeptRevisions | undefined) => {
  const uid = textOf(certificate.metadata.uid);
  return uid === undefined ? [] : kept?.(uid) ?? [];
};

/**
 * What was issued for the current revision: by its request and, where that is gone, by what was kept of the same uid and
 * revision.
 */
export function currentIssue(
  snapshot: Snapshot,
  certificate: Certificate,
  kept: KeptRevisions | undefined,
): Partial<Contents> & { request?: CertificateRequest; keptAt?: string } {
  const request = currentRequest(snapshot, certificate);
  if (request) return { request, ...contentsOf(request) };
  const { revision } = certificate.status ?? {};
  const found = keptOf(certificate, kept).find(
    one => one.revision === revision,
  );
  if (!found) return {};
  const { leafPem, chainPem, seenAt } = found;
  return { leafPem, chainPem, keptAt: seenAt };
}

/** Revisions before the current one that are still known, newest first; the cluster's own word before what was kept. */
export function earlierIssues(
  snapshot: Snapshot,
  certificate: Certificate,
  kept: KeptRevisions | undefined,
): IssuedRevision[] {
  const { revision: current } = certificate.status ?? {};
  if (typeof current !== 'number') return [];
  const found = new Map<number, IssuedRevision>();
  for (const request of issuedRequests(snapshot, certificate)) {
    const revision = revisionOf(request);
    const { leafPem, chainPem = [] } = contentsOf(request);
    if (revision === undefined || leafPem === undefined) continue;
    if (!found.has(revision)) {
      found.set(revision, { revision, leafPem, chainPem });
    }
  }
  for (const { revision, leafPem, chainPem } of keptOf(certificate, kept)) {
    if (!found.has(revision)) {
      found.set(revision, { revision, leafPem, chainPem });
    }
  }
  return [...found.values()]
    .filter(({ revision }) => revision < current)
    .sort((a, b) => b.revision - a.revision);
}

/**
 * What is worth keeping of a Certificate: its current revision, where its request is there. Undefined where it is not, or
 * where the Certificate has no uid to find it by.
 * @public
 */
export function issuedRevision(
  snapshot: Snapshot,
  certificate: Certificate,
): (IssuedRevision & { uid: string }) | undefined {
  const uid = textOf(certificate.metadata.uid);
  const request = currentRequest(snapshot, certificate);
  const { leafPem, chainPem = [] } = request ? contentsOf(request) : {};
  const { revision } = certificate.status ?? {};
  if (uid === undefined || leafPem === undefined || revision === undefined) {
    return undefined;
  }
  return { uid, revision, leafPem, chainPem };
}

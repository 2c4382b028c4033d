import type { CaBundle } from '../platform/types';
import type { Finding } from '../verdicts/types';

/** Comma-separated SHA-256 fingerprints of the certificates in the body. @public */
export const CA_FINGERPRINT_HEADER = 'X-Networking-CA-Fingerprint-Sha256';
/** Findings about the CA: JSON in UTF-8, base64url. @public */
export const CA_FINDINGS_HEADER = 'X-Networking-CA-Findings';

/** Reads the answer of `GET /v1/ca`: JSON, or PEM with what is known about it in headers. */
export async function caBundleFrom(response: Response): Promise<CaBundle> {
  if (response.headers.get('Content-Type')?.includes('json')) {
    return response.json();
  }
  const fingerprints = response.headers.get(CA_FINGERPRINT_HEADER) ?? '';
  return {
    pem: await response.text(),
    fingerprintsSha256: fingerprints
      .split(',')
      .map(fingerprint => fingerprint.trim())
      .filter(fingerprint => fingerprint !== ''),
    findings: findingsFrom(response.headers.get(CA_FINDINGS_HEADER)),
  };
}

/** A header that cannot be read says nothing; the certificate beside it is still good to use. */
function findingsFrom(header: string | null): Finding[] {
  if (!header) return [];
  try {
    const binary = atob(header.replace(/-/g, '+').replace(/_/g, '/'));
    const bytes = Uint8Array.from(binary, char => char.charCodeAt(0));
    const findings: unknown = JSON.parse(new TextDecoder().decode(bytes));
    return Array.isArray(findings) ? findings : [];
  } catch {
    return [];
  }
}

import type { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import * as tls from 'node:tls';
import { parseCertificates } from './x509';

/** The CAs that this machine trusts. */
export interface Roots {
  /** Those that may have signed one of these certificates, by name, or are one of them. */
  of(certificates: readonly X509Certificate[]): X509Certificate[];
}

/** Over PEM texts, which are read when they are first asked for. */
export function createRoots(read: () => readonly string[]): Roots {
  let bySubject: Map<string, X509Certificate[]> | undefined;
  const index = () => {
    const found = new Map<string, X509Certificate[]>();
    const seen = new Set<string>();
    for (const root of parseCertificates(read().join('\n'))) {
      if (seen.has(root.fingerprint256)) continue;
      seen.add(root.fingerprint256);
      found.set(root.subject, [...(found.get(root.subject) ?? []), root]);
    }
    return found;
  };
  return {
    of(certificates) {
      bySubject ??= index();
      const names = new Set(
        certificates.flatMap(({ subject, issuer }) => [subject, issuer]),
      );
      return [...names].flatMap(name => bySubject?.get(name) ?? []);
    },
  };
}

let publicRoots: ReadonlySet<string> | undefined;

/** Is this one of the CAs that Node carries, which are Mozilla's? */
export function isPublicRoot({ fingerprint256 }: X509Certificate): boolean {
  publicRoots ??= new Set(
    parseCertificates(tls.rootCertificates.join('\n')).map(
      root => root.fingerprint256,
    ),
  );
  return publicRoots.has(fingerprint256);
}

/**
 * What Node carries, what the operating system trusts (Node 22.15 and later tell),
 * and what NODE_EXTRA_CA_CERTS adds. Read once: a change of them needs a restart.
 */
export function systemRootsPem(): readonly string[] {
  const { getCACertificates } = tls as Partial<typeof tls>;
  const optional = (type: 'system' | 'extra') => {
    try {
      return getCACertificates?.(type) ?? [];
    } catch {
      return [];
    }
  };
  return [
    ...tls.rootCertificates,
    ...optional('system'),
    ...(getCACertificates ? optional('extra') : extraCertificates()),
  ];
}

function extraCertificates(): string[] {
  const path = process.env.NODE_EXTRA_CA_CERTS;
  if (!path) return [];
  try {
    return [readFileSync(path, 'utf8')];
  } catch {
    // Node has said so at its start.
    return [];
  }
}

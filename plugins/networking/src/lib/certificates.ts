import {
  commonName,
  type CertificateFacts,
  type CertificateRow,
  type CertificateSummary,
  type ListenerRef,
} from 'backstage-plugin-networking-common';
import type { Translate } from '../translation';
import { tlsHealth } from './health';
import { qualified } from './names';

/** `local/served/kube-system/idp-wildcard-tls`: stable key of a row, which addresses may hold. */
export const certificateKey = ({
  cluster,
  role,
  secret,
}: Pick<CertificateRow, 'cluster' | 'role' | 'secret'>): string =>
  [cluster, role, secret.namespace, secret.name].join('/');

/** `Certificate kube-system/idp-wildcard-cert`, or the Secret where no Certificate fills it. */
export function certificateTitle(
  t: Translate,
  { facts: { certificate, secret } }: CertificateRow,
): string {
  if (certificate) {
    return t('certificates.title', { name: qualified(certificate) });
  }
  return secret.name
    ? t('certificates.secret', { name: qualified(secret) })
    : t('certificates.untitled');
}

/** The hosts that it is for, a CA's own name; where neither is known, what it is called otherwise. */
export function certificateNames(t: Translate, row: CertificateRow): string[] {
  const { leaf, certificate } = row.facts;
  const names = leaf?.dnsNames ?? certificate?.dnsNames ?? [];
  if (row.role === 'served' && names.length > 0) return names;
  return [leaf ? commonName(leaf.subject) : certificateTitle(t, row)];
}

/** Listeners by the object that holds them: `Gateway kube-system/idp-gateway: https`. */
export function placesOf(listeners: readonly ListenerRef[]): string[] {
  const sections = new Map<string, string[]>();
  for (const { kind, namespace, name, section } of listeners) {
    const holder = `${kind} ${namespace}/${name}`;
    sections.set(holder, [...(sections.get(holder) ?? []), section]);
  }
  return [...sections].map(
    ([holder, names]) => `${holder}: ${names.join(', ')}`,
  );
}

/** Who signed it, from the issuer up: `ClusterIssuer idp-demo-ca`, `CA idp-demo-ca`. */
export function issuersOf({ issuer, chain, signer, leaf }: CertificateFacts): {
  issuer?: string;
  authorities: string[];
} {
  const above = [...(chain ?? []), ...(signer ? [signer] : [])].filter(
    known => known.fingerprintSha256 !== leaf?.fingerprintSha256,
  );
  const names = above.map(({ subject }: CertificateSummary) =>
    commonName(subject),
  );
  return {
    ...(issuer && { issuer: `${issuer.kind} ${qualified(issuer)}` }),
    authorities: [
      ...new Set(names.length > 0 || !leaf ? names : [commonName(leaf.issuer)]),
    ],
  };
}

/** Entities that hang on it, each once. */
export const entitiesOf = ({ hosts }: CertificateRow): string[] => [
  ...new Set(hosts.flatMap(({ entities }) => entities)),
];

/** What is asked of the list; undefined and empty narrow nothing. */
export interface CertificateFilter {
  search?: string;
  health?: string;
  role?: string;
  cluster?: string;
}

/** Rows that a filter leaves, in their order. The search is a case-insensitive part of a name, host, entity, issuer or listener. */
export function findCertificates(
  t: Translate,
  rows: readonly CertificateRow[],
  filter: CertificateFilter,
): CertificateRow[] {
  const wanted = filter.search?.trim().toLocaleLowerCase('en') ?? '';
  return rows.filter(row => {
    if (filter.health && tlsHealth(row.word) !== filter.health) return false;
    if (filter.role && row.role !== filter.role) return false;
    if (filter.cluster && row.cluster !== filter.cluster) return false;
    if (!wanted) return true;
    const { issuer, authorities } = issuersOf(row.facts);
    return [
      ...certificateNames(t, row),
      certificateTitle(t, row),
      qualified(row.secret),
      ...placesOf(row.listeners),
      ...row.hosts.map(({ host }) => host),
      ...entitiesOf(row),
      issuer ?? '',
      ...authorities,
      row.finding.reason,
    ].some(text => text.toLocaleLowerCase('en').includes(wanted));
  });
}

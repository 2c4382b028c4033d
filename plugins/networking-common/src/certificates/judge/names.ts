import { outcome } from '../../findings/outcome';
import { VERDICT_REASONS as REASON } from '../../findings/reasons';
import { commonName } from '../names';
import type { CertificateSummary } from '../types';
import type { CertificateCheck, CertificateInput } from './types';

const addressesOf = (leaf: CertificateSummary | undefined): string[] =>
  (leaf?.otherNames ?? []).flatMap(name =>
    name.startsWith('IP:') ? [name.slice('IP:'.length)] : [],
  );

/**
 * `it names no host; …`: what a certificate without any DNS name is for. A common name counts for no browser (RFC 9525,
 * section 2; Chromium since 58, Firefox since 48).
 */
export function namesNobody({
  facts,
  leaf,
}: Pick<CertificateInput, 'facts' | 'leaf'>): string {
  const addresses = addressesOf(leaf);
  const name = leaf
    ? /(?:^|[,/\n])\s*CN\s*=/.test(leaf.subject) && commonName(leaf.subject)
    : facts.certificate?.commonName;
  const parts = [
    addresses.length > 0
      ? `it is for ${addresses.join(', ')} alone and names no host`
      : 'it names no host',
    ...(name ? [`browsers do not read its common name, ${name}`] : []),
  ];
  return parts.join('; ');
}

/**
 * How it comes to name a host, as an imperative, by who decides on its names.
 *
 * @param name - to be added
 * @param tool - that keeps the Certificate as a source elsewhere says, such as `Argo CD`
 */
export function nameTodo(
  { facts, title }: Pick<CertificateInput, 'facts' | 'title'>,
  name: string,
  tool?: string,
): string {
  const { certificate, secret } = facts;
  if (!certificate) {
    return `put a certificate into Secret ${secret.namespace}/${secret.name} that has ${name} among its subject alternative names`;
  }
  const { owner, namespace } = certificate;
  if (owner) {
    return `name ${name} in ${owner.kind} ${namespace}/${owner.name}, by which ${title} is made`;
  }
  return `add ${name} to spec.dnsNames of ${title}${
    tool === undefined ? '' : `, where ${tool} takes it from`
  }`;
}

/** Whatever host it is for: is there any? A CA has none. */
export const namesAHost: CertificateCheck = input => {
  const { leaf, role, subject, todo } = input;
  if (role === 'ca' || !leaf || leaf.dnsNames.length > 0) return undefined;
  const isForAddress = addressesOf(leaf).length > 0;
  return outcome(isForAddress ? 'Degraded' : 'Broken', 'listener', {
    reason: REASON.certificateNotForHost,
    message: `Browsers refuse this certificate for every host: ${namesNobody(
      input,
    )}.`,
    remedy: todo(nameTodo(input, 'its hosts')),
    subject,
    details: { fingerprintSha256: leaf.fingerprintSha256 },
  });
};

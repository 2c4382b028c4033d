import { findCondition } from '../gateway-api/conditions';
import { isRecord, textOf } from '../gateway-api/lenient';
import type { Snapshot } from '../gateway-api/snapshot';
import type { Issuer } from '../gateway-api/types';
import { certificatesOf } from './rivals';
import type { IssuerSecrets } from './types';

/** Fields of an issuer's spec that name a Secret (cert-manager API, `IssuerConfig`), without `spec.`. */
const FIELDS: readonly string[] = [
  'ca.secretName',
  'acme.privateKeySecretRef.name',
  'acme.externalAccountBinding.keySecretRef.name',
  'vault.auth.tokenSecretRef.name',
  'vault.auth.appRole.secretRef.name',
  'vault.auth.clientCertificate.secretName',
  'vault.auth.kubernetes.secretRef.name',
  'vault.caBundleSecretRef.name',
  'vault.clientCertSecretRef.name',
  'vault.clientKeySecretRef.name',
  'venafi.tpp.credentialsRef.name',
  'venafi.tpp.caBundleSecretRef.name',
  'venafi.cloud.apiTokenSecretRef.name',
  'venafi.ngts.credentialsRef.name',
];

function valueAt(spec: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>(
      (value, key) =>
        isRecord(value) && Object.hasOwn(value, key) ? value[key] : undefined,
      spec,
    );
}

/** Secrets of a namespace that hold a CA by the word of cert-manager, which issued it into them. */
function caSecretsOf(snapshot: Snapshot, namespace: string): string[] {
  const names = snapshot
    .list('Certificate', namespace)
    .filter(
      ({ spec, status }) =>
        spec?.isCA === true &&
        findCondition(status?.conditions, 'Ready')?.status === 'True',
    )
    .flatMap(({ spec }) => textOf(spec?.secretName) ?? []);
  return [...new Set(names)].sort();
}

/** Where an issuer looks for its Secrets, and for one that signs with a CA what else could be named. */
export function issuerSecrets(
  snapshot: Snapshot,
  issuer: Issuer,
  namespace: string,
): IssuerSecrets {
  const named = FIELDS.flatMap(path => {
    const name = textOf(valueAt(issuer.spec, path));
    return name === undefined ? [] : [{ field: `spec.${path}`, name }];
  });
  if (!isRecord(issuer.spec?.ca)) return { namespace, named };
  const [filledBy] = named.flatMap(({ name }) =>
    certificatesOf(snapshot, namespace, name),
  );
  return {
    namespace,
    named,
    withCa: caSecretsOf(snapshot, namespace).filter(name =>
      named.every(one => one.name !== name),
    ),
    ...(filledBy && { filledBy: { namespace, name: filledBy.metadata.name } }),
  };
}

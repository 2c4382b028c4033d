import { findCondition } from '../gateway-api/conditions';
import type { Condition } from '../gateway-api/types';
import type { IssuerSecrets, IssuerStatus } from './types';

/** `ClusterIssuer idp-demo-ca`, `Issuer shop/own`. */
export const issuerTitle = ({
  kind,
  name,
  namespace,
}: Pick<IssuerStatus, 'kind' | 'name' | 'namespace'>): string =>
  `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`;

/** Most names that a remedy gives as examples. */
const EXAMPLES = 3;

interface Broken {
  title: string;
  secrets: IssuerSecrets | undefined;
  ready: Condition | undefined;
}

const fieldNamed = (secrets: IssuerSecrets | undefined, field: string) =>
  secrets?.named.find(one => one.field === field)?.name;

/** ` of namespace a`, where that is known. */
const ofNamespace = (secrets: IssuerSecrets | undefined) =>
  secrets ? ` of namespace ${secrets.namespace}` : '';

function caRemedy({ title, secrets, ready }: Broken): string {
  const name = fieldNamed(secrets, 'spec.ca.secretName');
  const others = (secrets?.withCa ?? []).slice(0, EXAMPLES);
  const such = others.length > 0 ? `, such as ${others.join(' or ')}` : '';
  const change = `name in spec.ca.secretName of ${title} a Secret${ofNamespace(
    secrets,
  )} that holds the certificate of a CA and its key (tls.crt, tls.key)${such}`;
  if (name === undefined) return change;
  const place = `Secret ${secrets?.namespace}/${name}`;
  if (secrets?.filledBy && ready?.reason !== 'ErrInvalidKeyPair') {
    const { namespace, name: filler } = secrets.filledBy;
    return `find out why Certificate ${namespace}/${filler} is not issued into ${place}, which spec.ca.secretName of ${title} names`;
  }
  if (ready?.reason === 'ErrInvalidKeyPair') {
    return `${change}: the certificate in ${place} is none of a CA`;
  }
  return /not found/.test(ready?.message ?? '')
    ? `${change}, or put them into a new ${place}`
    : `${change}, or put them into ${place}`;
}

/** Of the Secrets that an issuer names, the one that cert-manager's message quotes, with its namespace or without. */
function secretInQuestion({ secrets, ready }: Broken) {
  const quotes = (ready?.message ?? '').match(/"[^"]*"|'[^']*'/g) ?? [];
  const said = quotes.map(quote => quote.slice(1, -1));
  return secrets?.named.find(
    ({ name }) =>
      said.includes(name) || said.includes(`${secrets.namespace}/${name}`),
  );
}

/** What belongs into the Secret that a field names. */
const CONTENTS: Readonly<Record<string, string>> = {
  'spec.acme.privateKeySecretRef.name':
    'the RSA key of the ACME account (tls.key)',
  'spec.acme.externalAccountBinding.keySecretRef.name':
    'the key that the ACME server gave for the external account binding',
  'spec.vault.auth.tokenSecretRef.name': 'a token of Vault',
  'spec.vault.auth.appRole.secretRef.name': 'the secret id of the AppRole',
  'spec.vault.auth.clientCertificate.secretName':
    'a client certificate that Vault takes and its key (tls.crt, tls.key)',
  'spec.vault.auth.kubernetes.secretRef.name': 'the token of a ServiceAccount',
  'spec.venafi.cloud.apiTokenSecretRef.name': 'an API key',
};

function secretRemedy(broken: Broken): string | undefined {
  const found = secretInQuestion(broken);
  if (!found) return undefined;
  const { title, secrets } = broken;
  const contents = CONTENTS[found.field] ?? 'what this field asks for';
  return `put ${contents} into Secret ${secrets?.namespace}/${found.name}, or name in ${found.field} of ${title} another Secret of that namespace that holds it`;
}

function acmeRemedy(broken: Broken): string {
  const { title, ready } = broken;
  switch (ready?.reason) {
    case 'InvalidConfig':
    case 'InvalidURL':
      return `name in spec.acme.server of ${title} the URL of an ACME server's directory`;
    case 'InvalidSolver':
      return `name in spec.acme.solvers of ${title} a solver that is set up in full`;
    default:
      return (
        secretRemedy(broken) ??
        `check that cert-manager reaches the ACME server in spec.acme.server of ${title}, and that the server takes spec.acme.email and the account key`
      );
  }
}

/**
 * What to do about an issuer of cert-manager that is not ready, as an imperative that begins small and ends without a full
 * stop: the field to change and what belongs there, by what signs behind it (cert-manager, `pkg/issuer/…/setup.go`).
 */
export function issuerRemedy(issuer: IssuerStatus): string {
  const title = issuerTitle(issuer);
  const { secrets } = issuer;
  const ready = findCondition(issuer.conditions, 'Ready');
  const broken = { title, secrets, ready };
  const place = secrets
    ? ` (its Secrets lie in namespace ${secrets.namespace})`
    : '';
  switch (issuer.type) {
    case 'CA':
      return caRemedy(broken);
    case 'ACME':
      return acmeRemedy(broken);
    case 'Vault':
      return (
        secretRemedy(broken) ??
        `name in ${title} under spec.vault a server that is unsealed, the path of its PKI role and one way of auth that it takes${place}`
      );
    case 'Venafi':
      return (
        secretRemedy(broken) ??
        `name in ${title} under spec.venafi a zone and a server that cert-manager reaches, with credentials that it takes${place}`
      );
    case 'selfSigned':
      return `check that cert-manager runs: ${title} needs no more than spec.selfSigned`;
    case 'unknown':
      return `name in the spec of ${title} what signs: ca, selfSigned, acme, vault or venafi`;
    default:
      return `change in ${title} what its message names`;
  }
}

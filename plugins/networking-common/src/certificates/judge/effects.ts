import { findCondition } from '../../gateway-api/conditions';
import type { CertificateInput } from './types';

/** Has the Secret gone, by the word of cert-manager, and is what was issued into it not seen served? */
export const isSecretGone = ({
  facts,
  served,
  isIssuedOne,
}: Pick<CertificateInput, 'facts' | 'served' | 'isIssuedOne'>): boolean =>
  facts.certificate?.revision !== undefined &&
  !(served?.leaf && isIssuedOne) &&
  findCondition(facts.certificate.conditions, 'Ready')?.reason ===
    'DoesNotExist';

/** To do where the gateway serves something else than what was issued last. */
export const findOutWhyNotServed = (
  input: Pick<CertificateInput, 'facts' | 'served' | 'isIssuedOne'>,
): string => {
  const { secret } = input.facts;
  const place = `Secret ${secret.namespace}/${secret.name}`;
  return isSecretGone(input)
    ? `find out why cert-manager does not make ${place}, which does not exist`
    : `find out why the gateway does not serve what is in ${place}`;
};

type Role = Pick<CertificateInput, 'role'>;
type Now = Role & Pick<CertificateInput, 'facts' | 'served' | 'isIssuedOne'>;

export const whatIsRefused = ({ role }: Role): string =>
  role === 'ca' ? 'what this CA has signed' : 'this certificate';

/** What happens to requests; of a CA, to those that meet what it has signed. */
export const refused = (input: Role): string =>
  `Browsers refuse ${whatIsRefused(input)}`;

export const notServed = ({ role }: Role): string =>
  role === 'ca' ? 'Nothing can be signed' : 'Connections fail';

export const forNow = (input: Now): string => {
  if (input.role === 'ca') {
    return 'What this CA has signed is trusted until the CA ends';
  }
  return isSecretGone(input)
    ? 'Browsers refuse what the gateway has in place of the certificate, whose Secret does not exist'
    : 'Browsers are answered until the certificate ends';
};

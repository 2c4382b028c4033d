import type { CertificateInput } from './types';

/** To do where the gateway serves something else than what was issued last. */
export const findOutWhyNotServed = ({
  facts: { secret },
}: Pick<CertificateInput, 'facts'>): string =>
  `find out why the gateway does not serve what is in Secret ${secret.namespace}/${secret.name}`;

type Role = Pick<CertificateInput, 'role'>;

/** What happens to requests; of a CA, to those that meet what it has signed. */
export const refused = ({ role }: Role): string =>
  role === 'ca'
    ? 'Browsers refuse what this CA has signed'
    : 'Browsers refuse this certificate';

export const notServed = ({ role }: Role): string =>
  role === 'ca' ? 'Nothing can be signed' : 'Connections fail';

export const forNow = ({ role }: Role): string =>
  role === 'ca'
    ? 'What this CA has signed is trusted until the CA ends'
    : 'Browsers are answered until the certificate ends';

import { InputError, NotFoundError } from '@backstage/errors';
import type { CaBundle } from 'backstage-plugin-networking-common';
import { audited } from '../audit';
import { readClusters, type CallContext, type Services } from '../services';
import { caBundleOf } from './caBundle';

/**
 * The CA certificates that a client needs, never a key. For any signed-in user:
 * the same certificates go to everyone who connects.
 */
export async function readCa(
  services: Services,
  requested: string | undefined,
  { request }: CallContext,
): Promise<CaBundle> {
  return audited(
    services.auditor,
    { eventId: 'ca-fetch', request, meta: { cluster: requested } },
    async () => {
      const { names } = services.clusters;
      if (requested === undefined && names.length > 1) {
        throw new InputError(
          `cluster is missing. Name one of: ${names.join(', ')}.`,
        );
      }
      const [read] = await readClusters(services, { only: requested });
      if (!read) {
        throw new NotFoundError(
          'No cluster is configured. Add one under kubernetes.clusterLocatorMethods.',
        );
      }
      const { cluster } = read.settings;
      const certificate = services.certificates.read(read);
      const bundle = certificate && caBundleOf(certificate, cluster);
      if (!bundle) {
        const why =
          certificate?.facts.unknown ??
          'Its gateway has no HTTPS listener that can be read.';
        throw new NotFoundError(
          `The CA of cluster ${cluster} is not known. ${why} Set certificates.ca_pem in config.toml.`,
        );
      }
      return bundle;
    },
  );
}

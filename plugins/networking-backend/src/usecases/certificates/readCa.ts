import { ConflictError, NotFoundError } from '@backstage/errors';
import {
  listenerKey,
  platformReadPermission,
  tlsListeners,
  type CaBundle,
  type ClusterSettings,
  type ListenerRef,
  type ProbeFacts,
} from 'backstage-plugin-networking-common';
import { isPublicRoot } from '../../io/certificates';
import type { Caller } from '../../io/catalog';
import { audited } from '../audit';
import { readableExposures } from '../exposures';
import {
  readClusters,
  type CallContext,
  type ReadCluster,
  type Services,
} from '../services';
import { caBundleOf, type Servable } from './caBundle';

/**
 * The CA certificates that a client needs, never a key. For any signed-in user:
 * the same certificates go to everyone who connects.
 */
export async function readCa(
  services: Services,
  requested: string | undefined,
  { caller, request }: CallContext,
): Promise<CaBundle> {
  return audited(
    services.auditor,
    { eventId: 'ca-fetch', request, meta: { cluster: requested } },
    async () => {
      const { names } = services.clusters;
      if (requested === undefined && names.length > 1) {
        throw new ConflictError(
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
      const { own, others } = servablesOf(services, read);
      const served = await servedIn(services, read);
      const isAdmin = await services.authorizer.may(
        platformReadPermission,
        caller,
      );
      const bundleFor = (mayName?: (host: string) => boolean) =>
        caBundleOf({
          cluster,
          servable: own,
          others,
          served,
          mayName,
          ...(!isAdmin && { owners: "the platform's admins" }),
          isPublic: isPublicRoot,
        });
      let bundle = bundleFor();
      if (bundle?.findings.some(({ reason }) => reason === 'ServedNotKnown')) {
        const hosts = await hostsReadableBy(services, read, caller);
        bundle = bundleFor(host => hosts.has(host));
      }
      if (!bundle) {
        throw new NotFoundError(
          `The CA of cluster ${cluster} is not known. ${whyNot(own)}`,
        );
      }
      return bundle;
    },
  );
}

const namedListener = ({ gateway }: ClusterSettings): ListenerRef => ({
  kind: 'Gateway',
  namespace: gateway.namespace,
  name: gateway.name,
  section: gateway.httpsSection,
});

/**
 * What the gateway's own listeners may serve, the one of the settings first, and
 * what others may. A listener that a team adds by a ListenerSet never tells
 * everybody what to trust.
 */
function servablesOf(
  services: Services,
  { snapshot, settings }: ReadCluster,
): { own: Servable[]; others: Servable[] } {
  const lookup = services.certificates.lookup({ snapshot, settings });
  const servable = (ref: ListenerRef): Servable[] =>
    lookup(ref).flatMap(facts => {
      const material = services.certificates.material(facts);
      return material ? [{ facts, material }] : [];
    });
  const named = namedListener(settings);
  const others = tlsListeners(snapshot)
    .map(({ ref }) => ref)
    .filter(ref => listenerKey(ref) !== listenerKey(named));
  const isOwn = ({ kind, namespace, name }: ListenerRef) =>
    kind === named.kind && namespace === named.namespace && name === named.name;
  return {
    own: [named, ...others.filter(isOwn)].flatMap(servable),
    others: others.filter(ref => !isOwn(ref)).flatMap(servable),
  };
}

/** What probes found at each host last; dials nothing. */
async function servedIn(
  services: Services,
  cluster: ReadCluster,
): Promise<ProbeFacts[]> {
  const exposures = await services.evaluatedRoutes.of(services, cluster);
  return [...exposures.values()].flatMap(({ hosts }) =>
    hosts.flatMap(({ probe }) => probe ?? []),
  );
}

/** The file is for everybody; the hosts of others are not. */
async function hostsReadableBy(
  services: Services,
  cluster: ReadCluster,
  caller: Caller,
): Promise<ReadonlySet<string>> {
  const readable = await readableExposures(services, cluster, caller);
  return new Set(
    readable.flatMap(({ exposure }) => exposure.hosts.map(({ host }) => host)),
  );
}

function whyNot(servable: readonly Servable[]): string {
  const untrusted = servable.find(
    ({ facts }) => facts.trust === 'system' && facts.verified === false,
  );
  if (untrusted) {
    const { issuer, secret } = untrusted.facts;
    return `Clients refuse what Secret ${secret.namespace}/${secret.name} holds, and no file changes that: ${issuer?.kind} ${issuer?.name} is not of a public CA, as those of test services are not.`;
  }
  const why =
    servable.find(({ facts }) => facts.unknown !== undefined)?.facts.unknown ??
    'Its gateway has no HTTPS listener that can be read.';
  return `${why} Set certificates.ca_pem in config.toml.`;
}

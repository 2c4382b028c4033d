import type { Sentence, SentencesOf } from '../findings/declare';
import { listInWords } from '../findings/sort';
import type {
  HeadlessAnswer,
  REQUEST_REASONS,
} from '../exposures/requestReasons';
import type { ExposablePort } from '../exposures/types';
import { choiceWords } from './words';

const portsInWords = (ports: readonly ExposablePort[]) =>
  listInWords(
    ports.map(({ port, name }) =>
      name === undefined ? String(port) : `${port} (${name})`,
    ),
  );

function headlessWords(by: HeadlessAnswer): string {
  switch (by.answer) {
    case 'sends':
      return `${by.gateway} itself would send requests to its pods.`;
    case 'mayFail':
      return 'Traefik itself would send requests to its pods, unless native load balancing (nativeLBByDefault) is on: it needs a cluster IP.';
    case 'fails':
      return 'Traefik would answer 500 too: native load balancing is on for it, which needs a cluster IP.';
    default:
      return `What ${by.gateway} would do with it is not known here.`;
  }
}

const NOT_EXPOSABLE: Record<
  'noOwner' | 'noTie' | 'badSelector' | 'noNamespace',
  (of: { entity: string; name: string; selector?: string }) => Sentence
> = {
  noOwner: ({ entity }) => ({
    message: `${entity} can't be exposed: no group owns it, and namespaces let groups expose.`,
    remedy: `Make a group of the catalog the owner of ${entity}.`,
  }),
  noTie: ({ entity }) => ({
    message: `${entity} can't be exposed: nothing ties it to a Service.`,
    remedy: `Add annotation backstage.io/kubernetes-id to ${entity}, and the label of that name to its Service.`,
  }),
  badSelector: ({ entity, name, selector }) => ({
    message: `The label selector of ${entity} selects nothing: '${selector}' is not a Kubernetes label selector.`,
    remedy: `Correct annotation backstage.io/kubernetes-label-selector of ${entity}, for example app=${name}.`,
  }),
  noNamespace: ({ entity }) => ({
    message: `The label selector of ${entity} selects nothing without a namespace.`,
    remedy: `Add annotation backstage.io/kubernetes-namespace to ${entity}.`,
  }),
};

/** Of the findings about what a request asks for. */
export const REQUEST_SENTENCES: SentencesOf<typeof REQUEST_REASONS> = {
  EntityNotExposable: ({ why, ...rest }) => NOT_EXPOSABLE[why](rest),
  ClusterUnknown: ({ cluster, configured }) =>
    configured.length === 0
      ? {
          message: 'Nothing can be exposed: no cluster is configured.',
          remedy:
            "Ask the platform's admins to add a cluster under kubernetes.clusterLocatorMethods.",
        }
      : {
          message: `Cluster '${cluster}' isn't configured.`,
          remedy: `Name cluster ${choiceWords(configured)}.`,
        },
  ClusterAmbiguous: ({ entity, clusters }) => ({
    message: `${entity} has Services on clusters ${listInWords(clusters)}.`,
    remedy: `Name cluster ${choiceWords(clusters)}.`,
  }),
  ClusterUnreachable: ({ cluster, isTokenRefused }) =>
    isTokenRefused
      ? {
          message: `Nothing can be checked or changed on cluster ${cluster}: it refuses Backstage's token.`,
          remedy: `Ask an admin of Backstage to renew the token of cluster ${cluster}.`,
        }
      : {
          message: `Nothing can be checked or changed on cluster ${cluster}: it doesn't answer.`,
          remedy: `Try again when cluster ${cluster} answers. If it stays away, ask the platform's admins to check the connection from Backstage.`,
        },
  ClusterForbidden: ({ cluster, kind }) => ({
    message: `Nothing can be checked or changed on cluster ${cluster}: it doesn't let Backstage read ${kind} objects.`,
    remedy: `Ask an admin of cluster ${cluster} to grant the backend's service account the rules of the plugin's rbac folder.`,
  }),
  KindNotServed: ({ cluster, kind }) => ({
    message: `Nothing can be exposed on cluster ${cluster}: it has no ${kind} objects.`,
    remedy: `Ask an admin of cluster ${cluster} to install the Gateway API.`,
  }),
  NamespaceAmbiguous: ({ entity, namespaces }) => ({
    message: `${entity} has Services in namespaces ${listInWords(namespaces)}.`,
    remedy: `Name namespace ${choiceWords(namespaces)}.`,
  }),
  NamespaceReserved: ({ entity, namespace }) => ({
    message: `Nothing can be exposed from namespace ${namespace}: it belongs to the platform.`,
    remedy: `Run the Service of ${entity} in a namespace of its team, and name that.`,
  }),
  NamespaceMissing: ({ entity, namespace, cluster, isBeingDeleted }) =>
    isBeingDeleted
      ? {
          message: `Namespace ${namespace} is being deleted, with everything in it.`,
          remedy: 'Name another namespace.',
        }
      : {
          message: `Namespace ${namespace} does not exist on cluster ${cluster}.`,
          remedy: `Name a namespace that exists, or correct annotation backstage.io/kubernetes-namespace of ${entity}.`,
        },
  NamespaceNotGranted: ({ entity, cluster, namespace, owners }) => {
    const group = owners[0] ?? `the group that owns ${entity}`;
    const who = owners.length > 0 ? listInWords(owners) : 'its group';
    return {
      message:
        namespace === undefined
          ? `No namespace of cluster ${cluster} lets ${who} expose anything from it.`
          : `Namespace ${namespace} doesn't let ${who} expose anything from it.`,
      remedy: `Ask the owners of ${
        namespace === undefined
          ? `the namespace that ${entity} runs in`
          : `namespace ${namespace}`
      }, or the platform's admins, to add ${group} to its annotation idp.networking/owners.`,
    };
  },
  ServiceAmbiguous: ({ entity, namespace, services }) => ({
    message: `${entity} has several Services in namespace ${namespace}: ${listInWords(
      services,
    )}.`,
    remedy: `Name Service ${choiceWords(services)}.`,
  }),
  ServiceMissing: params => {
    if ('clusters' in params) {
      return {
        message: `${params.entity} has no Service that it may expose on any cluster.`,
        remedy: `Name cluster ${choiceWords(params.clusters)} to see why not.`,
      };
    }
    const { entity, service, cluster, namespaces, others, id } = params;
    const where = `in namespace ${namespaces.join(
      ' or ',
    )} of cluster ${cluster}`;
    return {
      message:
        service === undefined
          ? `${entity} has no Service ${where}.`
          : `Service ${service} does not exist ${where}.`,
      remedy:
        others.length > 0
          ? `Name Service ${choiceWords(others)}.`
          : `Label the Service of ${entity} with backstage.io/kubernetes-id=${id}, as the annotation of the component says.`,
    };
  },
  ServiceNotOfEntity: params => {
    const { entity, namespace } = params;
    if ('own' in params) {
      return {
        message: `Nothing in namespace ${namespace} is exposed for ${entity}, which says that it runs in namespace ${params.own}.`,
        remedy: `Name namespace ${params.own}, or correct annotation backstage.io/kubernetes-namespace of ${entity}.`,
      };
    }
    const { service, id } = params;
    return {
      message: `Service ${namespace}/${service} doesn't belong to ${entity}: neither its label backstage.io/kubernetes-id nor the label selector of the component ties them together.`,
      remedy:
        id === undefined
          ? `Choose another Service, or correct the label selector of ${entity}.`
          : `Label Service ${service} with backstage.io/kubernetes-id=${id}, or choose another Service.`,
    };
  },
  ServiceExternalName: ({ namespace, service }) => ({
    message: `Service ${namespace}/${service} is an ExternalName Service; the gateway can't route to it.`,
    remedy: 'Choose a Service with pods.',
  }),
  ServiceHeadless: ({ namespace, service, by }) => ({
    message: `Service ${namespace}/${service} is headless (without a cluster IP), and this platform gives no URLs to such Services. ${headlessWords(
      by,
    )}`,
    remedy: `Choose a Service with a cluster IP, or add one beside ${service}.`,
  }),
  PortNotTcp: ({ service, port, ports }) =>
    port === undefined
      ? {
          message: `HTTP requests can't reach Service ${service}: none of its ports is TCP.`,
          remedy: `Add a TCP port to Service ${service}, or choose another Service.`,
        }
      : {
          message: `HTTP requests can't reach port ${port} of Service ${service}: it isn't TCP.`,
          remedy: `Choose a TCP port of Service ${service}: ${portsInWords(
            ports,
          )}.`,
        },
  PortMissing: ({ service, port, ports }) =>
    port === undefined
      ? {
          message: `Requests can't reach Service ${service}: it has no ports.`,
          remedy: `Add a port to Service ${service}, or choose another Service.`,
        }
      : {
          message: `Requests would get 500: Service ${service} has no port ${port}.`,
          remedy: `Choose a port of Service ${service}: ${portsInWords(
            ports,
          )}.`,
        },
  PortAmbiguous: ({ service, ports }) => ({
    message: `Service ${service} has several ports: ${portsInWords(ports)}.`,
    remedy: 'Choose one of them.',
  }),
  BackendProtocolHttps: ({ service, port }) => ({
    message: `The gateway will use plain HTTP to reach port ${port} of Service ${service}, which looks like an HTTPS port; such a port usually answers 400.`,
    remedy: `Choose a plain HTTP port of Service ${service}, or let the service speak HTTP on this one.`,
  }),
};

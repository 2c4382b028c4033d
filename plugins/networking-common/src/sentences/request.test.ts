import type { REQUEST_REASONS } from '../exposures/requestReasons';
import type { ParamsOf } from '../findings/declare';
import { REQUEST_SENTENCES } from './request';

type Reasons = typeof REQUEST_REASONS;

const say = <R extends keyof Reasons>(
  reason: R,
  params: ParamsOf<Reasons, R>,
) => REQUEST_SENTENCES[reason](params);

const entity = 'component:default/shop';
const cluster = 'local';
const namespace = 'shop';
const service = 'web';
const of = { namespace, service };
const ports = [{ port: 80, name: 'http' }, { port: 8080 }];

describe('sentences about what a request asks for', () => {
  it.each([
    [
      'an entity without an owning group',
      say('EntityNotExposable', { entity, name: 'shop', why: 'noOwner' }),
      "component:default/shop can't be exposed: no group owns it, and namespaces let groups expose.",
      'Make a group of the catalog the owner of component:default/shop.',
    ],
    [
      'an entity without a Service',
      say('EntityNotExposable', { entity, name: 'shop', why: 'noTie' }),
      "component:default/shop can't be exposed: nothing ties it to a Service.",
      'Add annotation backstage.io/kubernetes-id to component:default/shop, and the label of that name to its Service.',
    ],
    [
      'an entity with a broken selector',
      say('EntityNotExposable', {
        entity,
        name: 'shop',
        why: 'badSelector',
        selector: 'app==',
      }),
      "The label selector of component:default/shop selects nothing: 'app==' is not a Kubernetes label selector.",
      'Correct annotation backstage.io/kubernetes-label-selector of component:default/shop, for example app=shop.',
    ],
    [
      'a selector without a namespace',
      say('EntityNotExposable', { entity, name: 'shop', why: 'noNamespace' }),
      'The label selector of component:default/shop selects nothing without a namespace.',
      'Add annotation backstage.io/kubernetes-namespace to component:default/shop.',
    ],
    [
      'no cluster at all',
      say('ClusterUnknown', { configured: [] }),
      'Nothing can be exposed: no cluster is configured.',
      "Ask the platform's admins to add a cluster under kubernetes.clusterLocatorMethods.",
    ],
    [
      'another cluster',
      say('ClusterUnknown', { cluster: 'prod', configured: ['a', 'b', 'c'] }),
      "Cluster 'prod' isn't configured.",
      'Name cluster a, b or c.',
    ],
    [
      'Services on several clusters',
      say('ClusterAmbiguous', { entity, clusters: ['a', 'b'] }),
      'component:default/shop has Services on clusters a and b.',
      'Name cluster a or b.',
    ],
    [
      'a cluster that refuses the token',
      say('ClusterUnreachable', { cluster, isTokenRefused: true }),
      "Nothing can be checked or changed on cluster local: it refuses Backstage's token.",
      'Ask an admin of Backstage to renew the token of cluster local.',
    ],
    [
      'a cluster that is away',
      say('ClusterUnreachable', { cluster, isTokenRefused: false }),
      "Nothing can be checked or changed on cluster local: it doesn't answer.",
      "Try again when cluster local answers. If it stays away, ask the platform's admins to check the connection from Backstage.",
    ],
    [
      'a cluster that forbids to read',
      say('ClusterForbidden', { cluster, kind: 'Gateway' }),
      "Nothing can be checked or changed on cluster local: it doesn't let Backstage read Gateway objects.",
      "Ask an admin of cluster local to grant the backend's service account the rules of the plugin's rbac folder.",
    ],
    [
      'a cluster without the Gateway API',
      say('KindNotServed', { cluster, kind: 'HTTPRoute' }),
      'Nothing can be exposed on cluster local: it has no HTTPRoute objects.',
      'Ask an admin of cluster local to install the Gateway API.',
    ],
    [
      'several namespaces',
      say('NamespaceAmbiguous', { entity, namespaces: ['a', 'b'] }),
      'component:default/shop has Services in namespaces a and b.',
      'Name namespace a or b.',
    ],
    [
      'a namespace of the platform',
      say('NamespaceReserved', { entity, namespace: 'kube-system', cluster }),
      'Nothing can be exposed from namespace kube-system: it belongs to the platform.',
      'Run the Service of component:default/shop in a namespace of its team, and name that.',
    ],
    [
      'a namespace that goes',
      say('NamespaceMissing', {
        entity,
        namespace,
        cluster,
        isBeingDeleted: true,
      }),
      'Namespace shop is being deleted, with everything in it.',
      'Name another namespace.',
    ],
    [
      'a namespace that is not there',
      say('NamespaceMissing', {
        entity,
        namespace,
        cluster,
        isBeingDeleted: false,
      }),
      'Namespace shop does not exist on cluster local.',
      'Name a namespace that exists, or correct annotation backstage.io/kubernetes-namespace of component:default/shop.',
    ],
    [
      'a namespace of others',
      say('NamespaceNotGranted', {
        entity,
        cluster,
        namespace,
        owners: ['group:default/team-shop'],
      }),
      "Namespace shop doesn't let group:default/team-shop expose anything from it.",
      "Ask the owners of namespace shop, or the platform's admins, to add group:default/team-shop to its annotation idp.networking/owners.",
    ],
    [
      'no namespace of its own',
      say('NamespaceNotGranted', { entity, cluster, owners: [] }),
      'No namespace of cluster local lets its group expose anything from it.',
      "Ask the owners of the namespace that component:default/shop runs in, or the platform's admins, to add the group that owns component:default/shop to its annotation idp.networking/owners.",
    ],
    [
      'several Services',
      say('ServiceAmbiguous', { entity, namespace, services: ['a', 'b'] }),
      'component:default/shop has several Services in namespace shop: a and b.',
      'Name Service a or b.',
    ],
    [
      'no Service on any cluster',
      say('ServiceMissing', { entity, clusters: ['a', 'b'] }),
      'component:default/shop has no Service that it may expose on any cluster.',
      'Name cluster a or b to see why not.',
    ],
    [
      'no Service in its namespaces',
      say('ServiceMissing', {
        entity,
        cluster,
        namespaces: ['a', 'b'],
        others: [],
        id: 'shop',
      }),
      'component:default/shop has no Service in namespace a or b of cluster local.',
      'Label the Service of component:default/shop with backstage.io/kubernetes-id=shop, as the annotation of the component says.',
    ],
    [
      'a Service that is not there',
      say('ServiceMissing', {
        entity,
        service,
        cluster,
        namespaces: ['a'],
        others: ['b'],
        id: 'shop',
      }),
      'Service web does not exist in namespace a of cluster local.',
      'Name Service b.',
    ],
    [
      'a Service of a namespace that is not its own',
      say('ServiceNotOfEntity', { entity, namespace, own: 'apps' }),
      'Nothing in namespace shop is exposed for component:default/shop, which says that it runs in namespace apps.',
      'Name namespace apps, or correct annotation backstage.io/kubernetes-namespace of component:default/shop.',
    ],
    [
      'a Service without its label',
      say('ServiceNotOfEntity', { ...of, entity, id: 'shop' }),
      "Service shop/web doesn't belong to component:default/shop: neither its label backstage.io/kubernetes-id nor the label selector of the component ties them together.",
      'Label Service web with backstage.io/kubernetes-id=shop, or choose another Service.',
    ],
    [
      'a Service that its selector does not take',
      say('ServiceNotOfEntity', { ...of, entity }),
      "Service shop/web doesn't belong to component:default/shop: neither its label backstage.io/kubernetes-id nor the label selector of the component ties them together.",
      'Choose another Service, or correct the label selector of component:default/shop.',
    ],
    [
      'a name outside',
      say('ServiceExternalName', of),
      "Service shop/web is an ExternalName Service; the gateway can't route to it.",
      'Choose a Service with pods.',
    ],
    [
      'a headless Service, with Cilium',
      say('ServiceHeadless', {
        ...of,
        by: { gateway: 'Cilium', answer: 'sends' },
      }),
      'Service shop/web is headless (without a cluster IP), and this platform gives no URLs to such Services. Cilium itself would send requests to its pods.',
      'Choose a Service with a cluster IP, or add one beside web.',
    ],
    [
      'a headless Service, with Traefik',
      say('ServiceHeadless', {
        ...of,
        by: { gateway: 'Traefik', answer: 'mayFail' },
      }),
      'Service shop/web is headless (without a cluster IP), and this platform gives no URLs to such Services. Traefik itself would send requests to its pods, unless native load balancing (nativeLBByDefault) is on: it needs a cluster IP.',
      'Choose a Service with a cluster IP, or add one beside web.',
    ],
    [
      "a headless Service, with Traefik's native load balancing",
      say('ServiceHeadless', {
        ...of,
        by: { gateway: 'Traefik', answer: 'fails' },
      }),
      'Service shop/web is headless (without a cluster IP), and this platform gives no URLs to such Services. Traefik would answer 500 too: native load balancing is on for it, which needs a cluster IP.',
      'Choose a Service with a cluster IP, or add one beside web.',
    ],
    [
      'a headless Service, with another gateway',
      say('ServiceHeadless', {
        ...of,
        by: { gateway: 'example.com/gateway', answer: 'notKnown' },
      }),
      'Service shop/web is headless (without a cluster IP), and this platform gives no URLs to such Services. What example.com/gateway would do with it is not known here.',
      'Choose a Service with a cluster IP, or add one beside web.',
    ],
    [
      'a port that is not TCP',
      say('PortNotTcp', { service, port: 53, ports }),
      "HTTP requests can't reach port 53 of Service web: it isn't TCP.",
      'Choose a TCP port of Service web: 80 (http) and 8080.',
    ],
    [
      'no port that is TCP',
      say('PortNotTcp', { service, ports: [] }),
      "HTTP requests can't reach Service web: none of its ports is TCP.",
      'Add a TCP port to Service web, or choose another Service.',
    ],
    [
      'a port that is not there',
      say('PortMissing', { service, port: 53, ports }),
      'Requests would get 500: Service web has no port 53.',
      'Choose a port of Service web: 80 (http) and 8080.',
    ],
    [
      'no port',
      say('PortMissing', { service, ports: [] }),
      "Requests can't reach Service web: it has no ports.",
      'Add a port to Service web, or choose another Service.',
    ],
    [
      'several ports',
      say('PortAmbiguous', { service, ports }),
      'Service web has several ports: 80 (http) and 8080.',
      'Choose one of them.',
    ],
    [
      'a port of HTTPS',
      say('BackendProtocolHttps', { service, port: 443 }),
      'The gateway will use plain HTTP to reach port 443 of Service web, which looks like an HTTPS port; such a port usually answers 400.',
      'Choose a plain HTTP port of Service web, or let the service speak HTTP on this one.',
    ],
  ])('%s', (_, { message, remedy }, expectedMessage, expectedRemedy) => {
    expect(message).toBe(expectedMessage);
    expect(remedy).toBe(expectedRemedy);
  });
});

import type { HttpRoute, Namespace } from 'backstage-plugin-networking-common';
import { application, PLAYED, type Application } from './objects';

/** An entity with one URL, and one with so many. */
export const ONE = { name: 'one-url', urls: 1 };
export const MANY = { name: 'many-urls', urls: 500 };
const ENTITIES = [ONE, MANY];

const NAMESPACE = 'bench-urls';

export const urlNamespace = (): Namespace => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name: NAMESPACE },
});

export const refOf = ({ name }: typeof ONE) => `component:default/${name}`;

/** Catalog entities of {@link urlApplications}. */
export const urlComponents = (): object[] =>
  ENTITIES.map(({ name, urls }) => ({
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name,
      description: `Answers at ${urls} URLs.`,
      annotations: {
        'backstage.io/kubernetes-id': name,
        'backstage.io/kubernetes-namespace': NAMESPACE,
      },
    },
    spec: { type: 'service', lifecycle: 'production', owner: 'team-shop' },
  }));

/** One route for each URL, each with a Service and endpoints of its own. */
export const urlApplications = (): Application[] =>
  ENTITIES.flatMap(entity =>
    Array.from({ length: entity.urls }, (_, index) =>
      ofEntity(application(index, PLAYED), entity.name, index),
    ),
  );

function ofEntity(
  { route, service, slice }: Application,
  entity: string,
  index: number,
): Application {
  const name = `${entity}-${String(index).padStart(3, '0')}`;
  const labels = { 'backstage.io/kubernetes-id': entity };
  const metadata = { name, namespace: NAMESPACE, labels };
  const [rule] = route.spec?.rules ?? [];
  return {
    namespace: NAMESPACE,
    name,
    route: {
      ...route,
      metadata,
      spec: {
        ...route.spec,
        hostnames: [`${name}.${PLAYED.dnsSuffix}`],
        rules: [
          {
            ...rule,
            backendRefs: [{ group: '', kind: 'Service', name, port: 8080 }],
          },
        ],
      },
    } as HttpRoute,
    service: { ...service, metadata },
    slice: {
      ...slice,
      metadata: {
        ...metadata,
        labels: { ...labels, 'kubernetes.io/service-name': name },
      },
    },
  };
}

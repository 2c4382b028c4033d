import type { MATCHING_REASONS } from '../exposures/matchingReasons';
import type { ParamsOf } from '../findings/declare';
import { MATCHING_SENTENCES } from './matching';

type Reasons = typeof MATCHING_REASONS;

const say = <R extends keyof Reasons>(
  reason: R,
  params: ParamsOf<Reasons, R>,
) => MATCHING_SENTENCES[reason](params);

const entity = 'component:default/shop';
const docs = 'component:default/docs';
const cluster = 'local';
const namespace = 'shop';
const owner = 'group:default/team-shop';

describe('sentences about whose a route is', () => {
  it.each([
    [
      'one route that an id does not reach',
      say('IdNotGranted', {
        namespace,
        routes: [{ route: 'web', entities: [docs] }],
        total: 1,
        isOwned: false,
        owner,
      }),
      'Namespace shop is not granted to the owners of components that name the backstage.io/kubernetes-id of something in it, so these routes are not shown on them: web (component:default/docs).',
      'If web belongs to component:default/docs, annotate the route with idp.networking/entity-ref: component:default/docs, or add group:default/team-shop to annotation idp.networking/owners of namespace shop.',
    ],
    [
      'many, shown elsewhere',
      say('IdNotGranted', {
        namespace,
        routes: ['a', 'b', 'c', 'd'].map(route => ({
          route,
          entities: [
            docs,
            'component:default/x',
            'component:default/y',
            'component:default/z',
          ],
        })),
        total: 9,
        isOwned: true,
      }),
      'Namespace shop is not granted to the owners of components that name the backstage.io/kubernetes-id of something in it, so these routes are not shown on them: a (component:default/docs, component:default/x, component:default/y and 1 more), b (component:default/docs, component:default/x, component:default/y and 1 more), c (component:default/docs, component:default/x, component:default/y and 1 more) and 6 more.',
      'If a belongs to component:default/docs, annotate the route with idp.networking/entity-ref: component:default/docs, which takes it from the component that it is shown on now.',
    ],
    [
      'grants that are not known, by rights',
      say('GrantsNotKnown', { cluster, isForbidden: true }),
      "On cluster local no route belongs to a component by its labels: Backstage can't read Namespaces there, so it can't tell whom they are granted to.",
      'Ask an admin of cluster local to let the Backstage backend read Namespaces.',
    ],
    [
      'grants that are not known for a route',
      say('GrantsNotKnown', { cluster, routes: 1, isForbidden: false }),
      "On cluster local 1 route doesn't belong to the components whose backstage.io/kubernetes-id they name: Backstage can't read Namespaces there, so it can't tell whom they are granted to.",
      'Check the connection from the Backstage backend to cluster local.',
    ],
    [
      'grants that are not known for some routes',
      say('GrantsNotKnown', { cluster, routes: 2, isForbidden: false }),
      "On cluster local 2 routes don't belong to the components whose backstage.io/kubernetes-id they name: Backstage can't read Namespaces there, so it can't tell whom they are granted to.",
      'Check the connection from the Backstage backend to cluster local.',
    ],
    [
      'a namespace of others',
      say('NamespaceNotGranted', { entity, namespace, cluster, owner }),
      'Namespace shop on cluster local is not granted to the owners of component:default/shop, so only routes that are annotated with it belong to it there.',
      'Ask the owners of namespace shop to annotate the routes of component:default/shop with idp.networking/entity-ref: component:default/shop, or to add group:default/team-shop to annotation idp.networking/owners of the namespace.',
    ],
    [
      "a namespace of others, of nobody's entity",
      say('NamespaceNotGranted', { entity, namespace, cluster }),
      'Namespace shop on cluster local is not granted to the owners of component:default/shop, so only routes that are annotated with it belong to it there.',
      'Ask the owners of namespace shop to annotate the routes of component:default/shop with idp.networking/entity-ref: component:default/shop.',
    ],
    [
      'a claim from elsewhere',
      say('ClaimedFromForeignNamespace', {
        entity,
        route: { kind: 'HTTPRoute', namespace: 'pay', name: 'web' },
      }),
      "HTTPRoute pay/web says that it belongs to component:default/shop, but namespace pay isn't one of that component's. What it serves may be somebody else's.",
      'Ask the owners of namespace pay to remove annotation idp.networking/entity-ref from HTTPRoute pay/web, or to grant the namespace to an owner of component:default/shop.',
    ],
  ])('%s', (_, { message, remedy }, expectedMessage, expectedRemedy) => {
    expect(message).toBe(expectedMessage);
    expect(remedy).toBe(expectedRemedy);
  });
});

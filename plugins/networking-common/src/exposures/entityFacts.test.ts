import type { Entity } from '@backstage/catalog-model';
import { entityFacts } from './entityFacts';

const entity = (overrides: Partial<Entity> = {}): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name: 'Shop' },
  ...overrides,
});

describe('entityFacts', () => {
  it('reads ref, owners and annotations', () => {
    expect(
      entityFacts(
        entity({
          metadata: {
            name: 'Shop',
            namespace: 'Retail',
            title: 'The Shop',
            annotations: {
              'backstage.io/kubernetes-id': ' shop ',
              'backstage.io/kubernetes-namespace': 'shop',
              'backstage.io/kubernetes-label-selector': 'app=shop',
            },
          },
          relations: [
            { type: 'ownedBy', targetRef: 'group:default/Team-Shop' },
            { type: 'ownedBy', targetRef: 'group:default/team-shop' },
          ],
        }),
      ),
    ).toEqual({
      ref: 'component:retail/shop',
      kind: 'Component',
      namespace: 'Retail',
      name: 'Shop',
      title: 'The Shop',
      owners: ['group:default/team-shop'],
      kubernetesId: 'shop',
      kubernetesNamespace: 'shop',
      labelSelector: 'app=shop',
    });
  });

  it('counts only groups that own it: no person, no other relation, no spec.owner', () => {
    const facts = entityFacts(
      entity({
        spec: { owner: 'team-spec' },
        relations: [
          { type: 'ownedBy', targetRef: 'user:default/sam' },
          { type: 'partOf', targetRef: 'group:default/others' },
          { type: 'ownedBy', targetRef: '' },
        ],
      }),
    );
    expect(facts.owners).toEqual([]);
  });

  it('takes an empty annotation for none', () => {
    const facts = entityFacts(
      entity({
        metadata: {
          name: 'shop',
          annotations: { 'backstage.io/kubernetes-id': '  ' },
        },
      }),
    );
    expect(facts).not.toHaveProperty('kubernetesId');
    expect(facts.namespace).toBe('default');
  });
});

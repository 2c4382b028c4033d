import type { Entity } from '@backstage/catalog-model';

/** A component of the imaginary catalog. */
export const component = (name: string, title?: string): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name, namespace: 'default', ...(title && { title }) },
  spec: { type: 'service', lifecycle: 'production', owner: `team-${name}` },
});

/** One component for each state worth looking at. */
export const entities: Entity[] = [
  component('shop', 'Shop'),
  component('payments'),
  component('docs'),
  component('visitor'),
  component('tenant'),
  component('legacy'),
  component('twin'),
  component('failures'),
  component('warehouse'),
  component('unchecked'),
  component('depot'),
  component('certificates'),
  component('long-names'),
  component('forbidden'),
  component('failing'),
];

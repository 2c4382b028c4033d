import { parseEntityRef } from '@backstage/catalog-model';
import type { ConfigApi } from '@backstage/frontend-plugin-api';

/** A person of `auth.providers.example.people`. */
export interface ExamplePerson {
  entityRef: string;
  title: string;
  description?: string;
}

/** The example people of the configuration; none anywhere but on the local platform. */
export function readExamplePeople(config: ConfigApi): ExamplePerson[] {
  const people =
    config.getOptionalConfigArray('auth.providers.example.people') ?? [];
  return people.map(person => {
    const entityRef = person.getString('entityRef');
    return {
      entityRef,
      title:
        person.getOptionalString('title') ?? parseEntityRef(entityRef).name,
      description: person.getOptionalString('description'),
    };
  });
}

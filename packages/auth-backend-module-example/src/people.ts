import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import type { Config } from '@backstage/config';
import { InputError, toError } from '@backstage/errors';

/** The config key that switches the provider on. */
export const CONFIG_KEY = 'auth.providers.example';

/** A person that a browser on this machine may sign in as. */
export interface ExamplePerson {
  /** Full entity ref in lower case. */
  entityRef: string;
  /** What a person reads. Default: the name of the User. */
  displayName: string;
}

/**
 * Reads the people of `auth.providers.example`.
 *
 * @throws InputError naming the key where the list is empty, or an entry is not a User, or is there twice.
 */
export function readPeople(providerConfig: Config): ExamplePerson[] {
  const people = providerConfig.getConfigArray('people').map((entry, index) => {
    const key = `${CONFIG_KEY}.people[${index}].entityRef`;
    const text = entry.getString('entityRef');
    const ref = parseUserRef(text, key);
    return {
      entityRef: stringifyEntityRef(ref),
      displayName: entry.getOptionalString('title') ?? ref.name,
    };
  });
  if (people.length === 0) {
    throw new InputError(
      `${CONFIG_KEY}.people is empty, so that nobody could sign in. Name at least one User of the catalog`,
    );
  }
  const refs = people.map(person => person.entityRef);
  const twice = refs.find((ref, index) => refs.indexOf(ref) !== index);
  if (twice) {
    throw new InputError(
      `${CONFIG_KEY}.people names ${twice} twice. Remove one of the two entries`,
    );
  }
  return people;
}

function parseUserRef(text: string, key: string) {
  let ref;
  try {
    ref = parseEntityRef(text);
  } catch (error) {
    throw new InputError(
      `${key} is '${text}', which is no full entity ref: ${
        toError(error).message
      }. Write it as 'user:default/<name>'`,
    );
  }
  if (ref.kind.toLocaleLowerCase('en-US') !== 'user') {
    throw new InputError(
      `${key} is '${text}', which is not a User. Write it as 'user:default/<name>'`,
    );
  }
  return ref;
}

import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';

/** A full entity ref in lower case, or undefined for a text that is no entity ref. */
export function normalizeRef(
  text: unknown,
  defaultKind: string,
): string | undefined {
  if (typeof text !== 'string') return undefined;
  try {
    return stringifyEntityRef(
      parseEntityRef(text.trim(), {
        defaultKind,
        defaultNamespace: 'default',
      }),
    );
  } catch {
    return undefined;
  }
}

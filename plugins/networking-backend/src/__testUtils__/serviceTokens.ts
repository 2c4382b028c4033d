import type { JsonObject } from '@backstage/types';

export const CATALOG_READ = 'catalog.entity.read';
export const CATALOG = { plugin: 'catalog' };
export const ALL_ACTIONS = ['create', 'read', 'update', 'delete'];

/** A restriction of an external access token for this plugin. */
export const networking = (rest: JsonObject = {}): JsonObject => ({
  plugin: 'networking',
  ...rest,
});

/** The token of what a sentence says. */
export const tokenOf = (sentence: string): string =>
  `token-${sentence.replace(/\W+/g, '-')}`;

/** An entry of `backend.auth.externalAccess`. */
export const access = (token: string, accessRestrictions?: JsonObject[]) => ({
  type: 'static',
  options: { token, subject: `external:${token}` },
  ...(accessRestrictions && { accessRestrictions }),
});

import type { IdentityApi } from '@backstage/frontend-plugin-api';

const KEY = 'example-sign-in';

/** The person that this tab signed in as, so that a reload does not ask again. */
export const remembered = {
  get: () => sessionStorage.getItem(KEY) ?? undefined,
  set: (entityRef: string) => sessionStorage.setItem(KEY, entityRef),
  forget: () => sessionStorage.removeItem(KEY),
};

/** The same identity, whose sign-out forgets the person too. */
export const forgettingIdentity = (identity: IdentityApi): IdentityApi => ({
  getProfileInfo: () => identity.getProfileInfo(),
  getBackstageIdentity: () => identity.getBackstageIdentity(),
  getCredentials: () => identity.getCredentials(),
  signOut: async () => {
    remembered.forget();
    await identity.signOut();
  },
});

import type {
  BackstageCredentials,
  BackstageServicePrincipal,
  BackstageUserPrincipal,
} from '@backstage/backend-plugin-api';

/** Who asks: a signed-in user, or a service with a token of its own. */
export type Caller = BackstageCredentials<
  BackstageUserPrincipal | BackstageServicePrincipal
>;

/**
 * A key for what a caller may see. Services with one subject but other access
 * restrictions are other callers.
 */
export function callerKey({ principal }: Caller): string {
  return principal.type === 'user'
    ? `user ${principal.userEntityRef}`
    : `service ${principal.subject} ${JSON.stringify(
        principal.accessRestrictions ?? {},
      )}`;
}

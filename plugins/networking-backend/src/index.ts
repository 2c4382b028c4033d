/**
 * Backend of the networking plugins.
 *
 * @packageDocumentation
 */
export { networkingPlugin as default } from './plugin';
export {
  defaultRouteServiceRef,
  type DefaultRouteService,
} from './defaultRoute';
export type { DefaultRoute } from './io/configFile';
export {
  createNetworkingPolicy,
  networkingPolicyModule,
  type NetworkingPolicyOptions,
} from './policy';

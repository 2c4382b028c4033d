/**
 * Backend of the networking plugins.
 *
 * @packageDocumentation
 */
export { networkingPlugin as default } from './plugin';
export {
  createNetworkingPolicy,
  networkingPolicyModule,
  type NetworkingPolicyOptions,
} from './policy';

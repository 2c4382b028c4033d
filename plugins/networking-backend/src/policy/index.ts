export { networkingPolicyModule } from './module';
export {
  createNetworkingPolicy,
  type NetworkingPolicyOptions,
} from './networkingPolicy';

export { EntityNetworking } from './EntityNetworking';

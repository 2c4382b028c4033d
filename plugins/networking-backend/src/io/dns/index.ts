export { expectedAddress, lookUp } from './lookUp';

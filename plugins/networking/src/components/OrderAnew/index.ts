export { OrderAnew } from './OrderAnew';

export { onceApplied } from './host';

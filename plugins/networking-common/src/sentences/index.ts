export { onceApplied } from './host';
export { writeFinding } from './write';

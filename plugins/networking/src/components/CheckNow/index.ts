export { CheckNow } from './CheckNow';

export { RenewalProgress } from './RenewalProgress';

export { Polled } from './Polled';

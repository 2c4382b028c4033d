export { SerialNumber, WithSerialNumbers } from './SerialNumber';

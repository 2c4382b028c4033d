export { ValidityBar } from './ValidityBar';

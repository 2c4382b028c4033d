export { Way } from './Way';

export { readCa } from './readCa';

export { readPlatform } from './readPlatform';

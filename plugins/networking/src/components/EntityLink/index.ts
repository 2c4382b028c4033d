export { EntityLink, shortRef } from './EntityLink';

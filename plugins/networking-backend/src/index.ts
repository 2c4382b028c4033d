/**
 * Backend of the networking plugins.
 *
 * @packageDocumentation
 */
export { networkingPlugin as default } from './plugin';

/**
 * Sign-in as an example person, for the local platform only.
 *
 * @packageDocumentation
 */
export { authModuleExample as default } from './module';

/**
 * Networking tab, cards, admin page and template pickers.
 * @packageDocumentation
 */
export { networkingPlugin as default, networkingPlugin } from './plugin';
export { networkingScaffolderModule } from './scaffolder';
export { networkingApiRef } from './api';
export { entityNetworkingRouteRef, rootRouteRef } from './routes';
export { networkingTranslationRef } from './translation';

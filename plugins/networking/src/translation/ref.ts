import { createTranslationRef } from '@backstage/frontend-plugin-api';
import { messages } from './messages';

/**
 * The texts of the plugin, for the messages of other languages. Sentences about the state of the cluster are not among them:
 * they come from the backend.
 * @public
 */
export const networkingTranslationRef = createTranslationRef({
  id: 'plugin.networking',
  messages,
});

import { createTranslationRef } from '@backstage/frontend-plugin-api';
import type { TranslationApi } from '@backstage/core-plugin-api/alpha';
import { mockApis } from '@backstage/test-utils';
import { networkingTranslationRef } from '../translation';
import { messages } from '../translation/messages';

interface Messages {
  [key: string]: string | Messages;
}

/**
 * What a message itself says stands in brackets, what is put into it does not: a text that was made elsewhere does not pass for
 * a translated one because a message carries it.
 */
const marked = (message: string): string =>
  message
    .split(/(\{\{[^}]*\}\})/)
    .map((part, index) =>
      index % 2 === 0 && /\p{L}/u.test(part) ? `⟦${part}⟧` : part,
    )
    .join('');

const pseudo = (texts: Messages): Messages =>
  Object.fromEntries(
    Object.entries(texts).map(([key, text]) => [
      key,
      typeof text === 'string' ? marked(text) : pseudo(text),
    ]),
  );

/** Messages of this plugin in a language that no text of the code is in. */
export function pseudoTranslation(): TranslationApi {
  const translation = mockApis.translation();
  const ref = createTranslationRef({
    id: networkingTranslationRef.id,
    messages: pseudo(messages),
  });
  return {
    getTranslation: asked =>
      translation.getTranslation(asked.id === ref.id ? (ref as never) : asked),
    translation$: asked => translation.translation$(asked),
  };
}

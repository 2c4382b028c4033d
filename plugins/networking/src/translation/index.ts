export { networkingTranslationRef } from './ref';
export { useT, type Translate } from './useT';

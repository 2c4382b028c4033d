import { mockApis } from '@backstage/test-utils';
import { networkingTranslationRef, type Translate } from '../translation';

const translation = mockApis
  .translation()
  .getTranslation(networkingTranslationRef);
if (!translation.ready) throw new Error('The messages are not there');

/** The texts in English, for what takes them as a parameter. */
export const english: Translate = translation.t;

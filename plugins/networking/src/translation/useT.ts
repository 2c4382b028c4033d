import {
  useTranslationRef,
  type TranslationFunction,
} from '@backstage/frontend-plugin-api';
import { networkingTranslationRef } from './ref';

/** Gives the text of a message in the reader's language. What is no component takes it as a parameter. */
export type Translate = TranslationFunction<typeof networkingTranslationRef.T>;

/** The texts of this plugin. */
export const useT = (): Translate =>
  useTranslationRef(networkingTranslationRef).t;

/** The channel of the signals plugin on which changes are told. @public */
export const CHANGES_CHANNEL = 'networking:changes';

/**
 * A signal on {@link CHANGES_CHANNEL}. It also reaches people who are not signed in, so it holds nothing but opaque
 * topics, which authorized reads hand out.
 * @public
 */
export interface ChangesSignal {
  topics: string[];
  [key: string]: string[];
}

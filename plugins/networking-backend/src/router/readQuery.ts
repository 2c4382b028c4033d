import { InputError } from '@backstage/errors';
import type { Request } from 'express';

/** So much of a key is named. */
const KEY_LENGTH = 50;

const decode = (text: string) => decodeURIComponent(text.replace(/\+/g, ' '));

/**
 * The query as the OpenAPI document has it: keys are taken literally (no brackets, no dots), and one that is repeated has
 * the list of its values.
 *
 * @throws InputError naming the parameter that is not UTF-8 in percent-encoding (RFC 3986, section 2.1)
 */
export function readQuery({
  originalUrl,
}: Pick<Request, 'originalUrl'>): Record<string, string | string[]> {
  const start = originalUrl.indexOf('?');
  const pairs = start < 0 ? [] : originalUrl.slice(start + 1).split('&');
  const values = new Map<string, string[]>();
  for (const pair of pairs.filter(text => text !== '')) {
    const [key, ...rest] = pair.split('=');
    try {
      const name = decode(key);
      const value = decode(rest.join('='));
      const known = values.get(name);
      if (known) known.push(value);
      else values.set(name, [value]);
    } catch {
      throw new InputError(
        `The request is not valid. Encode ${key.slice(
          0,
          KEY_LENGTH,
        )} and its value as UTF-8, percent-encoded.`,
      );
    }
  }
  return Object.fromEntries(
    [...values].map(([key, all]) => [key, all.length === 1 ? all[0] : all]),
  );
}

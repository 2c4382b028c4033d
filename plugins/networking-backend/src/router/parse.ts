import { InputError } from '@backstage/errors';
import type { z } from 'zod';

/**
 * Checks a part of a request.
 *
 * @throws InputError naming each field and what is expected there
 */
export function parse<T extends z.ZodType>(
  schema: T,
  value: unknown,
): z.infer<T> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const problems = result.error.issues.map(({ path, message }) => {
    const field = path.map(String).join('.');
    return field ? `${field}: ${message}` : message;
  });
  throw new InputError(`The request is not valid. ${problems.join('; ')}`);
}

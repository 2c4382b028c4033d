import { InputError } from '@backstage/errors';
import { z } from 'zod';

/** So many problems, and keys of one problem, are named at most; keys by so many characters. */
const MOST = 5;
const KEY_LENGTH = 50;

const KINDS: Record<string, string> = {
  string: 'text',
  number: 'a whole number',
  int: 'a whole number',
  boolean: 'true or false',
  object: 'an object',
  array: 'a list',
};

const SIZES: Record<string, (size: string) => string> = {
  string: size => `text of ${size} characters`,
  array: size => `${size} values`,
};

type Issue = z.core.$ZodIssue;

/** The keys that the object at the path takes, as far as the schema tells. */
function keysAt(schema: z.ZodType, path: Issue['path']): string[] {
  const bare =
    schema instanceof z.ZodOptional ? (schema.unwrap() as z.ZodType) : schema;
  if (!(bare instanceof z.ZodObject)) return [];
  const [next, ...rest] = path;
  const shape = bare.shape as Record<string, z.ZodType>;
  return next === undefined
    ? Object.keys(shape)
    : keysAt(shape[String(next)], rest);
}

function remedyOf(schema: z.ZodType, issue: Issue): string {
  // A value of a list is known by the list's name: the query repeats it.
  const field = issue.path.filter(key => typeof key === 'string').join('.');
  const set = (to: string) =>
    field ? `Set ${field} to ${to}.` : `Send ${to} as JSON.`;
  const sized = (origin: string, size: string) =>
    set(SIZES[origin]?.(size) ?? size);
  switch (issue.code) {
    case 'unrecognized_keys': {
      const known = keysAt(schema, issue.path).join(', ');
      const unknown = issue.keys
        .slice(0, MOST)
        .map(key =>
          [field, key.slice(0, KEY_LENGTH) || '""'].filter(Boolean).join('.'),
        );
      return `Leave out ${unknown.join(', ')}: ${
        field || 'this request'
      } takes ${known ? `${known} and nothing else` : 'no parameters'}.`;
    }
    case 'invalid_type':
      return set(KINDS[issue.expected] ?? issue.expected);
    case 'invalid_value':
      return set(
        `${issue.values.length > 1 ? 'one of ' : ''}${issue.values.join(', ')}`,
      );
    case 'too_small':
      if (issue.origin === 'string') return set('text that is not empty');
      return sized(issue.origin, `at least ${issue.minimum}`);
    case 'too_big':
      return sized(issue.origin, `at most ${issue.maximum}`);
    default:
      return set(issue.message);
  }
}

/**
 * Checks a part of a request.
 *
 * @throws InputError naming each field and what to set it to, and each key that is not known
 */
export function parse<T extends z.ZodType>(
  schema: T,
  value: unknown,
): z.infer<T> {
  return parseWith(schema, value, issue => remedyOf(schema, issue));
}

/**
 * Checks a query, in which a parameter that takes one value may be repeated.
 *
 * @throws InputError as {@link parse} does
 */
export function parseQuery<T extends z.ZodType>(
  schema: T,
  query: Readonly<Record<string, unknown>>,
): z.infer<T> {
  return parseWith(schema, query, issue => {
    const [name] = issue.path;
    const isRepeated =
      issue.path.length === 1 &&
      Array.isArray(query[String(name)]) &&
      !('origin' in issue && issue.origin === 'array');
    return isRepeated
      ? `Set ${String(name)} only once.`
      : remedyOf(schema, issue);
  });
}

function parseWith<T extends z.ZodType>(
  schema: T,
  value: unknown,
  remedyFor: (issue: Issue) => string,
): z.infer<T> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const remedies = result.error.issues.map(remedyFor);
  throw new InputError(
    `The request is not valid. ${[...new Set(remedies)]
      .slice(0, MOST)
      .join(' ')}`,
  );
}

/**
 * Readers for objects that a server sent: what has not the expected shape is left out instead of failing later.
 */

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The elements of a list that are objects; none where it is no list. */
export function objectsOf<T extends object>(
  value: readonly T[] | undefined,
): readonly T[] {
  return Array.isArray(value)
    ? value.filter((item): item is T => isRecord(item))
    : [];
}

/** The elements of a list that are strings; none where it is no list. */
export function stringsOf(value: readonly string[] | undefined): string[] {
  return Array.isArray(value)
    ? value.filter((item): item is string => typeof item === 'string')
    : [];
}

export function stringOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** A string that is not empty. */
export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

export function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value)
    ? value
    : undefined;
}

/** One own string value of a map of strings, such as labels or annotations. */
export function entryOf(map: unknown, key: string): string | undefined {
  return isRecord(map) && Object.hasOwn(map, key)
    ? stringOf(map[key])
    : undefined;
}

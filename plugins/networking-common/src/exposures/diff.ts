import { isRecord } from '../gateway-api/lenient';
import type { FieldChange } from './types';

/**
 * The fields in which two JSON values differ, by path in the order of the names; list items are compared by position.
 * What is there on one side only is one change with its whole value. The path of the values themselves is empty.
 * @public
 */
export function diffObjects(before: unknown, after: unknown): FieldChange[] {
  return changes('', before, after);
}

function changes(path: string, before: unknown, after: unknown): FieldChange[] {
  if (Array.isArray(before) && Array.isArray(after)) {
    const length = Math.max(before.length, after.length);
    return Array.from({ length }, (_, index) =>
      changes(`${path}[${index}]`, before[index], after[index]),
    ).flat();
  }
  if (isRecord(before) && isRecord(after)) {
    const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
    return [...keys]
      .sort()
      .flatMap(key =>
        changes(join(path, key), ownValue(before, key), ownValue(after, key)),
      );
  }
  if (Object.is(before, after)) return [];
  return [
    {
      path,
      ...(before !== undefined && { before }),
      ...(after !== undefined && { after }),
    },
  ];
}

function ownValue(record: Record<string, unknown>, key: string): unknown {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}

function join(path: string, key: string): string {
  if (!/^[A-Za-z_$][\w$-]*$/.test(key)) {
    return `${path}[${JSON.stringify(key)}]`;
  }
  return path === '' ? key : `${path}.${key}`;
}

import { stringify } from 'yaml';
import { isRecord } from '../gateway-api/lenient';

const FIRST_KEYS = [
  'apiVersion',
  'kind',
  'metadata',
  'group',
  'name',
  'namespace',
  'labels',
  'annotations',
  'spec',
  'parentRefs',
  'hostnames',
  'rules',
  'matches',
  'filters',
  'backendRefs',
];

/**
 * An object as YAML: `apiVersion`, `kind`, `metadata` and `spec` first, a route's parts in the order in which they
 * are read, `status` last, everything else by name, so that equal objects give equal text. Strings that a YAML 1.1 parser (kubectl's) would read as something else, such
 * as `no` or `1e3`, are quoted.
 * @public
 */
export function toYaml(object: unknown): string {
  return stringify(ordered(object), {
    aliasDuplicateObjects: false,
    compat: 'yaml-1.1',
    lineWidth: 0,
  });
}

function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered);
  if (!isRecord(value)) return value;
  const keys = Object.keys(value)
    .filter(key => value[key] !== undefined)
    .sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
  return new Map(keys.map(key => [key, ordered(value[key])]));
}

function rank(key: string): number {
  const index = FIRST_KEYS.indexOf(key);
  if (index >= 0) return index;
  return key === 'status' ? FIRST_KEYS.length + 1 : FIRST_KEYS.length;
}

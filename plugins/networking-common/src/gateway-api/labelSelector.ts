import { entryOf, isRecord, objectsOf, stringsOf } from './lenient';
import type { LabelSelector } from './types';

/**
 * Does a label selector select these labels? All its requirements must hold; one without requirements selects
 * everything. `NotIn` also holds where the label is absent, and an unknown operator never holds.
 * @public
 */
export function labelSelectorMatches(
  selector: LabelSelector,
  labels: Readonly<Record<string, string>> | undefined,
): boolean {
  const { matchLabels, matchExpressions } = selector;
  const wanted = isRecord(matchLabels) ? Object.entries(matchLabels) : [];
  return (
    wanted.every(([key, value]) => entryOf(labels, key) === value) &&
    objectsOf(matchExpressions).every(({ key, operator, values }) => {
      const value = entryOf(labels, key);
      const isListed = value !== undefined && stringsOf(values).includes(value);
      switch (operator) {
        case 'In':
          return isListed;
        case 'NotIn':
          return !isListed;
        case 'Exists':
          return value !== undefined;
        case 'DoesNotExist':
          return value === undefined;
        default:
          return false;
      }
    })
  );
}

const NAME = '[A-Za-z0-9](?:[A-Za-z0-9._-]{0,61}[A-Za-z0-9])?';
const KEY = `(?:[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?/)?${NAME}`;
const EQUALITY = new RegExp(`^(${KEY})\\s*(==|=|!=)\\s*((?:${NAME})?)$`);
const SET = new RegExp(`^(${KEY})\\s+(in|notin)\\s*\\(([^()]*)\\)$`);
const EXISTENCE = new RegExp(`^(!?)\\s*(${KEY})$`);
const VALUE = new RegExp(`^(?:${NAME})?$`);

/**
 * Parses Kubernetes' string form of a label selector, `app=shop,tier in (web, api),!canary`. Undefined for a text
 * that is no selector, and for an empty one: it would select everything, which nobody means by leaving it out.
 * @public
 */
export function parseLabelSelector(text: string): LabelSelector | undefined {
  const requirements = splitOutsideParentheses(text);
  const matchLabels: Record<string, string> = {};
  const matchExpressions: {
    key: string;
    operator: string;
    values?: string[];
  }[] = [];
  for (const requirement of requirements) {
    const equality = EQUALITY.exec(requirement);
    const set = SET.exec(requirement);
    const existence = EXISTENCE.exec(requirement);
    if (equality) {
      const [, key, operator, value] = equality;
      const isFirst = !Object.hasOwn(matchLabels, key);
      if (operator === '!=') {
        matchExpressions.push({ key, operator: 'NotIn', values: [value] });
      } else if (isFirst && key !== '__proto__') {
        matchLabels[key] = value;
      } else {
        matchExpressions.push({ key, operator: 'In', values: [value] });
      }
    } else if (set) {
      const [, key, operator, list] = set;
      const values = list.split(',').map(value => value.trim());
      if (!values.every(value => VALUE.test(value))) return undefined;
      matchExpressions.push({
        key,
        operator: operator === 'in' ? 'In' : 'NotIn',
        values,
      });
    } else if (existence) {
      const [, not, key] = existence;
      matchExpressions.push({ key, operator: not ? 'DoesNotExist' : 'Exists' });
    } else {
      return undefined;
    }
  }
  const hasLabels = Object.keys(matchLabels).length > 0;
  return {
    ...(hasLabels && { matchLabels }),
    ...(matchExpressions.length > 0 && { matchExpressions }),
  };
}

function splitOutsideParentheses(text: string): string[] {
  return text.split(/,(?![^()]*\))/).map(part => part.trim());
}

import type { ObjectName } from '../findings/types';

/** `Service shop/web`. */
export const objectWords = ({ kind, namespace, name }: ObjectName): string =>
  `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`;

/** `1 pod`, `2 pods`. */
export const countWords = (count: number, one: string): string =>
  `${count} ${one}${count === 1 ? '' : 's'}`;

/** `a`, or `a, b or c`. */
export const choiceWords = (items: readonly string[]): string =>
  items.length < 2
    ? items.join('')
    : `${items.slice(0, -1).join(', ')} or ${items[items.length - 1]}`;

import type { ObjectName } from '../findings/types';

/** `Service shop/web`. */
export const objectWords = ({ kind, namespace, name }: ObjectName): string =>
  `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`;

/** `1 pod`, `2 pods`. */
export const countWords = (count: number, one: string): string =>
  `${count} ${one}${count === 1 ? '' : 's'}`;

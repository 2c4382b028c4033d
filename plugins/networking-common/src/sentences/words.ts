import { durationInWords } from '../findings/words';
import type { ObjectName } from '../findings/types';

export const ADMINS = "the platform's admins";

/** `Service shop/web`. */
export const objectWords = ({ kind, namespace, name }: ObjectName): string =>
  `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`;

/** `listener https of Gateway kube-system/idp-gateway`. */
export const listenerWords = ({
  listener,
  holder,
}: {
  listener: string;
  holder: ObjectName;
}): string => `listener ${listener} of ${objectWords(holder)}`;

/** Whose a Gateway or ListenerSet is: the Gateway is the admins' business. */
export const ownersWords = ({ kind, namespace }: ObjectName): string =>
  kind === 'ListenerSet' ? `the owners of namespace ${namespace}` : ADMINS;

/** `Service shop/web`, `every HTTPRoute of namespace shop`: what a route sends to. */
export const backendWords = (backend: ObjectName): string =>
  backend.name === '*'
    ? `every ${backend.kind} of namespace ${backend.namespace}`
    : objectWords(backend);

/** `1 pod`, `2 pods`. */
export const countWords = (count: number, one: string): string =>
  `${count} ${one}${count === 1 ? '' : 's'}`;

/** `a`, or `a, b or c`. */
export const choiceWords = (items: readonly string[]): string =>
  items.length < 2
    ? items.join('')
    : `${items.slice(0, -1).join(', ')} or ${items[items.length - 1]}`;

/** ` for 3 minutes`; nothing where the time is not known. */
export const forWords = (ms: number | undefined): string =>
  ms === undefined ? '' : ` for ${durationInWords(ms)}`;

/** ` after 3 minutes`; nothing where the time is not known. */
export const afterWords = (ms: number | undefined): string =>
  ms === undefined ? '' : ` after ${durationInWords(ms)}`;

/** ` The controller says: …`; nothing where it says nothing. */
export const saidWords = (
  said: string | undefined,
  who: string = 'The controller',
): string => (said === undefined ? '' : ` ${who} says: ${said}.`);

export const capitalized = (words: string): string =>
  `${words.slice(0, 1).toUpperCase()}${words.slice(1)}`;

export const orAsk = (controller: string): string =>
  `Wait; if it stays so, ask ${ADMINS} whether ${controller} is running.`;

export const orReadLog = (controller: string): string =>
  `Wait; if it stays so, ask ${ADMINS} to read the log of ${controller}.`;

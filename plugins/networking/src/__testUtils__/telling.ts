import type { NetworkingApi } from 'backstage-plugin-networking-common';
import type { KnownData } from './knownData';

/** What the functions of {@link tellingModule} have given. */
export const told: unknown[] = [];

/** A module whose functions tell what they give. */
export const tellingModule = (module: object): object =>
  Object.fromEntries(
    Object.entries(module).map(([name, member]) => [
      name,
      typeof member === 'function'
        ? (...args: unknown[]) => {
            const given: unknown = member(...args);
            told.push(given);
            return given;
          }
        : member,
    ]),
  );

/** The API, whose answers and refusals become known. */
export const tellingApi = <T extends NetworkingApi>(
  api: T,
  data: KnownData,
): T =>
  new Proxy(api, {
    get(target, key) {
      const member: unknown = Reflect.get(target, key);
      if (typeof member !== 'function') return member;
      return async (...args: unknown[]) => {
        try {
          const answer: unknown = await member.apply(target, args);
          data.add(answer);
          return answer;
        } catch (error) {
          data.add((error as Error).message);
          data.add((error as { body?: unknown }).body);
          throw error;
        }
      };
    },
  });

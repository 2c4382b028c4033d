import type { NetworkingApi } from 'backstage-plugin-networking-common';
import { FakeNetworkingApi } from '../../dev/fake';

/** An API whose answer to one question is changed. */
export async function answering<K extends keyof NetworkingApi>(
  key: K,
  change: (answer: Awaited<ReturnType<NetworkingApi[K]>>) => unknown,
): Promise<FakeNetworkingApi> {
  const api = new FakeNetworkingApi({ certificateStates: true });
  const ask = (api[key] as (...args: unknown[]) => unknown).bind(api);
  jest.spyOn(api, key as 'getPlatform').mockImplementation((async (
    ...args: unknown[]
  ) => {
    const answer = structuredClone(await ask(...args));
    change(answer as never);
    return answer;
  }) as never);
  return api;
}

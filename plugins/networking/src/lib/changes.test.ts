import type { SignalApi } from '@backstage/plugin-signals-react';
import { CHANGES_CHANNEL } from 'backstage-plugin-networking-common';
import { changesOf } from './changes';

function setUp() {
  const unsubscribe = jest.fn();
  const subscribe = jest.fn(() => ({ unsubscribe }));
  const listener = jest.fn();
  const leave = changesOf({ subscribe } as unknown as SignalApi)(listener);
  const [channel, tell] = subscribe.mock.calls[0] as unknown as [
    string,
    (message: unknown) => void,
  ];
  return { channel, tell, listener, leave, unsubscribe };
}

it('passes on the topics told on the channel of changes', () => {
  const { channel, tell, listener } = setUp();
  expect(channel).toBe(CHANGES_CHANNEL);
  tell({ topics: ['a', 'b'] });
  expect(listener).toHaveBeenCalledWith(['a', 'b']);
});

it('takes a message of another shape for no news', () => {
  const { tell, listener } = setUp();
  [null, {}, { topics: 'a' }].forEach(tell);
  expect(listener).not.toHaveBeenCalled();
});

it('leaves the channel', () => {
  const { leave, unsubscribe } = setUp();
  leave();
  expect(unsubscribe).toHaveBeenCalledTimes(1);
});

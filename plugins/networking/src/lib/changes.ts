import type { SignalApi } from '@backstage/plugin-signals-react';
import {
  CHANGES_CHANNEL,
  type ChangesSignal,
} from 'backstage-plugin-networking-common';
import type { ChangeSource } from '../hooks/pollingStore';

/** What the signals plugin tells of changes. A message of another shape is no news. */
export function changesOf(signals: SignalApi): ChangeSource {
  return listener => {
    const subscriber = signals.subscribe<ChangesSignal>(
      CHANGES_CHANNEL,
      message => {
        const topics: unknown = message?.topics;
        if (Array.isArray(topics)) listener(topics);
      },
    );
    return () => subscriber.unsubscribe();
  };
}

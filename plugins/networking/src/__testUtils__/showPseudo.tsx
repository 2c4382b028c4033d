import type { ReactElement } from 'react';
import { act, fireEvent, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { ANCHORS } from 'backstage-plugin-networking-common';
import { FakeNetworkingApi, component } from '../../dev/fake';
import { bareTexts } from './bareTexts';
import { KnownData } from './knownData';
import { pseudoTranslation } from './pseudoLocale';
import { renderForEntity } from './renderForEntity';
import { tellingApi, told } from './telling';

/** A screen in the language of brackets. */
export async function show(
  element: ReactElement,
  options: {
    name?: string;
    path?: string;
    allowed?: boolean;
    api?: FakeNetworkingApi;
  } = {},
) {
  const { api = new FakeNetworkingApi(), ...rest } = options;
  const data = new KnownData();
  data.add(component(options.name ?? 'shop'));
  data.add(ANCHORS);
  data.add('local');
  const user = userEvent.setup({ pointerEventsCheck: 0 });
  await renderForEntity(element, {
    ...rest,
    api: tellingApi(api, data),
    translation: pseudoTranslation(),
  });
  /** Texts that are neither translated nor data. */
  const bare = () => {
    data.add(told);
    return bareTexts(data);
  };
  const settle = () =>
    waitFor(() =>
      expect(document.body.querySelector('[aria-busy=true]')).toBeNull(),
    );
  /** Opens all that is folded, and what is folded in that. */
  const unfold = async () => {
    for (let depth = 0; depth < 3; depth++) {
      const folded = [
        ...document.body.querySelectorAll<HTMLElement>(
          // Not what opens a dialog or a menu.
          'button[aria-expanded=false][aria-controls], td button[aria-expanded=false]',
        ),
      ];
      for (const button of folded) await user.click(button);
      for (const details of document.body.querySelectorAll('details')) {
        if (!details.open) {
          act(() => {
            details.open = true;
          });
          fireEvent(details, new Event('toggle'));
        }
      }
      await settle();
    }
  };
  return { user, data, bare, settle, unfold };
}

import { act, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { FakeNetworkingApi } from '../../../../dev/fake';
import { renderForEntity } from '../../../__testUtils__/renderForEntity';
import { EntityNetworking } from '../../EntityNetworking';

export const urlFor = (label: string) =>
  `https://${label}.192-0-2-20.nip.io:30443`;

/** The form waits while one types and looks again every two seconds: the clock is the test's own. */
export async function openForm(
  options: {
    query?: string;
    name?: string;
    api?: FakeNetworkingApi;
  } = {},
) {
  const {
    query = '?action=expose',
    name = 'shop',
    api = new FakeNetworkingApi(),
  } = options;
  const user = userEvent.setup({ advanceTimers: jest.advanceTimersByTime });
  await renderForEntity(<EntityNetworking />, { name, api, path: `/${query}` });
  await screen.findByRole('textbox', { name: /^Subdomain/ });
  return { user, api };
}

export const passTime = (ms: number) =>
  act(() => jest.advanceTimersByTimeAsync(ms));
export const planned = () => passTime(400);
export const label = () => screen.getByRole('textbox', { name: /^Subdomain/ });
export const preview = () =>
  screen.getByRole('region', { name: 'What will happen' });

export async function typeLabel(
  user: ReturnType<typeof userEvent.setup>,
  text: string,
) {
  await user.clear(label());
  await user.type(label(), text);
  await planned();
}

import { screen } from '@testing-library/react';
import { FakeNetworkingApi } from '../../../dev/fake';
import { renderForEntity } from '../../__testUtils__/renderForEntity';
import { PlatformPage } from '../PlatformPage';
import { SettingsPage } from '../SettingsPage';

// In a file of its own: the answers of the permission API are cached for a while by all who ask.
it.each([
  {
    page: 'platform',
    element: <PlatformPage />,
    read: 'getPlatform' as const,
    title: "You can't see the platform's health.",
    permission: /networking\.platform\.read/,
  },
  {
    page: 'settings',
    element: <SettingsPage />,
    read: 'getSettings' as const,
    title: "You can't see the settings.",
    permission: /networking\.settings\.read/,
  },
])(
  'asks nothing of the backend for those who may not see the $page, and names the permission',
  async ({ element, read, title, permission }) => {
    const api = new FakeNetworkingApi();
    const asked = jest.spyOn(api, read);
    await renderForEntity(element, { api, allowed: false });
    expect(await screen.findByText(title)).toBeInTheDocument();
    expect(screen.getByText(permission)).toBeInTheDocument();
    expect(asked).not.toHaveBeenCalled();
  },
);

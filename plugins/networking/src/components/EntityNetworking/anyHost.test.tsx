import { screen, within } from '@testing-library/react';
import { FakeNetworkingApi, exposure, view } from '../../../dev/fake';
import { renderForEntity } from '../../__testUtils__/renderForEntity';
import { EntityNetworking } from './EntityNetworking';

const SHOP = 'component:default/shop';

/** The card of an exposure that names no hostname. */
async function cardWith(url: string | undefined, name: RegExp) {
  const api = new FakeNetworkingApi();
  const [host] = exposure('shop').hosts;
  api.set(
    SHOP,
    view(SHOP, [{ ...exposure('shop'), hosts: [{ ...host, host: '*', url }] }]),
  );
  await renderForEntity(<EntityNetworking />, { api });
  return within(await screen.findByRole('region', { name }));
}

it('shows what is served without any hostname at the address of the settings', async () => {
  const url = 'http://192.0.2.20:30080';
  const card = await cardWith(url, /^http:\/\/192\.0\.2\.20:30080$/);
  expect(
    card.getByRole('link', { name: `Open ${url} in a new tab` }),
  ).toHaveAttribute('href', url);
  expect(
    card.getByRole('list', { name: `Request path to ${url}` }),
  ).toBeInTheDocument();
});

it('links nothing where no address is known', async () => {
  const card = await cardWith(undefined, /^any host$/);
  expect(card.queryByRole('link', { name: /^Open / })).not.toBeInTheDocument();
});

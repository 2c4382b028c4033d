import { act, screen, within } from '@testing-library/react';
import type { Verdict } from 'backstage-plugin-networking-common';
import { FakeNetworkingApi, broken, live } from '../../../dev/fake';
import { renderForEntity } from '../../__testUtils__/renderForEntity';
import { EntityNetworking } from './EntityNetworking';

const SHOP = 'component:default/shop';

const cardOf = (host: RegExp) => screen.findByRole('region', { name: host });

it('names the cluster of each exposure where there are several', async () => {
  await renderForEntity(<EntityNetworking />, { name: 'twin' });
  expect(
    await cardOf(/^twin\.192-0-2-20\.nip\.io:30443\s+in cluster local$/),
  ).toHaveTextContent('Live');
  expect(
    await cardOf(/^twin\.edge\.example\.com:30443\s+in cluster edge$/),
  ).toHaveTextContent('Broken');
});

it('names no cluster where there is but one', async () => {
  await renderForEntity(<EntityNetworking />);
  expect(await cardOf(/^shop\.192/)).not.toHaveTextContent('in cluster');
});

describe('while it is open and a verdict changes', () => {
  const change = async (api: FakeNetworkingApi, verdict: Verdict) => {
    const shown = await api.getEntityExposures(SHOP);
    for (const changed of shown.exposures) {
      changed.verdict = verdict;
      for (const host of changed.hosts) host.verdict = verdict;
    }
    api.set(SHOP, shown);
    act(() => void document.dispatchEvent(new Event('visibilitychange')));
  };

  it('tells screen readers what changed, and nothing at first', async () => {
    const api = new FakeNetworkingApi();
    await renderForEntity(<EntityNetworking />, { api });
    await cardOf(/^shop\.192/);
    expect(screen.queryByText(/is now/)).not.toBeInTheDocument();
    await change(api, broken());
    const news = await screen.findByText(/is now Broken/);
    expect(news).toHaveAttribute('role', 'status');
    expect(news).toHaveTextContent(
      /^shop\.192-0-2-20\.nip\.io:30443 is now Broken\. The gateway answers 503: .*$/,
    );
  });

  it('keeps the focus where it is', async () => {
    const api = new FakeNetworkingApi();
    await renderForEntity(<EntityNetworking />, { api });
    const card = await cardOf(/^shop\.192/);
    const copy = within(card).getByRole('button', { name: /^Copy https/ });
    act(() => copy.focus());
    await change(api, broken());
    await screen.findByText(/is now Broken/);
    expect(copy).toHaveFocus();
  });

  it('goes on at the card where the control in focus went', async () => {
    const api = new FakeNetworkingApi();
    await renderForEntity(<EntityNetworking />, { api });
    const card = await cardOf(/^beta\.192/);
    const edit = within(card).getByRole('button', { name: /^Edit beta/ });
    act(() => edit.focus());
    await change(api, live());
    await screen.findByText(/is now Live/);
    expect(edit).not.toBeInTheDocument();
    expect(card).toHaveFocus();
  });
});

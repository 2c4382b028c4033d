import { act, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { Verdict } from 'backstage-plugin-networking-common';
import { FakeNetworkingApi, broken, live } from '../../../dev/fake';
import { renderForEntity } from '../../__testUtils__/renderForEntity';
import { EntityNetworking } from './EntityNetworking';

const SHOP = 'component:default/shop';

const cardOf = (host: RegExp) => screen.findByRole('region', { name: host });

it('keeps folded rows where they stand when a verdict changes', async () => {
  const user = userEvent.setup();
  const api = new FakeNetworkingApi();
  const ref = 'component:default/warehouse';
  await renderForEntity(<EntityNetworking />, { api, name: 'warehouse' });
  const rows = () =>
    screen
      .getAllByRole('button', { name: /warehouse-\d\d\.192/ })
      .map(({ textContent }) => /warehouse-\d\d/.exec(textContent!)![0]);
  await screen.findByText('24 exposures, the ones in trouble first');
  const before = rows();
  const shown = await api.getEntityExposures(ref);
  shown.exposures[23].verdict = broken();
  api.set(ref, shown);
  act(() => void document.dispatchEvent(new Event('visibilitychange')));
  const anew = await screen.findByRole('button', { name: 'Order anew' });
  expect(rows()).toEqual(before);
  await user.click(anew);
  expect(
    screen.getByText('24 exposures, the ones in trouble first'),
  ).toHaveFocus();
  expect(rows().slice(0, 2)).toEqual(['warehouse-08', 'warehouse-24']);
});

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

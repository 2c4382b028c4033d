import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { FakeNetworkingApi } from '../../../dev/fake';
import { renderForEntity } from '../../__testUtils__/renderForEntity';
import { ExposuresPage } from './ExposuresPage';

const table = () => screen.findByRole('table', { name: 'Hosts' });
const hosts = async () =>
  within(await table())
    .getAllByRole('rowheader')
    .map(({ textContent }) => textContent?.replace(/(route|HTTPRoute) .*/, ''));

it('shows what is in trouble first, in words, and leads to the tab', async () => {
  await renderForEntity(<ExposuresPage />);
  const [first] = within(await table())
    .getAllByRole('row')
    .slice(1);
  expect(first).toHaveTextContent('Broken');
  expect(first).toHaveTextContent('has no ready endpoints');
  expect(within(first).getByRole('link')).toHaveAttribute(
    'href',
    expect.stringMatching(
      /^\/catalog\/default\/component\/[\w-]+\/networking$/,
    ),
  );
});

it('orders by a heading, and backwards when it is pressed again', async () => {
  const user = userEvent.setup();
  await renderForEntity(<ExposuresPage />);
  const heading = async () =>
    within(await table()).getByRole('columnheader', { name: /^Host/ });
  await user.click(within(await heading()).getByRole('button'));
  expect(await heading()).toHaveAttribute('aria-sort', 'ascending');
  const ascending = await hosts();
  expect(ascending).toEqual([...ascending].sort());
  await user.click(within(await heading()).getByRole('button'));
  expect(await heading()).toHaveAttribute('aria-sort', 'descending');
  expect(await hosts()).toEqual([...ascending].reverse());
});

it('finds what is typed, says when there is nothing, and clears', async () => {
  const user = userEvent.setup();
  await renderForEntity(<ExposuresPage />);
  const all = (await hosts()).length;
  await user.type(
    await screen.findByRole('searchbox', { name: 'Find a host' }),
    'nowhere',
  );
  expect(await screen.findByText(/No host matches/)).toBeInTheDocument();
  expect(screen.getByText('0 hosts found')).toBeInTheDocument();
  await user.click(screen.getByRole('button', { name: 'Clear filters' }));
  expect(await hosts()).toHaveLength(all);
});

it('takes filters from its address and counts what each choice would leave', async () => {
  const user = userEvent.setup();
  await renderForEntity(<ExposuresPage />, { path: '/?verdict=Live' });
  const rows = within(await table())
    .getAllByRole('row')
    .slice(1);
  for (const row of rows) expect(row).toHaveTextContent('Live');
  await user.click(screen.getByRole('button', { name: /. Verdict$/ }));
  expect(
    await screen.findByRole('option', { name: `Live (${rows.length})` }),
  ).toBeInTheDocument();
  expect(
    screen.getByRole('option', { name: /^Broken \(\d+\)$/ }),
  ).toBeInTheDocument();
});

it('goes to the next page and back to the first', async () => {
  const user = userEvent.setup();
  const api = new FakeNetworkingApi();
  const { getHosts } = api;
  jest
    .spyOn(api, 'getHosts')
    .mockImplementation((query, options) =>
      getHosts.call(api, { ...query, limit: 2 }, options),
    );
  await renderForEntity(<ExposuresPage />, { api });
  const first = await hosts();
  await user.click(screen.getByRole('button', { name: 'Next page' }));
  await user.click(await screen.findByRole('button', { name: 'First page' }));
  await screen.findByRole('button', { name: 'Next page' });
  expect(await hosts()).toEqual(first);
});

it('says that nothing is exposed', async () => {
  const api = new FakeNetworkingApi();
  jest.spyOn(api, 'getHosts').mockResolvedValue({
    items: [],
    totalItems: 0,
    facets: { verdict: [], owner: [], namespace: [], cluster: [], reason: [] },
    clusters: [],
  });
  await renderForEntity(<ExposuresPage />, { api });
  expect(
    await screen.findByText(/Nothing that you may see is exposed yet/),
  ).toBeInTheDocument();
});

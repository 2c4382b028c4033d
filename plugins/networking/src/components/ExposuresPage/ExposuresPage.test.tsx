import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  FakeNetworkingApi,
  broken,
  manyHostRows,
  refusal,
} from '../../../dev/fake';
import { renderForEntity } from '../../__testUtils__/renderForEntity';
import { ExposuresPage } from './ExposuresPage';

const table = () => screen.findByRole('table', { name: 'Public URLs' });
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
  expect(first).toHaveTextContent('nothing takes connections');
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
    await screen.findByRole('searchbox', { name: 'Find a URL' }),
    'nowhere',
  );
  expect(await screen.findByText(/No host matches/)).toBeInTheDocument();
  expect(screen.getByText('0 hosts found')).toBeInTheDocument();
  await user.click(screen.getByRole('button', { name: 'Clear filters' }));
  expect(await hosts()).toHaveLength(all);
  expect(await screen.findByText(`${all} hosts`)).toHaveFocus();
});

it('takes filters from its address and counts what each choice would leave', async () => {
  const user = userEvent.setup();
  await renderForEntity(<ExposuresPage />, { path: '/?verdict=Live' });
  const rows = within(await table())
    .getAllByRole('row')
    .slice(1);
  for (const row of rows) expect(row).toHaveTextContent('Live');
  await user.click(screen.getByRole('button', { name: /. State$/ }));
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

it('names what is served without any hostname by its URL, or says so', async () => {
  const api = new FakeNetworkingApi();
  const [one, other] = manyHostRows(2);
  jest.spyOn(api, 'getHosts').mockResolvedValue({
    items: [
      { ...one, host: '*', url: 'http://192.0.2.20:30080' },
      { ...other, host: '*', url: undefined },
    ],
    totalItems: 2,
    facets: { verdict: [], owner: [], namespace: [], cluster: [], reason: [] },
    clusters: [],
  });
  await renderForEntity(<ExposuresPage />, { api });
  const [first, second] = within(await table()).getAllByRole('rowheader');
  expect(first).toHaveTextContent(/^http:\/\/192\.0\.2\.20:30080Route/);
  expect(second).toHaveTextContent(/^any hostRoute/);
});

it('says that nothing is exposed', async () => {
  const api = new FakeNetworkingApi();
  jest.spyOn(api, 'getHosts').mockResolvedValue({
    items: [],
    totalItems: 0,
    facets: { verdict: [], owner: [], namespace: [], cluster: [], reason: [] },
    clusters: [{ cluster: 'local', reachable: true, findings: [] }],
  });
  await renderForEntity(<ExposuresPage />, { api });
  expect(
    await screen.findByText(/Nothing you can see has a public URL yet/),
  ).toBeInTheDocument();
});

it('counts thousands of hosts and shows a page of them', async () => {
  const api = new FakeNetworkingApi({ moreHosts: manyHostRows(5_000) });
  await renderForEntity(<ExposuresPage />, { api });
  expect(
    await screen.findByText(/^5,0\d\d hosts · Page 1 of 101$/),
  ).toBeInTheDocument();
  expect(await hosts()).toHaveLength(50);
});

it('keeps what stands there while the next page is read, then goes on above its first row', async () => {
  const user = userEvent.setup();
  const api = new FakeNetworkingApi({ moreHosts: manyHostRows(200) });
  const { getHosts } = api;
  let answer = () => {};
  const gate = new Promise<void>(resolve => {
    answer = resolve;
  });
  jest.spyOn(api, 'getHosts').mockImplementation(async (query, options) => {
    if (query?.cursor) await gate;
    return getHosts.call(api, query, options);
  });
  await renderForEntity(<ExposuresPage />, { api });
  const first = await hosts();
  await user.click(screen.getByRole('button', { name: 'Next page' }));
  expect(await hosts()).toEqual(first);
  expect((await table()).parentElement).toHaveAttribute('aria-busy', 'true');
  answer();
  const count = await screen.findByText(/^2\d\d hosts · Page 2 of 5$/);
  await waitFor(() => expect(count).toHaveFocus());
  expect(await hosts()).not.toEqual(first);
  await user.click(screen.getByRole('button', { name: 'Previous page' }));
  await screen.findByText(/ · Page 1 of 5$/);
  expect(await hosts()).toEqual(first);
});

it('keeps rows where they stand when verdicts change, and orders them anew when asked to', async () => {
  const user = userEvent.setup();
  const api = new FakeNetworkingApi();
  await renderForEntity(<ExposuresPage />, { api });
  const before = await hosts();
  const shop = await api.getEntityExposures('component:default/shop');
  const row = (name: RegExp) => screen.getByRole('row', { name });
  expect(row(/^shop\.192/)).toHaveTextContent('Live');
  for (const { hosts: its } of shop.exposures) its[0].verdict = broken('shop');
  api.set('component:default/shop', shop);
  act(() => void document.dispatchEvent(new Event('visibilitychange')));
  await waitFor(() => expect(row(/^shop\.192/)).toHaveTextContent('Broken'));
  expect(await hosts()).toEqual(before);
  await user.click(screen.getByRole('button', { name: 'Sort again' }));
  expect(await hosts()).not.toEqual(before);
  expect(screen.getByText(/^\d+ hosts$/)).toHaveFocus();
  expect(
    screen.queryByRole('button', { name: 'Sort again' }),
  ).not.toBeInTheDocument();
});

it('leads to the tab of each entity that a route belongs to', async () => {
  const api = new FakeNetworkingApi();
  const [row] = manyHostRows(1);
  jest.spyOn(api, 'getHosts').mockResolvedValue({
    items: [
      {
        ...row,
        entities: ['shop', 'docs'].map(name => ({
          entityRef: `component:default/${name}`,
          reason: 'service' as const,
        })),
      },
    ],
    totalItems: 1,
    facets: { verdict: [], owner: [], namespace: [], cluster: [], reason: [] },
    clusters: [],
  });
  await renderForEntity(<ExposuresPage />, { api });
  for (const name of ['shop', 'docs']) {
    expect(within(await table()).getByRole('link', { name })).toHaveAttribute(
      'href',
      `/catalog/default/component/${name}/networking`,
    );
  }
});

it.each([
  [403, 'NotAllowedError', "You can't see the public URLs."],
  [500, 'Error', "Can't load the public URLs"],
])(
  'says why there is nothing where the backend answers %i',
  async (status, name, title) => {
    const api = new FakeNetworkingApi();
    jest.spyOn(api, 'getHosts').mockRejectedValue(refusal(status, name, 'No.'));
    await renderForEntity(<ExposuresPage />, { api });
    expect(await screen.findByText(title)).toBeInTheDocument();
  },
);

it('says that no cluster is configured, and not that nothing is there', async () => {
  const api = new FakeNetworkingApi();
  jest.spyOn(api, 'getHosts').mockResolvedValue({
    items: [],
    totalItems: 0,
    facets: {
      verdict: [],
      owner: [],
      namespace: [],
      cluster: [],
      reason: [],
    },
    clusters: [],
  });
  await renderForEntity(<ExposuresPage />, { api });
  expect(
    await screen.findByText('No cluster is configured.'),
  ).toBeInTheDocument();
  expect(screen.queryByText(/ yet\./)).not.toBeInTheDocument();
});

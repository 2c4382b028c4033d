import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { Verdict } from 'backstage-plugin-networking-common';
import {
  FakeNetworkingApi,
  broken,
  exposure,
  live,
  view,
} from '../../../dev/fake';
import { renderForEntity } from '../../__testUtils__/renderForEntity';
import { EntityNetworking } from './EntityNetworking';

const REF = 'component:default/depot';
const COUNT = 60;

const labelOf = (index: number) => `depot-${String(index).padStart(2, '0')}`;

const all = (verdictOf: (index: number) => Verdict | undefined) =>
  view(
    REF,
    Array.from({ length: COUNT }, (_, index) =>
      exposure(labelOf(index), {
        namespace: 'depot',
        service: 'depot',
        verdict: verdictOf(index) ?? live(),
      }),
    ),
  );

const brokenAt = (...places: number[]) =>
  all(index => (places.includes(index) ? broken() : undefined));

async function open(places = [7], path = '/') {
  const api = new FakeNetworkingApi();
  api.set(REF, brokenAt(...places));
  await renderForEntity(<EntityNetworking />, { api, name: 'depot', path });
  return { api, user: userEvent.setup() };
}

const rows = () =>
  screen
    .getAllByRole('button', { name: /depot-\d\d\.192/ })
    .map(({ textContent }) => /depot-\d\d/.exec(textContent!)![0]);

const labels = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, index) => labelOf(from + index));

const readAgain = () =>
  act(() => void document.dispatchEvent(new Event('visibilitychange')));

const FIRST_PAGE = '60 URLs · 1 Broken · 59 Live · Page 1 of 3';

it('shows one page of short rows, the worst first, and counts all', async () => {
  const { api } = await open();
  const read = jest.spyOn(api, 'getExposure');
  expect(await screen.findByText(FIRST_PAGE)).toBeInTheDocument();
  expect(rows()).toEqual(['depot-07', ...labels(0, 7), ...labels(8, 25)]);
  const [first, second] = screen.getAllByRole('button', { name: /depot-/ });
  expect(first).toHaveTextContent(
    /^Brokendepot-07.*The gateway answers 503: .*Checked .* ago.*\.TLS: Healthy/,
  );
  expect(second).toHaveTextContent(
    /^Livedepot-00\S+Checked .* ago.*\.TLS: Healthy/,
  );
  expect(read).not.toHaveBeenCalled();
});

it('turns its pages by keyboard, and goes on above the first row', async () => {
  const { user } = await open();
  await screen.findByText(FIRST_PAGE);
  const pages = within(screen.getByRole('navigation', { name: 'Pages' }));
  const previous = pages.getByRole('button', { name: 'Previous page' });
  const next = pages.getByRole('button', { name: 'Next page' });
  expect(previous).toBeDisabled();
  act(() => next.focus());
  await user.keyboard('{Enter}');
  const second = await screen.findByText(/ · Page 2 of 3$/);
  await waitFor(() => expect(second).toHaveFocus());
  expect(rows()).toEqual(labels(25, 50));
  act(() => next.focus());
  await user.keyboard('{Enter}');
  await screen.findByText(/ · Page 3 of 3$/);
  expect(rows()).toEqual(labels(50, 60));
  expect(next).toBeDisabled();
  act(() => previous.focus());
  await user.keyboard('{Enter}');
  await screen.findByText(/ · Page 2 of 3$/);
  expect(rows()).toEqual(labels(25, 50));
});

it('reads the whole of a row when that is opened by keyboard', async () => {
  const { api, user } = await open();
  const read = jest.spyOn(api, 'getExposure');
  await screen.findByText(FIRST_PAGE);
  const [first] = screen.getAllByRole('button', { name: /depot-/ });
  act(() => first.focus());
  await user.keyboard('{Enter}');
  const card = await screen.findByRole('region', { name: /^depot-07/ });
  expect(card).toHaveTextContent('or choose another Service.');
  expect(read.mock.calls.map(([{ name }]) => name)).toEqual([
    'depot-07-k3v9q2mx',
  ]);
  expect(first).toHaveFocus();
});

it('keeps its order over all pages while verdicts change, until it is asked for anew', async () => {
  const { api, user } = await open();
  await screen.findByText(FIRST_PAGE);
  const before = rows();
  api.set(REF, brokenAt(59, 30));
  readAgain();
  await screen.findByText('60 URLs · 2 Broken · 58 Live · Page 1 of 3');
  await waitFor(() => expect(rows()).toEqual(before));
  await user.click(screen.getByRole('button', { name: 'Next page' }));
  await screen.findByText(/ · Page 2 of 3$/);
  expect(rows()).toEqual(labels(25, 50));
  await user.click(screen.getByRole('button', { name: 'Sort again' }));
  const first = await screen.findByText(/ · Page 1 of 3$/);
  expect(rows().slice(0, 3)).toEqual(['depot-30', 'depot-59', 'depot-00']);
  expect(first).toHaveFocus();
});

it('finds what is on other pages, and says where nothing is found', async () => {
  const { user } = await open();
  await screen.findByText(FIRST_PAGE);
  const search = screen.getByRole('searchbox', { name: 'Find a URL' });
  await user.type(search, 'depot-5');
  expect(
    await screen.findByText('10 URLs found · 10 Live'),
  ).toBeInTheDocument();
  expect(rows()).toEqual(labels(50, 60));
  await user.type(search, 'x');
  expect(await screen.findByText('0 URLs found')).toBeInTheDocument();
  expect(screen.getByText(/^No URL matches\./)).toBeInTheDocument();
  await user.clear(search);
  expect(await screen.findByText(FIRST_PAGE)).toBeInTheDocument();
});

it('removes one that was opened', async () => {
  const { user } = await open();
  await screen.findByText(FIRST_PAGE);
  await user.click(screen.getAllByRole('button', { name: /depot-/ })[0]);
  const card = await screen.findByRole('region', { name: /^depot-07/ });
  await user.click(
    within(card).getByRole('button', { name: /^More for depot-07/ }),
  );
  await user.click(await screen.findByRole('menuitem', { name: 'Remove' }));
  const dialog = await screen.findByRole('dialog', {
    name: /^Remove depot-07/,
  });
  await user.click(within(dialog).getByRole('button', { name: 'Remove' }));
  expect(
    await screen.findByText('59 URLs · 59 Live · Page 1 of 3'),
  ).toBeInTheDocument();
  await waitFor(() =>
    expect(rows()).toEqual([...labels(0, 7), ...labels(8, 26)]),
  );
  expect(screen.getByRole('heading', { name: 'Public URLs' })).toHaveFocus();
});

it('opens the form of one that is on another page by its link', async () => {
  await open([7], '/?action=edit&route=local/depot/depot-42-k3v9q2mx');
  expect(await screen.findByDisplayValue('depot-42')).toBeInTheDocument();
});

it('tells screen readers of a row whose verdict changes', async () => {
  const { api } = await open();
  await screen.findByText(FIRST_PAGE);
  api.set(REF, brokenAt(7, 3));
  readAgain();
  expect(
    await screen.findByText(/^depot-03\S+ is now Broken\./),
  ).toHaveAttribute('role', 'status');
});

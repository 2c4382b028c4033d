import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { IssuanceHistory as History } from 'backstage-plugin-networking-common';
import { FakeNetworkingApi, refusal } from '../../../dev/fake';
import { renderForEntity } from '../../__testUtils__/renderForEntity';
import { IssuanceHistory } from './IssuanceHistory';

const NOTHING: History = { events: [], orders: [], unknown: [] };

/** The history of a Certificate of the imaginary platform, folded, or one that is given. */
async function folded(name: string, history?: Promise<History>) {
  const user = userEvent.setup();
  const api = new FakeNetworkingApi();
  const read = jest.spyOn(api, 'getIssuanceHistory');
  if (history) read.mockImplementation(() => history);
  await renderForEntity(
    <IssuanceHistory
      address={{ cluster: 'local', namespace: 'kube-system', name }}
    />,
    { api },
  );
  const unfold = () =>
    user.click(screen.getByText(/^History/, { selector: 'summary' }));
  return { user, read, unfold };
}

const listOf = async (label: string) =>
  within(await screen.findByRole('list', { name: label })).getAllByRole(
    'listitem',
  );

it('is read when it is opened, and not before', async () => {
  const { read, unfold } = await folded('good-cert');
  expect(read).not.toHaveBeenCalled();
  await unfold();
  // A browser tells that a disclosure was toggled in a task of its own.
  await waitFor(() => expect(read).toHaveBeenCalledTimes(1));
  expect(read).toHaveBeenCalledWith({
    cluster: 'local',
    namespace: 'kube-system',
    name: 'good-cert',
  });
});

it('is announced while it is read', async () => {
  let answer: (history: History) => void = () => {};
  const { unfold } = await folded(
    'good-cert',
    new Promise(resolve => {
      answer = resolve;
    }),
  );
  await unfold();
  expect(await screen.findByLabelText('Loading the history')).toHaveAttribute(
    'aria-busy',
    'true',
  );
  answer(NOTHING);
  await waitFor(() =>
    expect(
      screen.queryByLabelText('Loading the history'),
    ).not.toBeInTheDocument(),
  );
});

it('has what was reported, the newest first, warnings as such, with age and who reported it', async () => {
  const { unfold } = await folded('failing-cert');
  await unfold();
  const events = await listOf('Events of Certificate kube-system/failing-cert');
  expect(events).toHaveLength(2);
  expect(events[0]).toHaveTextContent(
    /^Warning, OrderFailed: Failed to wait for order.*CertificateRequest kube-system\/failing-cert-4, 10 minutes ago.*, 3 times since 1 hour ago.*, by cert-manager-certificaterequests-issuer-acme$/,
  );
  expect(events[1]).toHaveTextContent(/^Normal, Requested: Created new/);
  expect(within(events[1]).getByText(/^1 hour ago/)).toHaveAttribute(
    'title',
    expect.stringMatching(/ at \d/),
  );
});

it('has the Orders of an ACME issuer before, each Challenge as a sentence', async () => {
  const { unfold } = await folded('first-issuance-cert');
  await unfold();
  const title = 'Certificate kube-system/first-issuance-cert';
  const [order] = await listOf(`Orders of ${title}`);
  expect(order).toHaveTextContent(
    /^Order first-issuance-cert-1-1408523690: pendingCreated \d+ seconds ago/,
  );
  const challenges = within(order).getAllByRole('listitem');
  expect(challenges[0]).toHaveTextContent(
    /^Challenge http-01 for first-issuance\.192-0-2-20\.nip\.io: pending, cert-manager is working on it, its answer is in place — Waiting for HTTP-01 challenge propagation/,
  );
  expect(challenges[1]).toHaveTextContent(
    /^Challenge dns-01 for \*\.192-0-2-20\.nip\.io: valid — Successfully authorized domain$/,
  );
  const events = screen.getByRole('list', { name: `Events of ${title}` });
  expect(
    // eslint-disable-next-line no-bitwise -- flags of the DOM
    order.compareDocumentPosition(events) & Node.DOCUMENT_POSITION_FOLLOWING,
  ).toBeTruthy();
});

it('says why there may be nothing', async () => {
  const { unfold } = await folded('overdue-cert');
  await unfold();
  expect(
    await screen.findByText(
      'cert-manager reported nothing in the last hour. Clusters keep Events for an hour by default.',
    ),
  ).toBeInTheDocument();
});

it('says what could not be read, and not that there is nothing', async () => {
  const { unfold } = await folded('two-managers-cert');
  await unfold();
  const [sentence] = await listOf(
    'Unknown about Certificate kube-system/two-managers-cert',
  );
  expect(sentence).toHaveTextContent(
    /may not list events in namespace kube-system.*rbac\/clusterrole\.yaml/,
  );
  expect(screen.queryByText(/reported nothing/)).not.toBeInTheDocument();
});

it('says why it cannot be shown, and is read again', async () => {
  const { user, read, unfold } = await folded('good-cert');
  read.mockRejectedValueOnce(refusal(500, 'Error', 'The backend is busy.'));
  await unfold();
  const alert = await screen.findByRole('alert');
  expect(alert).toHaveTextContent(
    /Can't load the history.*The backend is busy/,
  );
  await user.click(within(alert).getByRole('button', { name: 'Try again' }));
  expect(
    await listOf('Events of Certificate kube-system/good-cert'),
  ).toHaveLength(4);
  expect(screen.queryByRole('alert')).not.toBeInTheDocument();
});

it('is read again when it is asked for, and stays meanwhile', async () => {
  const { user, read, unfold } = await folded('good-cert');
  await unfold();
  await listOf('Events of Certificate kube-system/good-cert');
  read.mockResolvedValueOnce({ ...NOTHING, unknown: ['Nobody answers.'] });
  await user.click(screen.getByRole('button', { name: 'Reload' }));
  expect(await screen.findByText('Nobody answers.')).toBeInTheDocument();
  expect(read).toHaveBeenCalledTimes(2);
});

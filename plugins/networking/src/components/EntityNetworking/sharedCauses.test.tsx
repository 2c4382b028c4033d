import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { FakeNetworkingApi, uncheckedView } from '../../../dev/fake';
import { renderForEntity } from '../../__testUtils__/renderForEntity';
import { ExposuresPage } from '../ExposuresPage';
import { OverviewCard } from '../OverviewCard';
import { EntityNetworking } from './EntityNetworking';

const REF = 'component:default/unchecked';
const CAUSE = /has not found the gateway's address/;
const OWN_CAUSE = /no ready endpoints/;

function uncheckedApi(hosts = 12, findings?: []) {
  const api = new FakeNetworkingApi();
  const view = uncheckedView();
  const [state] = view.clusters;
  api.set(REF, {
    ...view,
    exposures: view.exposures.slice(0, hosts),
    clusters: [{ ...state, findings: findings ?? state.findings }],
  });
  return { api, name: 'unchecked' };
}

describe('a cause that the hosts of a cluster share', () => {
  it('stands once above the folded rows, and not in a row that is opened', async () => {
    const user = userEvent.setup();
    await renderForEntity(<EntityNetworking />, uncheckedApi());
    await screen.findByText('12 URLs · 1 Broken · 11 Unknown');
    expect(screen.getAllByText(CAUSE)).toHaveLength(1);
    await user.click(screen.getByRole('button', { name: /unchecked-02/ }));
    expect(await screen.findByRole('region')).toHaveTextContent('Unknown');
    expect(screen.getAllByText(CAUSE)).toHaveLength(1);
  });

  it('stands once above cards, and each host with a cause of its own says that', async () => {
    await renderForEntity(<EntityNetworking />, uncheckedApi(5));
    expect(await screen.findAllByRole('region')).toHaveLength(5);
    expect(screen.getAllByText(CAUSE)).toHaveLength(1);
    expect(
      within(screen.getByRole('region', { name: /unchecked-05/ })).getAllByText(
        OWN_CAUSE,
      ),
    ).not.toHaveLength(0);
  });

  it('is said by each host where its cluster does not say it', async () => {
    await renderForEntity(<EntityNetworking />, uncheckedApi(3, []));
    expect(await screen.findAllByText(CAUSE)).toHaveLength(3);
  });

  it('stands once on the card of the overview', async () => {
    await renderForEntity(<OverviewCard />, uncheckedApi());
    const rows = await screen.findAllByRole('listitem');
    expect(rows.map(({ textContent }) => OWN_CAUSE.test(textContent!))).toEqual(
      [true, false, false],
    );
    expect(screen.getAllByText(CAUSE)).toHaveLength(1);
  });

  it('stands once above the hosts of all', async () => {
    const { api } = uncheckedApi();
    await renderForEntity(<ExposuresPage />, { api, path: '/?cluster=lab' });
    const table = await screen.findByRole('table', { name: 'Public URLs' });
    expect(within(table).getAllByText('Unknown')).toHaveLength(11);
    expect(screen.getAllByText(CAUSE)).toHaveLength(1);
  });

  it('stands there also where it is a choice and no trouble', async () => {
    const { api, name } = uncheckedApi();
    const view = uncheckedView();
    view.clusters[0].findings[0].severity = 'info';
    api.set(REF, view);
    await renderForEntity(<EntityNetworking />, { api, name });
    expect(await screen.findAllByText(CAUSE)).toHaveLength(1);
  });
});

import { screen } from '@testing-library/react';
import { FakeNetworkingApi, refusal, view } from '../../../dev/fake';
import { renderForEntity } from '../../__testUtils__/renderForEntity';
import { OverviewCard } from './OverviewCard';

it('shows URL, verdict and TLS, what is broken first', async () => {
  await renderForEntity(<OverviewCard />);
  const [first, second] = await screen.findAllByRole('listitem');
  expect(first).toHaveTextContent(
    /^beta.*Broken.*TLS: Healthy · valid until.*no ready endpoints\.$/,
  );
  expect(second).toHaveTextContent(/^shop.*Live/);
  expect(screen.getByRole('link', { name: /^shop\.192/ })).toHaveAttribute(
    'href',
    'https://shop.192-0-2-20.nip.io:30443',
  );
});

it('leads to the tab, with the number of exposures where they do not fit', async () => {
  await renderForEntity(<OverviewCard />, { name: 'warehouse' });
  expect(
    await screen.findByRole('link', { name: 'All 24 URLs' }),
  ).toHaveAttribute('href', '/networking');
});

it('names the clusters where there are several', async () => {
  await renderForEntity(<OverviewCard />, { name: 'twin' });
  const [first, second] = await screen.findAllByRole('listitem');
  expect(first).toHaveTextContent(/^twin\.edge.* in cluster edge.*Broken/);
  expect(second).toHaveTextContent(/^twin\.192.* in cluster local.*Live/);
});

it('says that nothing is exposed', async () => {
  await renderForEntity(<OverviewCard />, { name: 'docs' });
  expect(
    await screen.findByText('docs has no public URL.'),
  ).toBeInTheDocument();
});

it('does not claim that nothing is exposed where not all is seen', async () => {
  const api = new FakeNetworkingApi();
  api.set(
    'component:default/shop',
    view('component:default/shop', [], {
      clusters: [{ cluster: 'attic', reachable: false, findings: [] }],
    }),
  );
  await renderForEntity(<OverviewCard />, { api });
  expect(
    await screen.findByText('No public URL of shop is known.'),
  ).toBeInTheDocument();
});

it('says that one may not see', async () => {
  const api = new FakeNetworkingApi();
  api.set('component:default/shop', refusal(403, 'NotAllowedError', 'no'));
  await renderForEntity(<OverviewCard />, { api });
  expect(
    await screen.findByText("You can't see the public URLs of shop."),
  ).toBeInTheDocument();
});

import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { FakeNetworkingApi, exposure, refusal, view } from '../../../dev/fake';
import { renderForEntity } from '../../__testUtils__/renderForEntity';
import { EntityNetworking } from './EntityNetworking';

const SHOP = 'component:default/shop';
const URL_OF_SHOP = 'https://shop.192-0-2-20.nip.io:30443';

const cardOf = (host: RegExp) => screen.findByRole('region', { name: host });

describe('EntityNetworking', () => {
  it('answers where, whether it works and whether it is safe', async () => {
    await renderForEntity(<EntityNetworking />);
    const card = await cardOf(/^shop\.192/);
    const link = within(card).getByRole('link', {
      name: /^shop\.192-0-2-20\.nip\.io:30443$/,
    });
    expect(link).toHaveAttribute('href', URL_OF_SHOP);
    expect(within(card).getByText('Live')).toBeVisible();
    expect(card).toHaveTextContent(/Answered 200\. Checked \d+ seconds ago/);
    expect(card).toHaveTextContent(
      /TLS: Healthy · Issued by idp-demo-ca · valid until \w+ \d+, 20\d\d/,
    );
    expect(
      within(card)
        .getByText(/^valid until/)
        .closest('time'),
    ).toHaveAttribute('title', expect.stringMatching(/^Valid until .*20\d\d/));
  });

  it('says how requests fail, the remedy, and names the stop of the way', async () => {
    await renderForEntity(<EntityNetworking />);
    const card = await cardOf(/^beta\.192/);
    expect(within(card).getByText('Broken')).toBeVisible();
    expect(card).toHaveTextContent(
      'The gateway answers 503: Service shop-beta has no ready endpoints.',
    );
    expect(card).toHaveTextContent('or choose another Service.');
    const stops = within(
      within(card).getByRole('list', {
        name: 'Request path to beta.192-0-2-20.nip.io',
      }),
    ).getAllByRole('listitem');
    expect(stops).toHaveLength(6);
    expect(stops[5]).toHaveTextContent(
      '0 of 1 readyFails hereIts selector app=shop-beta',
    );
    expect(stops[4]).toHaveTextContent('Service shop-beta:8080OK');
  });

  it('opens and copies the URL', async () => {
    const user = userEvent.setup();
    const write = jest.spyOn(navigator.clipboard, 'writeText');
    await renderForEntity(<EntityNetworking />);
    const card = await cardOf(/^shop\.192/);
    expect(
      within(card).getByRole('link', {
        name: `Open ${URL_OF_SHOP} in a new tab`,
      }),
    ).toHaveAttribute('href', URL_OF_SHOP);
    await user.click(
      within(card).getByRole('button', { name: `Copy ${URL_OF_SHOP}` }),
    );
    expect(write).toHaveBeenCalledWith(URL_OF_SHOP);
    expect(
      within(card).getByText(`Copied: ${URL_OF_SHOP}`),
    ).toBeInTheDocument();
  });

  it('unfolds details: the raw condition and the manifest', async () => {
    const user = userEvent.setup();
    await renderForEntity(<EntityNetworking />);
    const card = await cardOf(/^beta\.192/);
    await user.click(within(card).getByRole('button', { name: 'Details' }));
    expect(
      await within(card).findByText('0 of 1 ready', { selector: 'dd' }),
    ).toBeInTheDocument();
    expect(
      await within(card).findByRole('region', {
        name: 'YAML of beta-k3v9q2mx',
      }),
    ).toHaveTextContent('sectionName: https');
  });

  it('says what stops working, removes, and puts the focus back', async () => {
    const user = userEvent.setup();
    const api = new FakeNetworkingApi();
    const remove = jest.spyOn(api, 'remove');
    await renderForEntity(<EntityNetworking />, { api });
    const card = await cardOf(/^shop\.192/);
    await user.click(
      within(card).getByRole('button', { name: /^More for shop/ }),
    );
    await user.click(await screen.findByRole('menuitem', { name: 'Remove' }));
    const dialog = await screen.findByRole('dialog', {
      name: /^Remove shop\.192/,
    });
    expect(dialog).toHaveTextContent(
      'The gateway will return 404 for:shop.192',
    );
    expect(dialog).toHaveTextContent('Service shop keeps running');
    expect(
      within(dialog).getByRole('button', { name: 'Cancel' }),
    ).toHaveFocus();
    await user.click(within(dialog).getByRole('button', { name: 'Remove' }));
    await waitFor(() =>
      expect(
        screen.queryByRole('region', { name: /^shop\.192/ }),
      ).not.toBeInTheDocument(),
    );
    expect(remove).toHaveBeenCalledWith({
      cluster: 'local',
      namespace: 'shop',
      name: 'shop-k3v9q2mx',
      uid: 'uid-shop-shop',
    });
    expect(screen.getByRole('heading', { name: 'Public URLs' })).toHaveFocus();
  });

  it('removes nothing where the exposure changed meanwhile, and says so', async () => {
    const user = userEvent.setup();
    const api = new FakeNetworkingApi();
    jest
      .spyOn(api, 'remove')
      .mockRejectedValue(
        refusal(409, 'ConflictError', 'HTTPRoute shop/shop was made anew.'),
      );
    await renderForEntity(<EntityNetworking />, { api });
    const card = await cardOf(/^shop\.192/);
    await user.click(
      within(card).getByRole('button', { name: /^More for shop/ }),
    );
    await user.click(await screen.findByRole('menuitem', { name: 'Remove' }));
    await user.click(await screen.findByRole('button', { name: 'Remove' }));
    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent(
      'Nothing was removed.HTTPRoute shop/shop was made anew.',
    );
    await user.keyboard('{Escape}');
    await waitFor(() =>
      expect(screen.queryByRole('dialog')).not.toBeInTheDocument(),
    );
    expect(
      screen.getByRole('region', { name: /^shop\.192/ }),
    ).toBeInTheDocument();
  });

  it('is operable by keyboard alone', async () => {
    const user = userEvent.setup();
    await renderForEntity(<EntityNetworking />);
    const card = await cardOf(/^shop\.192/);
    act(() =>
      within(card)
        .getByRole('link', { name: /^shop\.192/ })
        .focus(),
    );
    await user.tab();
    expect(
      within(card).getByRole('link', { name: /^Open https/ }),
    ).toHaveFocus();
    await user.tab();
    expect(
      within(card).getByRole('button', { name: /^Copy https/ }),
    ).toHaveFocus();
    await user.tab();
    await user.keyboard('{Enter}');
    expect(await screen.findByRole('menuitem', { name: 'Edit' })).toHaveFocus();
  });

  it('keeps focus and cards when data arrives again', async () => {
    const user = userEvent.setup();
    const api = new FakeNetworkingApi();
    const read = jest.spyOn(api, 'getEntityExposures');
    await renderForEntity(<EntityNetworking />, { api });
    const card = await cardOf(/^shop\.192/);
    const copy = within(card).getByRole('button', { name: /^Copy https/ });
    await user.click(copy);
    act(() => void document.dispatchEvent(new Event('visibilitychange')));
    await waitFor(() => expect(read).toHaveBeenCalledTimes(2));
    await waitFor(async () => expect(await cardOf(/^shop\.192/)).toBe(card));
    expect(copy).toHaveFocus();
  });

  it('shows nothing to click that would be refused', async () => {
    const api = new FakeNetworkingApi();
    api.set(
      SHOP,
      view(SHOP, [exposure('shop')], {
        permissions: { create: false, update: false, delete: false },
      }),
    );
    await renderForEntity(<EntityNetworking />, { api });
    await cardOf(/^shop\.192/);
    expect(
      screen.queryByRole('button', { name: 'Expose' }),
    ).not.toBeInTheDocument();
    expect(
      screen.queryByRole('button', { name: /^More for/ }),
    ).not.toBeInTheDocument();
  });

  it('leaves a route of Helm where it is made', async () => {
    await renderForEntity(<EntityNetworking />, { name: 'legacy' });
    const card = await cardOf(/^legacy\.192/);
    expect(card).toHaveTextContent('Managed by Helm; edit it');
    expect(
      within(card).queryByRole('button', { name: /^More for/ }),
    ).not.toBeInTheDocument();
  });

  it('says in one line that a cluster does not answer, with the age of the data', async () => {
    await renderForEntity(<EntityNetworking />, { name: 'legacy' });
    await cardOf(/^legacy\.192/);
    expect(
      screen.getByText(/Cluster attic does not answer\./, {
        selector: '[role=status] p',
      }),
    ).toHaveTextContent('Showing what was read 3 minutes ago');
  });

  it('says what to do where nothing is exposed', async () => {
    const user = userEvent.setup();
    await renderForEntity(<EntityNetworking />, { name: 'docs' });
    expect(
      await screen.findByRole('heading', {
        name: 'docs has no public URL yet.',
      }),
    ).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Expose docs' }));
    expect(
      await screen.findByRole('heading', { name: 'Expose docs' }),
    ).toHaveFocus();
  });

  it('names the owner to those who may not expose', async () => {
    await renderForEntity(<EntityNetworking />, { name: 'visitor' });
    expect(
      await screen.findByText('Ask team-visitor to expose it.'),
    ).toBeInTheDocument();
    expect(
      screen.queryByRole('button', { name: /Expose/ }),
    ).not.toBeInTheDocument();
  });

  it('says that no cluster is configured, and offers nothing and names no owner', async () => {
    const api = new FakeNetworkingApi();
    api.set(SHOP, view(SHOP, [], { clusters: [] }));
    await renderForEntity(<EntityNetworking />, { api });
    expect(
      await screen.findByRole('heading', { name: 'No cluster is configured.' }),
    ).toBeInTheDocument();
    expect(screen.getByText(/clusterLocatorMethods/)).toBeInTheDocument();
    expect(screen.queryByText(/the owner|public URL/)).toBeNull();
    expect(screen.queryByRole('button', { name: /Expose/ })).toBeNull();
  });

  it.each([
    ['no exposure', []],
    ['an exposure', [exposure('shop')]],
  ])('says why nobody writes, beside %s', async (_, exposures) => {
    const api = new FakeNetworkingApi();
    api.set(
      SHOP,
      view(SHOP, exposures, {
        permissions: { create: false, update: false, delete: false },
        writesRefused: {
          reason: 'PermissionsDisabled',
          severity: 'blocking',
          message: 'Nothing is written.',
          remedy: 'Set permission.enabled.',
          subject: { kind: 'Setting', name: 'permission.enabled' },
        },
      }),
    );
    await renderForEntity(<EntityNetworking />, { api });
    expect(await screen.findByText('Nothing is written.')).toBeVisible();
    expect(screen.getByText('Set permission.enabled.')).toBeVisible();
    expect(screen.queryByText(/the owner|URL yet/)).toBeNull();
  });

  it('does not claim that nothing is exposed where a cluster cannot be seen', async () => {
    const api = new FakeNetworkingApi();
    api.set(
      SHOP,
      view(SHOP, [], {
        clusters: [{ cluster: 'attic', reachable: false, findings: [] }],
      }),
    );
    await renderForEntity(<EntityNetworking />, { api });
    expect(
      await screen.findByRole('heading', {
        name: 'No public URL of shop is known.',
      }),
    ).toBeInTheDocument();
    expect(
      screen.getByText(
        /Cluster attic doesn't respond, and nothing is known about it yet\./,
      ),
    ).toBeInTheDocument();
  });

  it('says of which namespace it shows nothing, and does not claim that there is nothing', async () => {
    const api = new FakeNetworkingApi();
    api.set(
      SHOP,
      view(SHOP, [], {
        notMatched: [
          {
            reason: 'NamespaceNotGranted',
            severity: 'info',
            message: 'Namespace payments is granted to others.',
            remedy: 'Ask its owners.',
            subject: { kind: 'Namespace', name: 'payments', cluster: 'local' },
          },
        ],
      }),
    );
    await renderForEntity(<EntityNetworking />, { api });
    expect(
      await screen.findByRole('heading', {
        name: 'No public URL of shop is known.',
      }),
    ).toBeInTheDocument();
    expect(
      screen.getByText('Namespace payments is granted to others.'),
    ).toBeVisible();
    expect(screen.getByText('Ask its owners.')).toBeVisible();
  });

  it('says that one may not see', async () => {
    const api = new FakeNetworkingApi();
    api.set(
      SHOP,
      refusal(
        403,
        'NotAllowedError',
        'Permission networking.exposure.read is missing.',
      ),
    );
    await renderForEntity(<EntityNetworking />, { api });
    expect(await screen.findByRole('alert')).toHaveTextContent(
      "You can't see the public URLs of shop.Permission networking.exposure.read is missing.",
    );
    expect(
      screen.queryByRole('button', { name: 'Try again' }),
    ).not.toBeInTheDocument();
  });

  it('comes back from a failing backend by itself or on request', async () => {
    const user = userEvent.setup();
    const api = new FakeNetworkingApi();
    api.set(
      SHOP,
      refusal(500, 'Error', 'The backend could not read its clusters.'),
    );
    await renderForEntity(<EntityNetworking />, { api });
    expect(await screen.findByRole('alert')).toHaveTextContent(
      "Can't load the public URLs of shop",
    );
    api.set(SHOP, view(SHOP, [exposure('shop')]));
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await cardOf(/^shop\.192/)).toBeInTheDocument();
  });

  it('keeps the last data with its age while the backend fails', async () => {
    const api = new FakeNetworkingApi();
    await renderForEntity(<EntityNetworking />, { api });
    await cardOf(/^shop\.192/);
    api.set(SHOP, refusal(503, 'ServiceUnavailableError', 'Not now.'));
    act(() => void document.dispatchEvent(new Event('visibilitychange')));
    expect(await screen.findByText(/^Last updated/)).toHaveTextContent(
      'Not now.',
    );
    expect(
      screen.getByRole('region', { name: /^shop\.192/ }),
    ).toBeInTheDocument();
  });

  it('tells of a route that is not judged, and does not call the component unreachable', async () => {
    const api = new FakeNetworkingApi();
    api.set('component:default/shop', {
      entityRef: 'component:default/shop',
      exposures: [],
      notJudged: [
        {
          reason: 'RouteKindNotJudged',
          severity: 'info',
          message: 'GRPCRoute shop/api takes requests for api.x.io.',
          subject: { kind: 'GRPCRoute', name: 'api', namespace: 'shop' },
        },
      ],
      clusters: [],
      permissions: { create: true, update: true, delete: true },
    });
    await renderForEntity(<EntityNetworking />, { api });
    expect(
      await screen.findByText(/GRPCRoute shop\/api takes requests/),
    ).toBeInTheDocument();
    expect(screen.queryByText(/has no public URL/)).toBeNull();
  });

  it('shows the shape of what comes while it loads', async () => {
    const api = new FakeNetworkingApi();
    jest
      .spyOn(api, 'getEntityExposures')
      .mockReturnValue(new Promise(() => {}));
    await renderForEntity(<EntityNetworking />, { api });
    expect(screen.getByLabelText('Loading public URLs')).toHaveAttribute(
      'aria-busy',
      'true',
    );
  });
});

import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  FakeNetworkingApi,
  certificateExposures,
  refusal,
  view,
} from '../../../dev/fake';
import { renderForEntity } from '../../__testUtils__/renderForEntity';
import { EntityNetworking } from './EntityNetworking';

/** Opens the certificate of a host in one of the states of the imaginary platform. */
async function unfold(label: string) {
  const user = userEvent.setup();
  const api = new FakeNetworkingApi({ certificateStates: true });
  const SHOP = 'component:default/shop';
  api.set(
    SHOP,
    view(
      SHOP,
      certificateExposures().filter(({ hosts }) =>
        hosts[0].host.startsWith(`${label}.`),
      ),
    ),
  );
  const detail = jest.spyOn(api, 'getExposure');
  await renderForEntity(<EntityNetworking />, { api });
  const card = await screen.findByRole('region', {
    name: new RegExp(`^${label}\\.192`),
  });
  expect(detail).not.toHaveBeenCalled();
  await user.click(
    within(card).getByRole('button', {
      name: new RegExp(`^Certificate and last check ?of ${label}\\.`),
    }),
  );
  return { user, card };
}

it.each<{ label: string; says: RegExp[]; saysNot?: RegExp; bar: RegExp }>([
  {
    label: 'good',
    says: [
      /Trustby clients that trust the CA idp-demo-ca/,
      /This hostcovered/,
      /Address192\.0\.2\.20:30443/,
      /TLSv1\.3, verified for this host/,
      /leads to 192\.0\.2\.20, where the gateway is/,
    ],
    bar: /^Valid from .* until \w+ \d+, \d{4}; renews on/,
  },
  {
    label: 'expired',
    says: [
      /not verified: CERT_HAS_EXPIRED/,
      /expired on/,
      /Trustby nobody while it is not valid/,
    ],
    bar: /^Expired on .*, 2 days ago/,
  },
  {
    label: 'not-yet-valid',
    says: [/not valid before/],
    bar: /^Not valid yet/,
  },
  {
    label: 'rekeyed',
    says: [/different key/, /The chain doesn't lead to the current CA/],
    bar: /^Valid from/,
  },
  {
    label: 'issuer-lost',
    says: [
      /Trustby clients that trust the CA idp-demo-ca/,
      /TLSv1\.3, verified for this host/,
      /issuer-lost\S* *valid until .*signed by.*CA *idp-demo-ca/,
    ],
    saysNot: /not signed by|The chain doesn't lead|Current CA/,
    bar: /^Valid from/,
  },
  {
    label: 'wrong-host',
    says: [
      /This hostnot covered/,
      /Covers\*\.apps\.example\.com/,
      /leads to 198\.51\.100\.7/,
    ],
    bar: /^Valid from/,
  },
  {
    label: 'public',
    says: [/Trustby browsers and systems as they are/, /Intermediate CA/],
    bar: /^Valid from/,
  },
  {
    label: 'old-served',
    says: [
      /In useIssued by/,
      /Issued, not in use yet/,
      /Serial number issued[0-9A-F]{32}/,
    ],
    bar: /in 12 days\.$/,
  },
  {
    label: 'short-life',
    says: [/Now/, /TLSv1\.3/],
    bar: /in 40 minutes|in 41 minutes/,
  },
])(
  'tells of a certificate that is $label',
  async ({ label, says, saysNot = /(?!)/, bar }) => {
    const { card } = await unfold(label);
    for (const sentence of says) {
      await waitFor(() => expect(card).toHaveTextContent(sentence));
    }
    expect(card).not.toHaveTextContent(saysNot);
    expect(
      within(card).getAllByRole('img', { name: bar }).length,
    ).toBeGreaterThan(0);
  },
);

it.each([
  [
    'first-issuance',
    /Connections fail until Certificate kube-system\/first-issuance-cert is issued/,
  ],
  ['missing', /ECONNREFUSED while connecting: Nothing takes connections/],
  ['not-known', /This host hasn't been checked/],
])('tells what there is of one that is %s', async (label, sentence) => {
  const { card } = await unfold(label);
  expect(card).toHaveTextContent(sentence);
  expect(
    within(card).queryByRole('img', { name: /valid/ }),
  ).not.toBeInTheDocument();
});

it('has all that cmctl status certificate prints one click away', async () => {
  const { user, card } = await unfold('failing');
  await user.click(within(card).getByText(/^cert-manager details/));
  const certificate = await within(card).findByRole('region', {
    name: 'cert-manager Certificate',
  });
  for (const fact of [
    /Namefailing-cert/,
    /Namespacekube-system/,
    /Created/,
    /Ready: True/,
    /Issuing: False, Failed/,
    /Requested DNS names/,
    /Valid from/,
    /Valid until/,
    /Renewal time/,
    /Revision3/,
    /Last failure/,
    /Failed attempts3/,
    /Next attempt.*in 2 hours/,
  ]) {
    expect(certificate).toHaveTextContent(fact);
  }
  expect(
    within(card).getByRole('region', { name: 'Issuer' }),
  ).toHaveTextContent(/ClusterIssueridp-demo-ca.*KeyPairVerified/);
  expect(
    within(card).getByRole('region', { name: 'Next certificate request' }),
  ).toHaveTextContent(/failing-cert-4.*rate limit/);
  expect(
    within(card).getByRole('region', { name: 'Latest certificate' }),
  ).toHaveTextContent(
    /Signature algorithmECDSA-SHA256Key usagesdigitalSignature, keyEnciphermentExtended key usagesserverAuth/,
  );
  await user.click(
    within(card).getByText(
      (_, element) =>
        element?.textContent ===
        'History of Certificate kube-system/failing-cert',
      { selector: 'summary' },
    ),
  );
  for (const list of ['Orders', 'Events']) {
    expect(
      await within(card).findByRole('list', {
        name: `${list} of Certificate kube-system/failing-cert`,
      }),
    ).toBeInTheDocument();
  }
});

it('names the Secrets that an issuer looks for, where it is not ready', async () => {
  const { user, card } = await unfold('issuer-broken');
  await user.click(within(card).getByText(/^cert-manager details/));
  expect(
    await within(card).findByRole('region', { name: 'Issuer' }),
  ).toHaveTextContent(/CA secretcert-manager\/nowhere/);
});

it('says that facts are kept, and since when', async () => {
  const { user, card } = await unfold('kept');
  await user.click(within(card).getByText(/^cert-manager details/));
  expect(await within(card).findByText(/Shown as last seen/)).toHaveTextContent(
    '9 days ago',
  );
});

describe('Check now', () => {
  const button = () =>
    screen.findByRole('button', {
      name: /^Check shop\.192-0-2-20\.nip\.io now/,
    });

  it('asks the host, keeps the focus, and says when it may be asked again', async () => {
    const user = userEvent.setup();
    const api = new FakeNetworkingApi();
    const probe = jest.spyOn(api, 'probe');
    const read = jest.spyOn(api, 'getEntityExposures');
    await renderForEntity(<EntityNetworking />, { api });
    const check = await button();
    act(() => check.focus());
    await user.keyboard('{Enter}');
    expect(
      await screen.findByText('shop.192-0-2-20.nip.io was just checked.'),
    ).toHaveAttribute('role', 'status');
    expect(probe).toHaveBeenCalledWith(
      { cluster: 'local', namespace: 'shop', name: 'shop-k3v9q2mx' },
      expect.anything(),
    );
    // What came of it is read at once.
    await waitFor(() => expect(read).toHaveBeenCalledTimes(2));
    expect(check).toHaveTextContent(/^Again in (60|59|58) s$/);
    expect(check).toHaveFocus();
    await user.keyboard('{Enter}');
    expect(
      await screen.findByText(/^Try again in \d+ seconds\.$/),
    ).toHaveAttribute('role', 'status');
    expect(probe).toHaveBeenCalledTimes(1);
  });

  it('says so where the host was asked a moment ago by somebody else', async () => {
    const user = userEvent.setup();
    const api = new FakeNetworkingApi();
    const { exposures } = await api.getEntityExposures(
      'component:default/shop',
    );
    jest.spyOn(api, 'probe').mockResolvedValue({
      exposure: exposures[0],
      asked: [],
      againAt: new Date(Date.now() + 20_000).toISOString(),
    });
    await renderForEntity(<EntityNetworking />, { api });
    await user.click(await button());
    expect(
      await screen.findByText(/was checked a moment ago; try again shortly/),
    ).toBeInTheDocument();
    expect(await button()).toHaveTextContent(/^Again in (20|19) s$/);
  });

  it('says why it cannot', async () => {
    const user = userEvent.setup();
    const api = new FakeNetworkingApi();
    jest
      .spyOn(api, 'probe')
      .mockRejectedValue(
        refusal(
          409,
          'ConflictError',
          'The probe is turned off in the settings.',
        ),
      );
    await renderForEntity(<EntityNetworking />, { api });
    await user.click(await button());
    expect(
      await screen.findByText('The probe is turned off in the settings.'),
    ).toBeVisible();
    expect(await button()).toHaveTextContent('Check now');
  });
});

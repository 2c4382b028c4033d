import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { CertificatesView } from 'backstage-plugin-networking-common';
import {
  FakeNetworkingApi,
  certificatesView,
  refusal,
  renewedRow,
  secondsAgo,
} from '../../../dev/fake';
import { renderForEntity } from '../../__testUtils__/renderForEntity';
import { CertificatesPage } from './CertificatesPage';

const ALL = certificatesView().certificates.length;

const table = () => screen.findByRole('table', { name: 'Certificates' });
const rowOf = async (name: string) => {
  const header = within(await table())
    .getAllByRole('rowheader')
    .find(({ textContent }) => textContent?.includes(name));
  return header?.closest('tr') as HTMLTableRowElement;
};
const withView = (change: (view: CertificatesView) => CertificatesView) => {
  const api = new FakeNetworkingApi();
  jest
    .spyOn(api, 'getCertificates')
    .mockImplementation(async () => change(certificatesView()));
  return api;
};

it('shows what is in trouble first, in words with the remedy, and the CAs as rows of their own', async () => {
  await renderForEntity(<CertificatesPage />);
  const [first] = within(await table())
    .getAllByRole('row')
    .slice(1);
  expect(first).toHaveTextContent(/Critical.*Browsers refuse this certificate/);
  expect(first).toHaveTextContent(
    'Renew Certificate kube-system/expired-cert.',
  );
  expect(first).toHaveTextContent(
    'at Gateway kube-system/idp-gateway: expired',
  );
  const ca = await rowOf('CA · Certificate cert-manager/idp-demo-ca');
  expect(ca).toHaveTextContent(/^idp-demo-ca.*Healthy/);
});

it('says how long each lasts, with a bar that has it in words', async () => {
  await renderForEntity(<CertificatesPage />);
  const row = await rowOf('good-cert');
  expect(
    within(row).getByRole('img', {
      name: /^Valid from .*; renews on/,
    }),
  ).toBeInTheDocument();
  expect(row).toHaveTextContent(/valid until \w+ \d+, \d{4} \(/);
});

it('tells what is served apart from what was issued', async () => {
  await renderForEntity(<CertificatesPage />);
  const row = await rowOf('old-served-cert');
  expect(row).toHaveTextContent('in use: 12 days left');
  expect(row).toHaveTextContent(
    /Issued as revision 4\. When asked last, 1 host served the one before/,
  );
});

it('leads from each number to what it counts', async () => {
  const user = userEvent.setup();
  await renderForEntity(<CertificatesPage />);
  const row = await rowOf('rekeyed-cert');
  await user.click(
    within(row).getByRole('link', {
      name: '1 host of Certificate kube-system/rekeyed-cert',
    }),
  );
  const hosts = await screen.findByRole('region', { name: 'Hosts' });
  expect(
    within(hosts).getByRole('link', { name: /^rekeyed\.192/ }),
  ).toHaveAttribute(
    'href',
    '/catalog/default/component/certificates/networking',
  );
  await user.click(screen.getByRole('link', { name: '7 Critical' }));
  expect(
    await screen.findByText(`7 of ${ALL} certificates`),
  ).toBeInTheDocument();
  await user.click(screen.getByRole('button', { name: 'Clear filters' }));
  expect(await screen.findByText(`${ALL} certificates`)).toHaveFocus();
});

it('shows the chain that breaks and all that cert-manager says, by keyboard alone', async () => {
  const user = userEvent.setup();
  await renderForEntity(<CertificatesPage />, {
    path: '/?search=rekeyed-cert',
  });
  const details = within(await rowOf('rekeyed-cert')).getByRole('button', {
    name: 'Details of Certificate kube-system/rekeyed-cert',
  });
  details.focus();
  await user.keyboard('{Enter}');
  expect(details).toHaveAttribute('aria-expanded', 'true');
  expect(details).toHaveFocus();
  const chain = await screen.findByRole('list', {
    name: 'Chain of Certificate kube-system/rekeyed-cert',
  });
  expect(
    within(chain)
      .getAllByRole('listitem')
      .map(({ textContent }) =>
        textContent?.replace(/valid until.*?(?=different|signed|$)/, ' '),
      ),
  ).toEqual([
    expect.stringMatching(/^Certificaterekeyed\..*signed by$/),
    expect.stringMatching(/^CAidp-demo-ca.*different key$/),
    expect.stringMatching(/^Current CAidp-demo-ca/),
  ]);
  for (const group of [
    'cert-manager Certificate',
    'Issuer',
    'Secret',
    'Certificate request',
  ]) {
    expect(screen.getByRole('region', { name: group })).toBeInTheDocument();
  }
  await user.keyboard('{Enter}');
  expect(chain).not.toBeInTheDocument();
});

it('finds by host, entity, issuer and Gateway, and says when there is nothing', async () => {
  const user = userEvent.setup();
  await renderForEntity(<CertificatesPage />);
  await table();
  const field = screen.getByRole('searchbox', { name: 'Find a certificate' });
  await user.type(field, 'letsencrypt');
  expect(
    await screen.findByText(`1 of ${ALL} certificates`),
  ).toBeInTheDocument();
  await user.clear(field);
  await user.type(field, 'nothing like this');
  expect(await screen.findByText(/No certificate matches/)).toBeInTheDocument();
});

describe('a renewal', () => {
  const TITLE = 'Certificate kube-system/rekeyed-cert';
  const ask = async (user: ReturnType<typeof userEvent.setup>) => {
    const button = within(await rowOf('rekeyed-cert')).getByRole('button', {
      name: `Renew ${TITLE}`,
    });
    await user.click(button);
    return screen.findByRole('dialog', { name: `Renew ${TITLE}` });
  };

  it('says what happens, asks, and is followed until the new serial is served', async () => {
    const user = userEvent.setup();
    let stage: number | undefined;
    const api = withView(view => ({
      ...view,
      certificates: view.certificates.map(row =>
        stage !== undefined && row.facts.certificate?.name === 'rekeyed-cert'
          ? renewedRow(row, stage)
          : row,
      ),
    }));
    const renew = jest.spyOn(api, 'renew');
    await renderForEntity(<CertificatesPage />, { api });
    const dialog = await ask(user);
    expect(dialog).toHaveTextContent(
      'through ClusterIssuer idp-demo-ca. It gets a new key.',
    );
    expect(dialog).toHaveTextContent(/This host gets it:rekeyed\.192/);
    expect(dialog).toHaveTextContent(
      "anyone who trusts only the old CA will see warnings. Trust this CA, on a host's Networking tab, hands out the current CA",
    );
    expect(
      within(dialog).getByRole('button', { name: 'Cancel' }),
    ).toHaveFocus();
    await user.click(within(dialog).getByRole('button', { name: 'Renew' }));
    const stages = await screen.findByRole('list', {
      name: `Renewal of ${TITLE}`,
    });
    expect(renew).toHaveBeenCalledWith({
      cluster: 'local',
      namespace: 'kube-system',
      name: 'rekeyed-cert',
      uid: 'uid-cert-rekeyed',
      resourceVersion: '4711',
    });
    expect(stages).toHaveTextContent('Requested: in progress');
    // Whoever came by keyboard goes on where they were.
    await waitFor(() =>
      expect(
        screen.getByRole('button', { name: new RegExp(`^Renew ${TITLE}`) }),
      ).toHaveFocus(),
    );
    for (const [reached, sentence] of [
      [1, /^CertificateRequest rekeyed-cert-4 is with the issuer/],
      [2, /^Issued as revision 4\. When asked last, 1 host served the one/],
      [3, /^Issued as revision 4, and the gateway serves it: serial number/],
    ] as const) {
      stage = reached;
      act(() => void document.dispatchEvent(new Event('visibilitychange')));
      expect(await screen.findByText(sentence)).toHaveAttribute(
        'role',
        'status',
      );
    }
    expect(await rowOf('rekeyed-cert')).toHaveTextContent(
      /Healthy.*Requested: done.*In use: done/,
    );
  });

  it('says before it asks, and while it waits, that the issuer cannot sign', async () => {
    const user = userEvent.setup();
    const title = 'Certificate kube-system/issuer-broken-cert';
    let isAsked = false;
    const api = withView(view => ({
      ...view,
      certificates: view.certificates.map(row =>
        isAsked && row.facts.certificate?.name === 'issuer-broken-cert'
          ? renewedRow(row, 1)
          : row,
      ),
    }));
    await renderForEntity(<CertificatesPage />, { api });
    await user.click(
      within(await rowOf('issuer-broken-cert')).getByRole('button', {
        name: `Renew ${title}`,
      }),
    );
    const dialog = await screen.findByRole('dialog', {
      name: `Renew ${title}`,
    });
    expect(dialog).toHaveTextContent(
      /the renewal waits until ClusterIssuer idp-demo-ca can sign\. Then a new certificate is issued\. cert-manager says: .*secrets "nowhere" not found\.Name in spec\.ca\.secretName of ClusterIssuer idp-demo-ca a Secret of namespace cert-manager/,
    );
    isAsked = true;
    await user.click(within(dialog).getByRole('button', { name: 'Renew' }));
    expect(
      await screen.findByText(
        'It waits for ClusterIssuer idp-demo-ca, which is not ready.',
      ),
    ).toHaveAttribute('role', 'status');
    expect(
      screen.getByRole('list', { name: `Renewal of ${title}` }),
    ).toHaveTextContent('Issuing: waiting');
  });

  it('says why it is refused, and asks nothing further', async () => {
    const user = userEvent.setup();
    const api = new FakeNetworkingApi();
    jest.spyOn(api, 'renew').mockRejectedValue(
      refusal(409, 'ConflictError', 'No.', [
        {
          reason: 'CertificateChanged',
          severity: 'blocking',
          message: `${TITLE} has changed since it was shown. Nothing was renewed.`,
          remedy: `Look at ${TITLE} again before renewing it.`,
          subject: { kind: 'Certificate', name: 'rekeyed-cert' },
        },
      ]),
    );
    await renderForEntity(<CertificatesPage />, { api });
    const dialog = await ask(user);
    await user.click(within(dialog).getByRole('button', { name: 'Renew' }));
    const alert = await within(dialog).findByRole('alert');
    expect(alert).toHaveTextContent(
      'has changed since it was shown. Nothing was renewed.',
    );
    expect(alert).toHaveTextContent('again before renewing it.');
    await user.click(within(dialog).getByText('Close'));
    await waitFor(() => expect(dialog).not.toBeInTheDocument());
    expect(
      screen.queryByRole('list', { name: `Renewal of ${TITLE}` }),
    ).not.toBeInTheDocument();
  });

  /** The button of a certificate that may be renewed from then on. */
  const buttonFrom = async (inMs: number) => {
    const from = new Date(Date.now() + inMs).toISOString();
    await renderForEntity(<CertificatesPage />, {
      api: withView(view => ({
        ...view,
        certificates: view.certificates.map(row =>
          row.facts.certificate?.name === 'rekeyed-cert'
            ? { ...row, renewable: { possible: true, from } }
            : row,
        ),
      })),
    });
    return within(await rowOf('rekeyed-cert')).getByRole('button', {
      name: /^Renew/,
    });
  };

  it('says when it is possible again, and asks nothing before', async () => {
    const button = await buttonFrom(45_000);
    await userEvent.setup().click(button);
    expect(button).toHaveTextContent(/^Renew in \d+ s$/);
    expect(button).toHaveFocus();
    expect(screen.getByText(/Try again in \d+ second/)).toHaveAttribute(
      'role',
      'status',
    );
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
  });

  it('is possible again once the minute is over', async () => {
    const button = await buttonFrom(-1);
    expect(button).toHaveTextContent(/^Renew$/);
    await userEvent.setup().click(button);
    expect(await screen.findByRole('dialog')).toBeInTheDocument();
  });

  it('is not offered to those who may not, nor where it is not possible', async () => {
    const { unmount } = await renderForEntity(<CertificatesPage />);
    const row = await rowOf('not-known-tls');
    expect(
      within(row).queryByRole('button', { name: /^Renew/ }),
    ).not.toBeInTheDocument();
    expect(row).toHaveTextContent(
      /Can't be renewed here.*No Certificate of cert-manager fills Secret kube-system\/not-known-tls\./,
    );
    unmount();
    await renderForEntity(<CertificatesPage />, {
      api: withView(view => ({ ...view, permissions: { renew: false } })),
    });
    await table();
    expect(
      screen.queryByRole('button', { name: /^Renew/ }),
    ).not.toBeInTheDocument();
    expect(screen.queryByText(/Can't be renewed/)).not.toBeInTheDocument();
  });
});

it('says that no listener uses a certificate', async () => {
  await renderForEntity(<CertificatesPage />, {
    api: withView(view => ({ ...view, certificates: [] })),
  });
  expect(
    await screen.findByText('No listener of a Gateway uses a certificate yet.'),
  ).toBeInTheDocument();
});

it('shows a cluster that does not answer in one line with the age of what is known', async () => {
  await renderForEntity(<CertificatesPage />, {
    api: withView(view => ({
      ...view,
      clusters: [
        {
          cluster: 'attic',
          reachable: false,
          observedAt: secondsAgo(190),
          findings: [],
        },
      ],
    })),
  });
  expect(
    await screen.findByText(/Cluster attic doesn't respond\./),
  ).toHaveTextContent('Showing what was read 3 minutes ago');
});

it('shows the shape of what comes while it loads', async () => {
  const api = new FakeNetworkingApi();
  jest.spyOn(api, 'getCertificates').mockReturnValue(new Promise(() => {}));
  await renderForEntity(<CertificatesPage />, { api });
  expect(screen.getByLabelText('Loading certificates')).toHaveAttribute(
    'aria-busy',
    'true',
  );
});

it.each([
  [403, 'NotAllowedError', "You can't see the certificates."],
  [500, 'Error', "Can't load the certificates"],
])(
  'says why there is nothing where the backend answers %i',
  async (status, name, title) => {
    const api = new FakeNetworkingApi();
    jest
      .spyOn(api, 'getCertificates')
      .mockRejectedValue(refusal(status, name, 'No.'));
    await renderForEntity(<CertificatesPage />, { api });
    expect(await screen.findByText(title)).toBeInTheDocument();
  },
);

it('says that no cluster is configured, and not that nothing is there', async () => {
  const api = new FakeNetworkingApi();
  jest.spyOn(api, 'getCertificates').mockResolvedValue({
    certificates: [],
    clusters: [],
    permissions: { renew: false },
  });
  await renderForEntity(<CertificatesPage />, { api });
  expect(
    await screen.findByText('No cluster is configured.'),
  ).toBeInTheDocument();
  expect(screen.queryByText(/ yet\./)).not.toBeInTheDocument();
});

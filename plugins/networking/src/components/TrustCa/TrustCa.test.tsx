import { act, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  FakeNetworkingApi,
  caBundle,
  intermediateCaBundle,
  publicCaBundle,
  refusal,
  replacedCaBundle,
} from '../../../dev/fake';
import { renderForEntity } from '../../__testUtils__/renderForEntity';
import { TrustCa } from './TrustCa';

const URL_OF_SHOP = 'https://shop.192-0-2-20.nip.io:30443';

async function open(bundle = caBundle()) {
  const user = userEvent.setup();
  const api = new FakeNetworkingApi();
  jest.spyOn(api, 'getCa').mockResolvedValue(bundle);
  await renderForEntity(<TrustCa cluster="local" url={URL_OF_SHOP} />, { api });
  await user.click(screen.getByRole('button', { name: 'Trust this CA' }));
  const dialog = await screen.findByRole('dialog', {
    name: 'Trust the CA of cluster local',
  });
  return { user, dialog };
}

/** Files that the browser is asked to save, by name. */
function savedFiles() {
  const saved = new Map<string, Blob>();
  let last: Blob;
  URL.createObjectURL = jest.fn(blob => {
    last = blob as Blob;
    return 'blob:ca';
  });
  URL.revokeObjectURL = jest.fn();
  jest
    .spyOn(HTMLAnchorElement.prototype, 'click')
    .mockImplementation(function click(this: HTMLAnchorElement) {
      saved.set(this.download, last);
    });
  return saved;
}

afterEach(() => jest.restoreAllMocks());

it('says what the CA is, and copies its fingerprint', async () => {
  const { user, dialog } = await open();
  expect(
    await within(dialog).findByText('current CA, in use'),
  ).toBeInTheDocument();
  expect(dialog).toHaveTextContent(/idp-demo-ca\s*current CA/);
  expect(dialog).toHaveTextContent(/from Nov 25, 2026 until Nov 2\d, 2036/);
  const write = jest.spyOn(navigator.clipboard, 'writeText');
  await user.click(
    within(dialog).getByRole('button', {
      name: 'Copy fingerprint of idp-demo-ca',
    }),
  );
  expect(write).toHaveBeenCalledWith(caBundle().fingerprintsSha256[0]);
});

it('gives it as PEM, DER and profile', async () => {
  const saved = savedFiles();
  const { user, dialog } = await open();
  await user.click(
    await within(dialog).findByRole('button', {
      name: 'Download local-ca.crt (PEM)',
    }),
  );
  await user.click(
    within(dialog).getByRole('button', { name: 'Download local-ca.cer (DER)' }),
  );
  await user.click(within(dialog).getByRole('tab', { name: 'iOS' }));
  await user.click(
    within(dialog).getByRole('button', {
      name: 'Download local-ca.mobileconfig',
    }),
  );
  expect([...saved].map(([name, { type }]) => [name, type])).toEqual([
    ['local-ca.crt', 'application/x-pem-file'],
    ['local-ca.cer', 'application/pkix-cert'],
    ['local-ca.mobileconfig', 'application/x-apple-aspen-config'],
  ]);
});

it.each([
  ['Linux', 'Mozilla/5.0 (X11; Linux x86_64)'],
  ['Windows', 'Mozilla/5.0 (Windows NT 10.0; Win64; x64)'],
  ['iOS', 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X)'],
])(
  'begins with the steps for %s, where the reader is',
  async (title, userAgent) => {
    jest.spyOn(navigator, 'userAgent', 'get').mockReturnValue(userAgent);
    const { dialog } = await open();
    const [first] = await within(dialog).findAllByRole('tab');
    expect(first).toHaveTextContent(title);
    expect(first).toHaveAttribute('aria-selected', 'true');
  },
);

it('has steps for every system, by the arrow keys, each with the way back', async () => {
  const { user, dialog } = await open();
  const tabs = await within(dialog).findAllByRole('tab');
  expect(tabs.map(({ textContent }) => textContent)).toEqual([
    'Linux',
    'macOS',
    'Windows',
    'Firefox',
    'iOS',
    'Android',
    'Programs',
  ]);
  tabs[0].focus();
  for (const tab of tabs) {
    expect(tab).toHaveFocus();
    const panel = await within(dialog).findByRole('tabpanel', {
      name: tab.textContent!,
    });
    expect(within(panel).getAllByText(/^Remove it/).length).toBeGreaterThan(0);
    await user.keyboard('{ArrowRight}{Enter}');
  }
  await user.click(tabs[6]);
  expect(
    within(dialog).getByRole('region', { name: 'Commands for curl' }),
  ).toHaveTextContent(`curl --cacert local-ca.crt ${URL_OF_SHOP}`);
  for (const program of ['Node', 'Python', 'Java']) {
    expect(
      within(dialog).getByRole('button', {
        name: `Copy Commands for ${program}`,
      }),
    ).toBeInTheDocument();
  }
});

it('does not say that another CA signs today where it is not known which does', async () => {
  const [ca] = caBundle().certificates!;
  const { dialog } = await open({
    ...caBundle(),
    certificates: [{ ...ca, signsToday: false }],
    trust: 'issued',
  });
  expect(
    await within(dialog).findByText('in use; the current CA is unknown'),
  ).toBeInTheDocument();
});

it('tells two CAs apart: which verifies what is served, and which signs today', async () => {
  const { dialog } = await open(replacedCaBundle());
  expect(
    await within(dialog).findByText('in use; another CA signs now'),
  ).toBeInTheDocument();
  expect(
    within(dialog).getByText('current CA; not in use yet'),
  ).toBeInTheDocument();
  expect(dialog).toHaveTextContent(
    "Ask the platform's admins to renew Certificate kube-system/idp-wildcard-cert.",
  );
  expect(
    within(dialog).getByRole('button', {
      name: 'Download local-ca-d190bea1.crt (PEM)',
    }),
  ).toBeInTheDocument();
});

it('follows what changes while it is open, as a renewal does', async () => {
  const user = userEvent.setup();
  const api = new FakeNetworkingApi();
  const read = jest.spyOn(api, 'getCa').mockResolvedValue(replacedCaBundle());
  await renderForEntity(<TrustCa cluster="local" />, { api });
  await user.click(screen.getByRole('button', { name: 'Trust this CA' }));
  expect(
    await screen.findByText('in use; another CA signs now'),
  ).toBeInTheDocument();
  read.mockResolvedValue(caBundle());
  act(() => void document.dispatchEvent(new Event('visibilitychange')));
  expect(await screen.findByText('current CA, in use')).toBeInTheDocument();
  expect(screen.queryByText(/another CA signs now/)).not.toBeInTheDocument();
});

it('does not promise what none of its CAs verifies', async () => {
  const [ca] = caBundle().certificates!;
  const { dialog } = await open({
    ...caBundle(),
    certificates: [{ ...ca, verifiesServed: false }],
  });
  expect(
    await within(dialog).findByText(
      /^This CA doesn't verify what the gateway uses now\./,
    ),
  ).not.toHaveTextContent(/verifies every host/);
});

it('says for whom an intermediate is enough, and asks for the root', async () => {
  const { dialog } = await open(intermediateCaBundle());
  const who = await within(dialog).findByRole('region', {
    name: 'Who the file is enough for',
  });
  const valueOf = (name: string) =>
    within(who).getByText(name).nextElementSibling!;
  for (const client of ['Chrome and Edge', 'Firefox', 'curl', 'Go', 'Java']) {
    expect(valueOf('Enough for')).toHaveTextContent(client);
    expect(valueOf('Not enough for')).not.toHaveTextContent(client);
  }
  for (const client of ['Node', 'Python before 3.13', 'openssl', 'iOS']) {
    expect(valueOf('Not enough for')).toHaveTextContent(client);
  }
  expect(dialog).toHaveTextContent(/\[certificates\] ca_pem/);
  expect(dialog).not.toHaveTextContent(/verifies every host/);
});

it('says nothing of that for a root', async () => {
  const { dialog } = await open();
  await within(dialog).findByText('current CA, in use');
  expect(
    within(dialog).queryByRole('region', {
      name: 'Who the file is enough for',
    }),
  ).not.toBeInTheDocument();
});

it('says that nothing is needed where a public CA signed', async () => {
  const { dialog } = await open(publicCaBundle());
  expect(await within(dialog).findByText('Nothing to do')).toBeInTheDocument();
  expect(
    within(dialog).queryByRole('button', { name: /^Download/ }),
  ).not.toBeInTheDocument();
});

it('says why there is none', async () => {
  const user = userEvent.setup();
  const api = new FakeNetworkingApi();
  jest
    .spyOn(api, 'getCa')
    .mockRejectedValue(
      refusal(
        404,
        'NotFoundError',
        'The CA of cluster local is not known. Set certificates.ca_pem in config.toml.',
      ),
    );
  await renderForEntity(<TrustCa cluster="local" />, { api });
  await user.click(screen.getByRole('button', { name: 'Trust this CA' }));
  expect(await screen.findByRole('alert')).toHaveTextContent(
    'Set certificates.ca_pem in config.toml.',
  );
});

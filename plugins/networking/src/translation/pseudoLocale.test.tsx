import type { ReactElement } from 'react';
import { screen, waitFor } from '@testing-library/react';
import {
  FakeNetworkingApi,
  caBundle,
  depot,
  entities,
  intermediateCaBundle,
  publicCaBundle,
  refusal,
  replacedCaBundle,
} from '../../dev/fake';
import { show } from '../__testUtils__/showPseudo';
import { CertificatesPage } from '../components/CertificatesPage';
import { EntityNetworking } from '../components/EntityNetworking';
import { ExposuresPage } from '../components/ExposuresPage';
import { OverviewCard } from '../components/OverviewCard';
import { PlatformPage } from '../components/PlatformPage';
import { SettingsPage } from '../components/SettingsPage';
import { TrustCa } from '../components/TrustCa';

// These make sentences of their own, in English and without a component: here they are taken for data.
jest.mock('../lib/renewal', () => mockTelling('../lib/renewal'));
jest.mock('../lib/trust', () => mockTelling('../lib/trust'));
jest.mock('../lib/trustSteps', () => mockTelling('../lib/trustSteps'));
// Names of files and URLs.
jest.mock('../lib/caFiles', () => mockTelling('../lib/caFiles'));
jest.mock('../lib/hosts', () => mockTelling('../lib/hosts'));
function mockTelling(path: string) {
  const { tellingModule } = jest.requireActual('../__testUtils__/telling');
  return tellingModule(jest.requireActual(path));
}

const withStates = () => new FakeNetworkingApi({ certificateStates: true });

const SCREENS: [string, ReactElement][] = [
  ['the tab', <EntityNetworking />],
  ['the overview card', <OverviewCard />],
  ['the page of URLs', <ExposuresPage />],
  ['the page of certificates', <CertificatesPage />],
  ['the page of the platform', <PlatformPage />],
  ['the page of settings', <SettingsPage />],
];

const READS = [
  'getEntityExposures',
  'getHosts',
  'getCertificates',
  'getPlatform',
  'getSettings',
] as const;

describe.each(SCREENS)('%s has no bare text', (_, element) => {
  it('with all that it shows', async () => {
    const { bare, settle, unfold } = await show(element, {
      api: withStates(),
    });
    await settle();
    expect(bare()).toEqual([]);
    await unfold();
    expect(bare()).toEqual([]);
  });

  it('while it loads', async () => {
    const api = new FakeNetworkingApi();
    for (const read of READS) {
      jest.spyOn(api, read).mockReturnValue(new Promise<never>(() => {}));
    }
    const { bare } = await show(element, { api });
    expect(bare()).toEqual([]);
  });

  it.each([403, 404, 409, 500])(
    'where the backend answers %s',
    async status => {
      const api = new FakeNetworkingApi();
      const names: Record<number, string> = {
        403: 'NotAllowedError',
        404: 'NotFoundError',
        409: 'ConflictError',
        500: 'Error',
      };
      const error = refusal(status, names[status], 'Nobody may know this.');
      for (const read of READS) {
        jest.spyOn(api, read).mockRejectedValue(error);
      }
      const { bare, settle } = await show(element, { api });
      await settle();
      expect(bare()).toEqual([]);
    },
  );
});

it.each(entities.map(({ metadata: { name } }) => name))(
  'the tab of %s has no bare text',
  async name => {
    const api = withStates();
    const { bare, settle, unfold } = await show(<EntityNetworking />, {
      name,
      api,
    });
    await settle();
    expect(bare()).toEqual([]);
    await unfold();
    expect(bare()).toEqual([]);
  },
);

it('many URLs have no bare text', async () => {
  const api = new FakeNetworkingApi();
  api.set('component:default/depot', depot(60));
  const { user, bare, settle } = await show(<EntityNetworking />, {
    name: 'depot',
    api,
  });
  await settle();
  expect(bare()).toEqual([]);
  await user.click(
    document.body.querySelectorAll<HTMLElement>(
      'button[aria-expanded=false]',
    )[0],
  );
  await settle();
  expect(bare()).toEqual([]);
  await user.type(screen.getByRole('searchbox'), 'nowhere');
  await waitFor(() =>
    expect(
      screen.getAllByRole('status').map(({ textContent }) => textContent),
    ).toContainEqual(expect.stringMatching(/^0/)),
  );
  expect(bare()).toEqual([]);
});

it.each(['shop', 'docs', 'payments'])(
  'the form for %s has no bare text while a URL is chosen and exposed',
  async name => {
    const { user, bare, settle, unfold } = await show(<EntityNetworking />, {
      name,
      path: '/?action=expose',
    });
    await settle();
    expect(bare()).toEqual([]);
    const label = await screen.findByRole('textbox');
    for (const text of ['gateway', 'shop', 'no.label', 'spring']) {
      await user.clear(label);
      await user.type(label, text);
      expect(bare()).toEqual([]);
      await waitFor(() =>
        expect(document.body.querySelector('[aria-invalid], pre')).toBeTruthy(),
      );
      await unfold();
      expect(bare()).toEqual([]);
    }
    const submit = document.body.querySelector<HTMLElement>('[type=submit]');
    if (submit?.hasAttribute('disabled')) return;
    await user.click(submit!);
    expect(bare()).toEqual([]);
  },
);

it('a change, a removal and a check have no bare text', async () => {
  const { user, bare, settle } = await show(<EntityNetworking />);
  await settle();
  const openMenu = async () => {
    await user.click(
      document.body.querySelector<HTMLElement>('[aria-haspopup=true]')!,
    );
    return screen.findAllByRole('menuitem');
  };
  const [, removal] = await openMenu();
  expect(bare()).toEqual([]);
  await user.click(removal);
  await screen.findByRole('dialog');
  expect(bare()).toEqual([]);
  await user.keyboard('{Escape}');
  const [edit] = await openMenu();
  await user.click(edit);
  await screen.findByRole('textbox');
  await settle();
  expect(bare()).toEqual([]);
});

it('renewals have no bare text', async () => {
  const { user, bare, settle } = await show(<CertificatesPage />, {
    api: withStates(),
  });
  await settle();
  for (const row of ['rekeyed-cert', 'issuer-lost', 'good-cert']) {
    const named = [...document.body.querySelectorAll('tr')].find(one =>
      one.textContent?.includes(row),
    );
    await user.click(
      named!.querySelector<HTMLElement>('td:last-child button')!,
    );
    expect(bare()).toEqual([]);
    const dialog = screen.queryByRole('dialog');
    if (!dialog) continue;
    await user.click([...dialog.querySelectorAll('button')].at(-1)!);
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(bare()).toEqual([]);
  }
});

it.each([
  ['one CA', caBundle()],
  ['an intermediate', intermediateCaBundle()],
  ['a public CA', publicCaBundle()],
  ['a replaced CA', replacedCaBundle()],
])('what hands over %s has no bare text', async (_, bundle) => {
  const api = new FakeNetworkingApi();
  jest.spyOn(api, 'getCa').mockResolvedValue(bundle);
  const { user, bare, settle } = await show(<TrustCa cluster="local" />, {
    api,
  });
  await user.click(screen.getByRole('button'));
  expect(bare()).toEqual([]);
  await settle();
  expect(bare()).toEqual([]);
  for (const tab of screen.queryAllByRole('tab')) {
    await user.click(tab);
    expect(bare()).toEqual([]);
  }
});

it('finds a bare text, also inside a message, and takes no data for one', async () => {
  const { bare, settle } = await show(
    <>
      <OverviewCard />
      <p title="a bare title" />
    </>,
  );
  await settle();
  expect(bare()).toEqual(['p[title]: a bare title (a bare title)']);
});

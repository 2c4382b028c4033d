import type { ReactElement } from 'react';
import { screen, waitFor } from '@testing-library/react';
import type {
  CertificatesView,
  EntityExposures,
  HostsPage,
  PlatformView,
} from 'backstage-plugin-networking-common';
import { FakeNetworkingApi, refusal } from '../../dev/fake';
import { answering } from '../__testUtils__/answering';
import { show } from '../__testUtils__/showPseudo';
import { CertificatesPage } from '../components/CertificatesPage';
import { EntityNetworking } from '../components/EntityNetworking';
import { ExposuresPage } from '../components/ExposuresPage';
import { OverviewCard } from '../components/OverviewCard';
import { PlatformPage } from '../components/PlatformPage';
import { SettingsPage } from '../components/SettingsPage';
import { useOpenUrlLink } from '../hooks/useOpenUrlLink';

// As in pseudoLocale.test.tsx.
jest.mock('../lib/renewal', () => mockTelling('../lib/renewal'));
jest.mock('../lib/trust', () => mockTelling('../lib/trust'));
jest.mock('../lib/trustSteps', () => mockTelling('../lib/trustSteps'));
jest.mock('../lib/hosts', () => mockTelling('../lib/hosts'));
function mockTelling(path: string) {
  const { tellingModule } = jest.requireActual('../__testUtils__/telling');
  return tellingModule(jest.requireActual(path));
}

const away = { cluster: 'local', reachable: false, findings: [] };
const seen = { observedAt: '2026-11-23T12:00:00Z' };

function Link() {
  const { label, title } = useOpenUrlLink();
  return <p title={title}>{label}</p>;
}

type Case = [string, ReactElement, () => Promise<FakeNetworkingApi>];

const onTab = (
  what: string,
  change: (answer: EntityExposures) => unknown,
): Case[] =>
  [<EntityNetworking />, <OverviewCard />, <Link />].map((element, index) => [
    `${what} (${index})`,
    element,
    () => answering('getEntityExposures', change),
  ]);

const onHosts = (
  what: string,
  change: (answer: HostsPage) => unknown,
): Case => [what, <ExposuresPage />, () => answering('getHosts', change)];

const onCertificates = (
  what: string,
  change: (answer: CertificatesView) => unknown,
): Case => [
  what,
  <CertificatesPage />,
  () => answering('getCertificates', change),
];

const onPlatform = (
  what: string,
  change: (answer: PlatformView) => unknown,
): Case => [what, <PlatformPage />, () => answering('getPlatform', change)];

const nothing = (answer: EntityExposures) =>
  Object.assign(answer, {
    rows: [],
    exposures: [],
    totalItems: 0,
    verdicts: {},
  });

it.each<Case>([
  ...onTab('nothing is exposed', nothing),
  ...onTab('nothing may be exposed', answer => {
    nothing(answer).permissions.create = false;
  }),
  ...onTab('no cluster is configured', answer => {
    nothing(answer).clusters = [];
  }),
  ...onTab('a cluster is away', answer => {
    answer.clusters = [{ ...away, ...seen }];
  }),
  ...onTab('a cluster was never seen', answer => {
    nothing(answer).clusters = [away];
  }),
  ...onTab('no URL is known', answer => {
    answer.url = undefined;
    answer.exposures.forEach(one => {
      one.managed = false;
      one.services = [];
      one.hosts = one.hosts.map(host => ({
        ...host,
        host: '*',
        url: undefined,
      }));
    });
  }),
  ...(['annotation', 'kubernetes-id', 'label-selector', 'service'] as const)
    .map(reason =>
      onTab(`a route is there for its ${reason}`, ({ exposures }) => {
        exposures.forEach(one => {
          one.entities.forEach(match => {
            match.reason = reason;
          });
          one.services.forEach(service => {
            service.ready = undefined;
          });
        });
      }),
    )
    .flat(),
  onHosts('no host is there', page => {
    Object.assign(page, { items: [], totalItems: 0 });
  }),
  onHosts('hosts of nobody, and of many', page => {
    page.items.forEach((row, index) => {
      if (index % 2 === 0) row.owners = [];
      if (index % 3 === 0) row.kind = 'GRPCRoute';
      if (index % 2 === 1) row.entities = [...row.entities, ...row.entities];
      row.tls.word = 'None';
    });
  }),
  onCertificates('no certificate is there', view => {
    view.certificates = [];
  }),
  onCertificates('certificates of nobody', view => {
    view.clusters = [...view.clusters, { ...away, cluster: 'edge' }];
    view.certificates.forEach((row, index) => {
      if (index % 2 === 0) row.hosts = [];
      else row.hosts.forEach(host => Object.assign(host, { entities: [] }));
    });
  }),
  onCertificates('certificates were just renewed', view => {
    view.certificates.forEach(row => {
      if (row.renewable.possible) {
        row.renewable.from = new Date(Date.now() + 50_000).toISOString();
      }
    });
  }),
  onPlatform('nothing is known of the platform', ({ clusters }) => {
    clusters.forEach(one => Object.assign(one, { parts: [] }));
  }),
  onPlatform('the platform is healthy', ({ clusters }) => {
    for (const { parts, kinds } of clusters) {
      for (const part of parts) {
        part.state = 'good';
        part.facts = {
          notBefore: seen.observedAt,
          attachedRoutes: '3',
          caSecret: 'idp-demo-ca-secret',
        };
      }
      kinds.forEach((kind, index) => {
        kind.status = index % 2 === 0 ? 'syncing' : 'unreachable';
      });
    }
  }),
  onPlatform('the cluster of the platform is away', ({ clusters }) => {
    clusters.forEach(one => Object.assign(one, away));
  }),
])('%s: no bare text', async (_, element, apiOf) => {
  const api = await apiOf();
  const { data, bare, settle, unfold } = await show(element, { api });
  await settle();
  expect(bare()).toEqual([]);
  await unfold();
  // A link names what it leads to.
  data.add('any');
  expect(bare()).toEqual([]);
});

it.each([
  ['getExposure', 500],
  ['getIssuanceHistory', 500],
  ['getIssuanceHistory', 403],
] as const)('%s answers %s: no bare text', async (read, status) => {
  const api = new FakeNetworkingApi({ certificateStates: true });
  jest.spyOn(api, read).mockRejectedValue(refusal(status, 'Error', 'Not now.'));
  const { bare, settle, unfold } = await show(<EntityNetworking />, { api });
  await settle();
  await unfold();
  expect(bare()).toEqual([]);
});

it.each(['asked', 'asked before', 'refused'])(
  'a host that is %s has no bare text',
  async how => {
    const api = await answering('probe', answer => {
      if (how === 'asked before') answer.asked = [];
      if (how === 'refused') throw refusal(409, 'ConflictError', 'Turned off.');
    });
    const { user, bare, settle } = await show(<EntityNetworking />, { api });
    await settle();
    const check = screen.getAllByRole('button', { name: /Check/ })[0];
    await user.click(check);
    await settle();
    expect(bare()).toEqual([]);
    await user.click(check);
    expect(bare()).toEqual([]);
  },
);

it.each([
  ['hosts', <ExposuresPage />],
  ['certificates', <CertificatesPage />],
  ['settings', <SettingsPage />],
])(
  'what is searched and not found among %s has no bare text',
  async (_, element) => {
    const { user, data, bare, settle } = await show(element);
    await settle();
    await user.type(screen.getByRole('searchbox'), 'nowhere');
    data.add('nowhere');
    await waitFor(() =>
      expect(
        screen.getAllByRole('status').map(({ textContent }) => textContent),
      ).toContainEqual(expect.stringMatching(/^0/)),
    );
    await settle();
    expect(bare()).toEqual([]);
  },
);

// Last: the answers of the permission API are kept for a while.
it.each([
  ['the link', <Link />],
  ['the platform', <PlatformPage />],
  ['the settings', <SettingsPage />],
])('%s for those who may not: no bare text', async (_, element) => {
  const api = new FakeNetworkingApi();
  jest
    .spyOn(api, 'getEntityExposures')
    .mockRejectedValue(refusal(403, 'NotAllowedError', 'no'));
  const { data, bare, settle } = await show(element, { api, allowed: false });
  data.add('networking.platform.read');
  data.add('networking.settings.read');
  await settle();
  expect(bare()).toEqual([]);
});

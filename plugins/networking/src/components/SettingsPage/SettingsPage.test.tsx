import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { FakeNetworkingApi, finding, settingsView } from '../../../dev/fake';
import { renderForEntity } from '../../__testUtils__/renderForEntity';
import { SettingsPage } from './SettingsPage';

const row = (name: RegExp) => screen.findByRole('row', { name });

it('shows each value with where it comes from', async () => {
  await renderForEntity(<SettingsPage />);
  expect(await row(/network\.public_https_port/)).toHaveTextContent(
    'network.public_https_portPort in URLs and redirects.30443config.tomlconfig.toml:4:1',
  );
  expect(await row(/^network\.lan_ip/)).toHaveTextContent(
    '192.0.2.20computedinterface eth0',
  );
  expect(await row(/gateway\.reserved_hosts/)).toHaveTextContent('nonedefault');
  expect(screen.getByText(/Read-only/)).toHaveTextContent(
    '/srv/backstage/config.toml',
  );
});

it('names the key to set where a value is not known', async () => {
  await renderForEntity(<SettingsPage />);
  expect(await row(/probe\.address/)).toHaveTextContent(
    'Unknown. Set probe.address in [probe] of config.toml.',
  );
});

it('says that a setting without a value is not set', async () => {
  const api = new FakeNetworkingApi();
  jest.spyOn(api, 'getSettings').mockResolvedValue({
    ...settingsView(),
    entries: [
      {
        key: 'certificates.ca_pem',
        cluster: 'local',
        description: 'CA certificate in PEM form.',
        provenance: { source: 'default' },
      },
    ],
  });
  await renderForEntity(<SettingsPage />, { api });
  const setting = await row(/certificates\.ca_pem/);
  expect(setting).toHaveTextContent('not set');
  expect(setting).not.toHaveTextContent('undefined');
});

it('groups by cluster and table, and finds a setting', async () => {
  const user = userEvent.setup();
  await renderForEntity(<SettingsPage />);
  const cluster = await screen.findByRole('region', { name: 'Cluster local' });
  expect(within(cluster).getAllByRole('table')).toHaveLength(3);
  await user.type(
    screen.getByRole('searchbox', { name: 'Find a setting' }),
    'dns_suffix',
  );
  expect(within(cluster).getAllByRole('table')).toHaveLength(1);
  expect(screen.getByText('1 of 8 settings')).toBeInTheDocument();
});

it('puts what is wrong with the file above the values', async () => {
  const api = new FakeNetworkingApi();
  jest.spyOn(api, 'getSettings').mockResolvedValue({
    ...settingsView(),
    findings: [
      finding('ConfigKeyUnknown', 'Key gatway in line 3 is not read.', {
        severity: 'warning',
        remedy: 'Rename it to gateway.',
      }),
    ],
  });
  await renderForEntity(<SettingsPage />, { api });
  expect(await screen.findByText(/Key gatway in line 3/)).toBeInTheDocument();
  expect(screen.getByText('Rename it to gateway.')).toBeInTheDocument();
});

import { screen, within } from '@testing-library/react';
import type { Finding } from 'backstage-plugin-networking-common';
import { FakeNetworkingApi, platformView, refusal } from '../../../dev/fake';
import { renderForEntity } from '../../__testUtils__/renderForEntity';
import { PlatformPage } from './PlatformPage';

it('has one line for each part, and finding and remedy where one needs somebody', async () => {
  await renderForEntity(<PlatformPage />);
  const cluster = await screen.findByRole('region', { name: 'Cluster local' });
  expect(cluster).toHaveTextContent('1 problem');
  const parts = within(cluster).getAllByRole('listitem');
  expect(parts).toHaveLength(7);
  expect(parts[1]).toHaveTextContent(
    'HealthyGateway kube-system/idp-gatewayProgrammed at 192.0.2.20.',
  );
  expect(parts[5]).toHaveTextContent('WarningCertificate');
  expect(parts[5]).toHaveTextContent(
    'Look at the Issuing condition of Certificate',
  );
});

it('shows the addresses of the Gateway as the word of the cluster, and links none', async () => {
  await renderForEntity(<PlatformPage />);
  const cluster = await screen.findByRole('region', { name: 'Cluster local' });
  const gateway = within(cluster).getAllByRole('listitem')[1];
  expect(gateway).toHaveTextContent(
    'Addresses (reported by the cluster)192.0.2.20',
  );
  expect(within(gateway).queryByRole('link')).not.toBeInTheDocument();
});

/** A platform every part of which is in order. */
function inOrder(findings: Finding[] = []) {
  const api = new FakeNetworkingApi();
  const [cluster] = platformView().clusters;
  const parts = cluster.parts.filter(part => part.state === 'good');
  jest
    .spyOn(api, 'getPlatform')
    .mockResolvedValue({ clusters: [{ ...cluster, parts, findings }] });
  return api;
}

it('says that all is well where it is', async () => {
  const api = inOrder();
  await renderForEntity(<PlatformPage />, { api });
  expect(await screen.findByText('Platform healthy')).toBeInTheDocument();
});

it('says once what all hosts share, and not that all is well beside it', async () => {
  const api = inOrder([
    {
      reason: 'GatewayNotShown',
      severity: 'warning',
      message: 'The Gateway is not there.',
      remedy: 'Set lan_ip.',
      subject: { kind: 'Gateway', name: 'idp-gateway' },
    },
  ]);
  await renderForEntity(<PlatformPage />, { api });
  expect(await screen.findAllByText(/The Gateway is not there\./)).toHaveLength(
    1,
  );
  expect(screen.queryByText('Platform healthy')).not.toBeInTheDocument();
});

it('shows a dead cluster with the age of what is known', async () => {
  const api = new FakeNetworkingApi();
  const [cluster] = platformView().clusters;
  jest.spyOn(api, 'getPlatform').mockResolvedValue({
    clusters: [{ ...cluster, reachable: false }],
  });
  await renderForEntity(<PlatformPage />, { api });
  expect(
    await screen.findByText(/^Cluster local doesn't respond\./),
  ).toHaveTextContent(/Showing what was read \d+ seconds ago/);
});

it('shows what a cluster does not serve as a fact, of which nothing is lost', async () => {
  const api = new FakeNetworkingApi();
  const [cluster] = platformView().clusters;
  jest.spyOn(api, 'getPlatform').mockResolvedValue({
    clusters: [
      {
        ...cluster,
        observedAt: undefined,
        findings: [
          {
            reason: 'KindsNotServed',
            severity: 'info',
            message: 'Cluster local does not serve tlsroutes.',
            subject: { kind: 'Cluster', name: 'local' },
          },
        ],
      },
    ],
  });
  await renderForEntity(<PlatformPage />, { api });
  expect(
    await screen.findByText('Cluster local does not serve tlsroutes.'),
  ).toBeInTheDocument();
  expect(
    screen.queryByText(/nothing is known about it/),
  ).not.toBeInTheDocument();
});

it('names the key to set where no cluster is configured', async () => {
  const api = new FakeNetworkingApi();
  jest.spyOn(api, 'getPlatform').mockResolvedValue({ clusters: [] });
  await renderForEntity(<PlatformPage />, { api });
  expect(
    await screen.findByText(/kubernetes\.clusterLocatorMethods/),
  ).toBeInTheDocument();
});

it('says why it cannot be shown', async () => {
  const api = new FakeNetworkingApi();
  jest
    .spyOn(api, 'getPlatform')
    .mockRejectedValue(refusal(500, 'Error', 'No answer.'));
  await renderForEntity(<PlatformPage />, { api });
  expect(await screen.findByRole('alert')).toHaveTextContent('No answer.');
});

it('counts hosts by verdict, and each number leads to what it counts', async () => {
  await renderForEntity(<PlatformPage />);
  const all = await screen.findByRole('link', { name: /^\d+ hosts$/ });
  expect(all).toHaveAttribute('href', '/admin/exposures');
  const { totalItems } = await new FakeNetworkingApi().getHosts({
    cluster: ['local'],
    verdict: ['Broken'],
  });
  expect(
    screen.getByRole('link', { name: `${totalItems} Broken` }),
  ).toHaveAttribute('href', '/admin/exposures?verdict=Broken');
});

it('leads to the hosts of one cluster where there are several', async () => {
  const api = new FakeNetworkingApi();
  const [local] = platformView().clusters;
  jest.spyOn(api, 'getPlatform').mockResolvedValue({
    clusters: [local, { ...local, cluster: 'edge' }],
  });
  await renderForEntity(<PlatformPage />, { api });
  const edge = await screen.findByRole('region', { name: 'Cluster edge' });
  expect(
    await within(edge).findByRole('link', { name: '1 host' }),
  ).toHaveAttribute('href', '/admin/exposures?cluster=edge');
  expect(within(edge).getByRole('link', { name: '1 Broken' })).toHaveAttribute(
    'href',
    '/admin/exposures?cluster=edge&verdict=Broken',
  );
});

it('leads from the number of parts in trouble to the first of them', async () => {
  await renderForEntity(<PlatformPage />);
  const link = await screen.findByRole('link', {
    name: '1 problem',
  });
  const id = link.getAttribute('href')?.slice(1);
  expect(document.getElementById(id ?? '')).toHaveTextContent(
    'idp-wildcard-cert',
  );
});

it('leads from the certificate to its row on the Certificates page', async () => {
  await renderForEntity(<PlatformPage />);
  expect(
    await screen.findByRole('link', {
      name: 'Certificate kube-system/idp-wildcard-cert',
    }),
  ).toHaveAttribute('href', '/admin/certificates?search=idp-wildcard-cert');
});

it('says which kinds are not read, as facts', async () => {
  await renderForEntity(<PlatformPage />);
  expect(
    await screen.findByText(
      /^Watching 5 of 7 resource types · not installed: TLSRoute · denied by RBAC: Ingress/,
    ),
  ).toBeInTheDocument();
  expect(screen.queryByRole('alert')).not.toBeInTheDocument();
});

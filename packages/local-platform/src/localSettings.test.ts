import { renderPlatform } from 'backstage-plugin-networking-common';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gatewayFor } from './gateways';
import { NODE_ADDRESSES } from './gateways/cilium';
import { traefikConfig } from './gateways/traefik';
import { gatewayAddress, readLocalSettings } from './localSettings';

// eslint-disable-next-line no-restricted-syntax -- runs from its sources only
const SHIPPED = join(__dirname, '../../../config.toml');

const shipped = () => readLocalSettings(SHIPPED);

describe('the shipped config.toml', () => {
  it('runs the local gateway on loopback', async () => {
    const settings = await shipped();
    expect(settings.network).toMatchObject({
      dnsSuffix: '127-0-0-1.nip.io',
      publicHttpsPort: 30443,
    });
    expect(gatewayFor(settings).name).toBe('traefik');
    expect(gatewayAddress(settings)).toBe('127.0.0.1');
  });

  it('gives the gateway an entry point for each listener port', async () => {
    const settings = await shipped();
    const { entryPoints, providers } = traefikConfig({
      settings,
      address: '127.0.0.1',
      dir: '/gateway',
      apiServer: {
        url: 'https://127.0.0.1:1',
        caFile: '/ca',
        token: 'secret',
        kubeconfig: '/kubeconfig',
      },
    });
    const gateway = renderPlatform(settings).find(
      ({ kind }) => kind === 'Gateway',
    ) as unknown as {
      spec: { listeners: { port: number }[] };
    };
    expect([entryPoints.web.address, entryPoints.websecure.address]).toEqual(
      gateway.spec.listeners.map(({ port }) => `127.0.0.1:${port}`),
    );
    expect(entryPoints.websecure.http).toEqual({ tls: {} });
    expect(JSON.stringify(providers)).not.toContain('secret');
  });

  it('names both ports with the settings that change them', async () => {
    const settings = await shipped();
    const ports = gatewayFor(settings).ports(settings, '127.0.0.1');
    expect(ports.map(({ port }) => port)).toEqual([30080, 30443]);
    expect(ports[1].otherwise).toContain('https_port in [gateway]');
  });
});

describe('the settings of the second profile', () => {
  const second = () =>
    readLocalSettings(join(SHIPPED, '../config.cilium.toml'));

  it('run the Gateway of the documentation, whose controllers carry no traffic', async () => {
    const settings = await second();
    const defaults = await readLocalSettings('/no/config.toml');
    const gateway = gatewayFor(settings);
    expect([gateway.name, gateway.carriesTraffic]).toEqual(['cilium', false]);
    expect(settings.gateway).toEqual(defaults.gateway);
    expect(gateway.ports(settings, '127.0.0.1')).toEqual([]);
  });

  it('have nothing dialled', async () => {
    const { probe, network } = await second();
    expect([probe.address, network.lanIp]).toEqual(['none', '127.0.0.1']);
    for (const { address } of NODE_ADDRESSES) {
      expect(address).toMatch(/^192\.0\.2\./);
    }
  });

  it("need Cilium's program, and say so", async () => {
    const gateway = gatewayFor(await second());
    const programs = { binDir: '/servers', ciliumDir: '/cilium' };
    expect(gateway.programs(programs)).toBe('/cilium');
    expect(() => gateway.programs({ binDir: '/servers' })).toThrow(
      "The settings name Cilium's controller, and its program is not there",
    );
  });
});

describe('settings that do not fit', () => {
  let dir: string;
  const settingsOf = async (toml: string) => {
    await writeFile(join(dir, 'config.toml'), toml);
    return readLocalSettings(join(dir, 'config.toml'));
  };
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'settings-'));
  });
  afterEach(() => rm(dir, { recursive: true }));

  it('refuses a controller that the local platform has no gateway for', async () => {
    const settings = await settingsOf(
      '[gateway]\ncontroller = "example.com/other"\n',
    );
    expect(() => gatewayFor(settings)).toThrow(
      'The local platform has no gateway for the controller example.com/other: set controller in [gateway] of config.toml to traefik.io/gateway-controller or io.cilium/gateway-controller.',
    );
  });
  it('refuses an address that others can reach', async () => {
    const settings = await settingsOf('[network]\nlan_ip = "192.0.2.7"\n');
    expect(() => gatewayAddress(settings)).toThrow(
      /lan_ip is 192\.0\.2\.7: set lan_ip in \[network\] of config\.toml to 127\.0\.0\.1\.$/,
    );
  });
  it('takes loopback where no address is set', async () => {
    expect(gatewayAddress(await settingsOf(''))).toBe('127.0.0.1');
  });
  it('takes a missing file as defaults', async () => {
    expect((await readLocalSettings(join(dir, 'none.toml'))).gateway.name).toBe(
      'idp-gateway',
    );
  });
  it('ends with the place in a file that is broken', async () => {
    await expect(settingsOf('[network]\nlan_ip = ')).rejects.toMatchObject({
      line: 2,
    });
  });
});

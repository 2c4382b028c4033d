import { mockServices } from '@backstage/backend-test-utils';
import { parseConfigToml } from 'backstage-plugin-networking-common';
import type { DefaultRoute } from '../../io/configFile';
import { createSettingsStore } from './settingsStore';

function setUp(text: string | undefined, route?: DefaultRoute) {
  const world = { text, route, time: 0, onChange: () => {}, stopped: false };
  const store = createSettingsStore({
    clusters: ['local'],
    file: {
      path: 'config.toml',
      read: () =>
        world.text === undefined
          ? undefined
          : parseConfigToml(world.text, 'config.toml'),
      watch(onChange) {
        world.onChange = onChange;
        return () => {
          world.stopped = true;
        };
      },
    },
    appConfig: undefined,
    findDefaultRoute: () => world.route,
    logger: mockServices.logger.mock(),
    now: () => world.time,
  });
  return { world, store };
}

const lanIp = (text: string) => `[network]\nlan_ip = "${text}"\n`;

describe('the settings store', () => {
  it('stops the start for a file that cannot be used', () => {
    expect(() => setUp('[network]\nlan_ip = 5\n')).toThrow(
      /config\.toml:2:1: network\.lan_ip/,
    );
  });

  it('follows an edit, and tells of it', () => {
    const { world, store } = setUp(lanIp('192.168.1.20'));
    const told: unknown[] = [];
    const stop = store.subscribe(() =>
      told.push(store.byCluster().local.network.lanIp),
    );
    expect(store.byCluster().local.network.lanIp).toBe('192.168.1.20');
    world.text = lanIp('10.0.0.1');
    world.onChange();
    expect(store.byCluster().local.network.lanIp).toBe('10.0.0.1');
    stop();
    world.onChange();
    expect(told).toEqual(['10.0.0.1']);
  });

  it('keeps the last good values after a bad edit, says so, and recovers', () => {
    const { world, store } = setUp(lanIp('192.168.1.20'));
    world.text = '[network\nlan_ip = "secret"';
    world.onChange();
    expect(store.byCluster().local.network.lanIp).toBe('192.168.1.20');
    const [finding] = store.view().findings;
    expect(finding).toMatchObject({
      reason: 'ConfigFileBroken',
      severity: 'error',
      subject: { kind: 'ConfigFile', name: 'config.toml' },
    });
    expect(finding.message).toContain('config.toml:1');
    expect(JSON.stringify(finding)).not.toContain('secret');

    world.text = lanIp('10.0.0.1');
    world.onChange();
    expect(store.view().findings.map(({ reason }) => reason)).not.toContain(
      'ConfigFileBroken',
    );
    expect(store.byCluster().local.network.lanIp).toBe('10.0.0.1');
  });

  it('keeps the last good values after the file went, says so, and recovers', () => {
    const { world, store } = setUp(lanIp('192.168.1.20'));
    world.text = undefined;
    world.onChange();
    expect(store.byCluster().local.network.lanIp).toBe('192.168.1.20');
    expect(store.view().findings[0]).toMatchObject({
      reason: 'ConfigFileMissing',
      severity: 'error',
      subject: { kind: 'ConfigFile', name: 'config.toml' },
    });
    world.time += 60_000;
    world.route = { interface: 'wlan0', lanIp: '10.0.0.7' };
    expect(store.byCluster().local.network.lanIp).toBe('192.168.1.20');

    world.text = '[network\n';
    world.onChange();
    expect(store.view().findings[0]).toMatchObject({
      reason: 'ConfigFileBroken',
    });
    expect(store.byCluster().local.network.lanIp).toBe('192.168.1.20');

    world.text = '';
    world.onChange();
    expect(store.byCluster().local.network.lanIp).toBe('10.0.0.7');
    expect(
      store
        .view()
        .findings.filter(({ subject }) => subject.kind === 'ConfigFile'),
    ).toEqual([]);
  });

  it('takes up a file that appears', () => {
    const { world, store } = setUp(undefined);
    world.text = lanIp('10.0.0.1');
    world.onChange();
    expect(store.byCluster().local.network.lanIp).toBe('10.0.0.1');
  });

  it('computes the address again when the machine has moved, and tells of it', () => {
    const { world, store } = setUp(undefined, {
      interface: 'eth0',
      lanIp: '192.168.1.20',
    });
    expect(store.byCluster().local.network.dnsSuffix).toBe(
      '192-168-1-20.nip.io',
    );
    world.route = { interface: 'wlan0', lanIp: '10.0.0.7' };
    world.time += 60_000;
    const told = jest.fn();
    store.subscribe(told);
    expect(store.byCluster().local.network.dnsSuffix).toBe('10-0-0-7.nip.io');
    expect(told).toHaveBeenCalledTimes(1);
  });

  it('stops watching when it is closed', () => {
    const { world, store } = setUp('');
    store.close();
    expect(world.stopped).toBe(true);
  });
});

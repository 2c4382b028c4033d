import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createServiceFactory } from '@backstage/backend-plugin-api';
// eslint-disable-next-line @backstage/no-mixed-plugin-imports -- the plugin under test
import { defaultRouteServiceRef } from 'backstage-plugin-networking-backend';
import {
  isSharedCause,
  type ClusterState,
} from 'backstage-plugin-networking-common';
import { writeTestSettings } from 'local-platform';
import { pathFrom } from './paths';
import { CLUSTER, PAYMENTS, removeRoutes, SHOP } from './suites/support';
import { startTestPlatform } from './world/testPlatform';
import { waitFor } from './world/waitFor';
import { ALEX, PAT, SAM, startOn, type World } from './world/world';

// Bounds for what hangs. A first start waits for the API server, the issuers and the gateway.
jest.setTimeout(240_000);
const START_BOUND_MS = 300_000;

/** Loopback as well, and nothing listens there. */
const ELSEWHERE = '127.0.0.2';

/** The settings of the platform, with another address and the suffix that its own one gave. */
const withLanIp = (text: string, lanIp: string, dnsSuffix: string) =>
  text.replace(
    /^lan_ip *=.*$/m,
    `lan_ip = "${lanIp}"\ndns_suffix = "${dnsSuffix}"`,
  );

/** A platform whose config.toml names no address, as the reference platform's does not. */
describe('an address that is computed', () => {
  let current: World | undefined;
  const world = () => {
    if (!current) throw new Error('The platform did not start');
    return current;
  };
  /** Of the machine that runs Backstage, as its routing table would tell it. */
  let ownAddress: string | undefined;
  let shipped: string;

  const configure = (lanIp: string) =>
    writeFile(
      world().settings,
      withLanIp(
        shipped,
        lanIp,
        world().platform.settings.network.dnsSuffix ?? '',
      ),
    );
  /** Nothing is known of hosts and addresses then: the database ends with the backend. */
  const moveTo = (address: string | undefined) =>
    world().restartBackend(async () => {
      ownAddress = address;
    });
  const exposeBoth = () =>
    Promise.all([
      world()
        .as(SAM)
        .apply({ entityRef: SHOP, service: { name: 'shop', port: 8080 } }),
      world()
        .as(PAT)
        .apply({
          entityRef: PAYMENTS,
          service: { name: 'payments', port: 8080 },
        }),
    ]);

  /** What both teams read, and what the hosts page and the platform's page say of the cluster. */
  const reads = async () => {
    const api = [
      world().as(SAM).getEntityExposures(SHOP),
      world().as(PAT).getEntityExposures(PAYMENTS),
    ];
    const tabs = await Promise.all(api);
    const hosts = await world().as(ALEX).getHosts();
    const platform = await world().as(ALEX).getPlatform(CLUSTER);
    const addressReasons = ({ clusters }: { clusters: ClusterState[] }) =>
      clusters
        .flatMap(({ findings }) => findings)
        .filter(isSharedCause)
        .map(({ reason }) => reason);
    return {
      verdicts: tabs.map(({ exposures: [{ verdict }] }) =>
        [verdict.word, verdict.finding.reason].join(' '),
      ),
      tabs: tabs.map(addressReasons),
      hosts: addressReasons(hosts),
      platform: addressReasons(platform),
      findings: platform.clusters.flatMap(({ findings }) => findings),
    };
  };
  const readUntil = (verdict: string) =>
    waitFor(`both hosts to be ${verdict}`, async () => {
      const seen = await reads();
      if (seen.verdicts.every(read => read === verdict)) return seen;
      throw new Error(`they are ${seen.verdicts.join(' and ')}`);
    });

  const saysOnce = (
    seen: Awaited<ReturnType<typeof reads>>,
    reason: string,
  ) => {
    expect(seen.tabs).toEqual([[reason], [reason]]);
    expect(seen.hosts).toEqual([reason]);
    expect(seen.platform).toEqual([reason]);
  };
  const remedyOf = (
    { findings }: Awaited<ReturnType<typeof reads>>,
    reason: string,
  ) => findings.find(found => found.reason === reason)?.remedy;

  beforeAll(async () => {
    const stateDir = join(
      pathFrom('NETWORKING_TEST_STATE_DIR', '.local/test'),
      'address',
    );
    const ofPlatform = await writeTestSettings(stateDir);
    const platform = await startTestPlatform(stateDir, ofPlatform);
    try {
      shipped = await readFile(ofPlatform, 'utf8');
      const folder = join(stateDir, 'backend');
      await mkdir(folder, { recursive: true });
      const settings = join(folder, 'config.toml');
      await writeFile(
        settings,
        withLanIp(shipped, '', platform.settings.network.dnsSuffix ?? ''),
      );
      current = await startOn(platform, {
        logFile: join(stateDir, 'backend.log'),
        settings,
        features: () => [
          createServiceFactory({
            service: defaultRouteServiceRef,
            deps: {},
            factory: () => ({
              find: () =>
                ownAddress === undefined
                  ? undefined
                  : { interface: 'lo', lanIp: ownAddress },
            }),
          }),
        ],
      });
    } catch (error) {
      await platform.stop();
      throw error;
    }
    await exposeBoth();
  }, START_BOUND_MS);
  afterAll(() => current?.stop(), START_BOUND_MS);

  it('and cannot be, with no default route, leaves hosts unchecked, and the setting to make is named once', async () => {
    const seen = await readUntil('Unknown ProbeAddressUnknown');
    saysOnce(seen, 'ProbeAddressUnknown');
    expect(remedyOf(seen, 'ProbeAddressUnknown')).toContain('lan_ip');
  });

  it("and is not the Gateway's proves nothing of hosts, and the setting to make is named once", async () => {
    await moveTo(ELSEWHERE);
    const seen = await readUntil('Unknown GatewayNotShown');
    saysOnce(seen, 'GatewayNotShown');
    expect(remedyOf(seen, 'GatewayNotShown')).toContain('lan_ip');
  });

  it('gives way to the one that is set, at which all hosts turn Live', async () => {
    await configure(world().platform.gateway.address);
    const seen = await readUntil('Live Answered');
    expect([seen.tabs, seen.hosts, seen.platform]).toEqual([[[], []], [], []]);
  });

  it('says Broken where the Gateway had shown itself and is gone, in a file without an address', async () => {
    await configure('');
    await moveTo(world().platform.gateway.address);
    await readUntil('Live Answered');
    const gateway = world()
      .platform.servers()
      .find(({ name }) => name === 'gateway');
    process.kill(gateway!.pid);
    // New routes are asked at once: nobody waits out the minute of the old ones.
    await removeRoutes(world().admin);
    await exposeBoth();
    const seen = await readUntil('Broken ProbeRefused');
    saysOnce(seen, 'GatewayUnreachable');
    expect(remedyOf(seen, 'GatewayUnreachable')).toContain('idp-gateway');
  });
});

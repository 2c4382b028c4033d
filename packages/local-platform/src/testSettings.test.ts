import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CONFIG_FILE, readLocalSettings } from './localSettings';
import { writeTestSettings } from './testSettings';

describe('the settings of tests', () => {
  let dir: string;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'test-settings-'));
  });
  afterEach(() => rm(dir, { recursive: true }));

  it('are the shipped ones, at other ports', async () => {
    const file = await writeTestSettings(join(dir, 'a', 'b'));
    expect(file).toBe(join(dir, 'a', 'b', 'config.toml'));
    const shipped = await readLocalSettings(CONFIG_FILE);
    const { gateway, network, ...rest } = await readLocalSettings(file);
    const { httpPort, httpsPort } = gateway;
    expect({ gateway, network, ...rest }).toEqual({
      ...shipped,
      network: {
        ...shipped.network,
        nodeportHttp: httpPort,
        nodeportHttps: httpsPort,
        publicHttpsPort: httpsPort,
      },
      gateway: { ...shipped.gateway, httpPort, httpsPort },
    });
    expect(
      new Set([
        httpPort,
        httpsPort,
        shipped.gateway.httpPort,
        shipped.gateway.httpsPort,
      ]).size,
    ).toBe(4);
  });

  it('keep what the shipped file says besides, to the line', async () => {
    const lines = async (file: string) =>
      (await readFile(file, 'utf8')).split('\n');
    const written = await lines(await writeTestSettings(dir));
    const shipped = await lines(CONFIG_FILE);
    expect(written).toHaveLength(shipped.length);
    expect(
      shipped.filter((line, index) => line !== written[index]),
    ).toHaveLength(5);
  });
});

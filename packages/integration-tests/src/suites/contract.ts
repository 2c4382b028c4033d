import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import { ALEX, CONTRACT_FILE, SAM } from '../world/world';
import { SHOP, type Suite } from './support';

/** The OpenAPI document against the traffic of every suite before this one. */
export const contract: Suite = world => {
  it('is served, as it is shipped', async () => {
    const response = await fetch(`${world().traffic.baseUrl()}/openapi.json`);
    expect(response.status).toBe(200);
    const served = await response.json();
    const shipped = parse(await readFile(CONTRACT_FILE, 'utf8'));
    expect(served.info).toEqual(shipped.info);
    // Served with the path of the plugin in front, so that a client needs no other base.
    expect(served.paths).toEqual(
      Object.fromEntries(
        Object.entries(shipped.paths).map(([path, item]) => [
          `/api/networking${path}`,
          item,
        ]),
      ),
    );
  });

  it('was kept by every request and every answer', async () => {
    // The one operation that no other suite needs.
    await world().as(ALEX).getExposures({ limit: 10 });
    await world().as(SAM).getExposures({ search: 'shop' });
    await world().as(SAM).getServices(SHOP);
    expect([...new Set(world().traffic.violations)]).toEqual([]);
  });

  it('holds no operation that no suite used with success', () => {
    const { traffic, contract: document } = world();
    const used = new Set(
      traffic.exchanges
        .filter(({ status }) => status < 300)
        .map(exchange => document.operationOf(exchange)),
    );
    expect(
      document.operations.filter(operation => !used.has(operation)),
    ).toEqual([]);
  });
};

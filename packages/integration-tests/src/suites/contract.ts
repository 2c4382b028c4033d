import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import { ALEX, CONTRACT_FILE, SAM } from '../world/world';
import { SHOP, type Suite } from './support';

/** What is no request of the contract, and the status that says so. */
const REFUSED: Record<
  string,
  { path: string; init?: RequestInit; status: number }
> = {
  'a path that is not there': { path: '/v1/nope', status: 404 },
  'a parameter that is not there': { path: '/v1/hosts?nope=1', status: 400 },
  'a parameter that is not UTF-8': {
    path: '/v1/hosts?search=%ff',
    status: 400,
  },
  'a method that is not there': {
    path: '/v1/exposures',
    init: { method: 'PUT' },
    status: 405,
  },
  'a body of another type': {
    path: '/v1/plans',
    init: { method: 'POST', body: 'text' },
    status: 415,
  },
  'a body that is no JSON': {
    path: '/v1/plans',
    init: {
      method: 'POST',
      body: '{',
      headers: { 'Content-Type': 'application/json' },
    },
    status: 400,
  },
  'a body that is too large': {
    path: '/v1/plans',
    init: {
      method: 'POST',
      body: JSON.stringify({ entityRef: SHOP, padding: 'x'.repeat(40_000) }),
      headers: { 'Content-Type': 'application/json' },
    },
    status: 413,
  },
};

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

  it.each(Object.entries(REFUSED))(
    '%s is refused in the shape of every error',
    async (_, { path, init, status }) => {
      const response = await fetch(`${world().traffic.baseUrl()}${path}`, init);
      expect(response.status).toBe(status);
      expect(await response.json()).toMatchObject({
        error: { name: expect.any(String), message: expect.any(String) },
        response: { statusCode: status },
      });
      expect(response.headers.get('allow')).toBe(
        status === 405 ? 'GET, HEAD, POST' : null,
      );
    },
  );

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

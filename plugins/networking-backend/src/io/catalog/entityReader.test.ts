import { mockCredentials } from '@backstage/backend-test-utils';
import { ResponseError } from '@backstage/errors';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { component } from '../../__testUtils__/world';
import { createEntityReader } from './entityReader';

const REF = 'component:default/shop';
const sam = mockCredentials.user('user:default/sam');

const answer = (status: number) =>
  ResponseError.fromResponse(Response.json({}, { status }));

function setUp() {
  const clock = { time: Date.UTC(2026, 0) };
  const catalog = catalogServiceMock.mock({
    getEntityByRef: async () => component('shop', 'team-shop'),
  });
  const reader = createEntityReader({ catalog, now: () => clock.time });
  return { clock, catalog, reader };
}

describe('an entity is read', () => {
  it('once for reads that come within five seconds', async () => {
    const { clock, catalog, reader } = setUp();
    await reader.get(REF, sam);
    clock.time += 4_999;
    await reader.get(REF, sam);
    expect(catalog.getEntityByRef).toHaveBeenCalledTimes(1);
    clock.time += 2;
    await reader.get(REF, sam);
    expect(catalog.getEntityByRef).toHaveBeenCalledTimes(2);
  });

  it('again for a write, and reads after it see what the write saw', async () => {
    const { catalog, reader } = setUp();
    await reader.get(REF, sam);
    const moved = component('shop', 'team-payments');
    catalog.getEntityByRef.mockResolvedValueOnce(moved);
    expect(await reader.get(REF, sam, { fresh: true })).toBe(moved);
    expect(await reader.get(REF, sam)).toBe(moved);
    expect(catalog.getEntityByRef).toHaveBeenCalledTimes(2);
  });

  it('as none where the catalog does not take its ref', async () => {
    const { catalog, reader } = setUp();
    catalog.getEntityByRef.mockRejectedValueOnce(await answer(400));
    expect(
      await reader.get('component:default/\u{1f600}', sam),
    ).toBeUndefined();
  });

  it('not where the catalog fails', async () => {
    const { catalog, reader } = setUp();
    const failure = await answer(500);
    catalog.getEntityByRef.mockRejectedValueOnce(failure);
    await expect(reader.get(REF, sam)).rejects.toBe(failure);
  });
});

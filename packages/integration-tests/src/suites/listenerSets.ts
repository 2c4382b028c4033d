import {
  isBad,
  meaningOf,
  type ListenerSet,
} from 'backstage-plugin-networking-common';
import { referenceTo } from 'local-platform';
import type { Judging } from '../gateways/judging';
import {
  listenerSet,
  routeOfSet,
  SET_HOST,
  takingListenersFrom,
} from '../gateways/listenerSets';
import { waitFor } from '../world/waitFor';

/** What Cilium writes of ListenerSets and of routes that name them. */
export function listenerSets({
  world,
  admin,
  settingsOf,
  apply,
  judge,
  waitUntilWritten,
}: Judging) {
  const settings = () => settingsOf('cilium');
  const written = async (namespace: string, wanted: string) => {
    const set = referenceTo(listenerSet(namespace, settings()));
    await waitFor(`Cilium to write ${wanted}`, async () => {
      const { status } = await admin().get<ListenerSet>(set);
      const found = status?.conditions?.find(({ type }) => type === 'Accepted');
      return `${found?.status} ${found?.reason}` === wanted || undefined;
    });
  };

  beforeAll(async () => {
    await apply(takingListenersFrom('shop', settings()));
    for (const namespace of ['shop', 'docs']) {
      await apply(listenerSet(namespace, settings()));
      await apply(routeOfSet(namespace));
    }
    await apply(routeOfSet('shop', 'gone'));
  });

  it('has its listeners judged, and its routes by what is said of them there', async () => {
    await written('shop', 'True Accepted');
    await waitUntilWritten(routeOfSet('shop'), 'cilium', 'good');
    const { verdict, hosts } = await judge(routeOfSet('shop'), 'cilium');
    expect(verdict.finding.message).toMatch(/^Accepted, not yet proved: /);
    expect(hosts).toMatchObject([
      { host: SET_HOST, listener: 'web', url: `http://${SET_HOST}` },
    ]);
  });

  it('has no listener of the name that a route asks for', async () => {
    const route = routeOfSet('shop', 'gone');
    await waitUntilWritten(route, 'cilium', 'Accepted=False NoMatchingParent');
    const { verdict } = await judge(route, 'cilium');
    expect(verdict.finding).toMatchObject({
      reason: 'ListenerMissing',
      message: expect.stringContaining(
        'ListenerSet shop/team has no listener gone',
      ),
    });
  });

  it('is refused where the Gateway takes no listeners from its namespace', async () => {
    await written('docs', 'False NotAllowed');
    const { verdict } = await judge(routeOfSet('docs'), 'cilium');
    expect(verdict.word).toBe('Broken');
    expect(verdict.finding.message).toContain(
      "doesn't take the listeners of ListenerSet docs/team",
    );
  });

  it('has no condition without a sentence of its own', async () => {
    const sets = (await world().snapshot()).list('ListenerSet');
    const bad = sets.flatMap(({ status }) =>
      [
        ...(status?.conditions ?? []).map(condition => ({
          object: 'ListenerSet' as const,
          condition,
        })),
        ...(status?.listeners ?? []).flatMap(({ conditions }) =>
          (conditions ?? []).map(condition => ({
            object: 'Listener' as const,
            condition,
          })),
        ),
      ].filter(({ condition }) => isBad(condition)),
    );
    expect(bad.length).toBeGreaterThan(0);
    expect(
      bad.filter(({ object, condition }) => !meaningOf(object, condition)),
    ).toEqual([]);
  });
}

import type { HttpRoute } from '../gateway-api/types';
import { attachments } from '../gateway-api/attachments';
import { matchRouteToEntity } from './matching';
import type { MatchReason } from './types';
import { gatewayOf, settingsOf, snapshotOf } from './__testUtils__/fixtures';
import {
  COMPONENTS,
  EXPECTED,
  REDIRECT,
  ROUTES,
  NAMESPACES,
  SERVICES,
} from './__testUtils__/referencePlatform';

const snapshot = snapshotOf([
  gatewayOf(),
  ...NAMESPACES,
  ...SERVICES,
  ...ROUTES,
  REDIRECT,
]);

function componentsOf(one: HttpRoute): Record<string, MatchReason> {
  return Object.fromEntries(
    COMPONENTS.flatMap(entity => {
      const reason = matchRouteToEntity(one, entity, snapshot, settingsOf());
      return reason ? [[entity.name, reason]] : [];
    }),
  );
}

describe('the reference platform, unchanged', () => {
  it.each(ROUTES.map(one => [one.spec?.hostnames?.[0] ?? '', one] as const))(
    'shows https://%s on its components',
    (host, one) => {
      expect(componentsOf(one)).toEqual(EXPECTED[host.split('.')[0]]);
    },
  );

  it('has nine service URLs, and every component finds one', () => {
    expect(ROUTES).toHaveLength(9);
    const found = new Set(
      ROUTES.flatMap(one => Object.keys(componentsOf(one))),
    );
    expect([...found].sort()).toEqual(COMPONENTS.map(one => one.name).sort());
  });

  it('shows the redirect on no component', () => {
    expect(componentsOf(REDIRECT)).toEqual({});
  });

  it('has its routes on both listeners, for want of a section name', () => {
    for (const one of ROUTES) {
      expect(
        attachments(one, snapshot).map(({ listener, hosts }) => [
          listener?.name,
          hosts,
        ]),
      ).toEqual([
        ['http', one.spec?.hostnames],
        ['https', one.spec?.hostnames],
      ]);
    }
  });
});

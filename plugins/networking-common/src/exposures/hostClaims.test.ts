import { hostClaims, routesForHost } from './hostClaims';
import { routeOf, snapshotOf } from './__testUtils__/fixtures';

const exact = routeOf('b/exact', ['other.x.io', 'SHOP.x.io']);
const wildcard = routeOf('a/wildcard', ['*.x.io']);
const wider = routeOf('a/wider', ['*.io']);
const catchAll = routeOf('a/catch-all', undefined);
const unrelated = routeOf('a/unrelated', ['x.io', 'cart.x.io', '*.shop.x.io']);
const snapshot = snapshotOf([wildcard, wider, exact, catchAll, unrelated]);

describe('hostClaims', () => {
  it('tells exact claims, first, from wildcard ones, in every namespace', () => {
    expect(hostClaims('shop.x.io', snapshot)).toEqual([
      { route: exact, hostname: 'shop.x.io', kind: 'exact' },
      { route: wildcard, hostname: '*.x.io', kind: 'wildcard' },
      { route: wider, hostname: '*.io', kind: 'wildcard' },
      { route: catchAll, hostname: '*', kind: 'wildcard' },
    ]);
  });

  it.each([
    ['GRPCRoute', { hostnames: ['shop.x.io'] }],
    ['TLSRoute', { hostnames: ['Shop.x.io.'] }],
    ['Ingress', { rules: [{ host: 'shop.x.io' }] }],
  ])('sees a host that a %s has', (kind, spec) => {
    const other = {
      apiVersion: 'v1',
      kind,
      metadata: { name: 'other', namespace: 'a' },
      spec,
    };
    expect(hostClaims('shop.x.io', snapshotOf([other]))).toEqual([
      { route: other, hostname: 'shop.x.io', kind: 'exact' },
    ]);
  });

  it('takes an empty list of hostnames for none', () => {
    const empty = routeOf('a/empty', []);
    expect(hostClaims('shop.x.io', snapshotOf([empty]))).toEqual([
      { route: empty, hostname: '*', kind: 'wildcard' },
    ]);
  });
});

describe('routesForHost', () => {
  it('lists the routes alone', () => {
    expect(routesForHost('shop.x.io', snapshot)).toEqual([
      exact,
      wildcard,
      wider,
      catchAll,
    ]);
    expect(routesForHost('nobody.y.org', snapshot)).toEqual([catchAll]);
  });
});

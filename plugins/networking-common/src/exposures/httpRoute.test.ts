import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { parse } from 'yaml';
import type { HttpRoute } from '../gateway-api/types';
import { fromHttpRoute, routeName, toHttpRoute } from './httpRoute';
import type { ResolvedRequest } from './types';
import { toYaml } from './yaml';
import { settingsOf } from './__testUtils__/fixtures';

const TESTDATA = join(__dirname, 'testdata');
const cases = readdirSync(TESTDATA)
  .filter(file => file.endsWith('.in.yaml'))
  .map(file => file.slice(0, -'.in.yaml'.length));

describe('toHttpRoute', () => {
  it('has golden files', () => {
    expect(cases.length).toBeGreaterThan(2);
  });

  // UPDATE_GOLDEN=1 writes what is rendered now.
  it.each(cases)('renders %s', name => {
    const input = parse(
      readFileSync(join(TESTDATA, `${name}.in.yaml`), 'utf8'),
    );
    const golden = join(TESTDATA, `${name}.out.yaml`);
    const route = toHttpRoute(
      input.request,
      settingsOf(input.settings),
      input.entity,
    );
    const text = toYaml(route);
    if (process.env.UPDATE_GOLDEN) writeFileSync(golden, text);
    expect(text).toBe(readFileSync(golden, 'utf8'));
    expect(parse(text, { version: '1.1' })).toEqual(route);
  });

  const dnsLabel = fc.stringMatching(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/);
  const request: fc.Arbitrary<ResolvedRequest> = fc.record({
    entityRef: fc
      .tuple(dnsLabel, dnsLabel)
      .map(([namespace, name]) => `component:${namespace}/${name}`),
    cluster: dnsLabel,
    namespace: dnsLabel,
    service: fc.record({
      name: dnsLabel,
      port: fc.integer({ min: 1, max: 65535 }),
    }),
    hostLabel: dnsLabel,
    takeOwnership: fc.boolean(),
  });

  it('is undone by fromHttpRoute, but for what no route holds', () => {
    fc.assert(
      fc.property(request, one => {
        const { cluster: _, takeOwnership: __, ...held } = one;
        expect(fromHttpRoute(toHttpRoute(one, settingsOf()))).toEqual(held);
      }),
    );
  });

  it('gives equal objects for equal requests, whatever the order of their parts', () => {
    fc.assert(
      fc.property(request, one => {
        const turned = Object.fromEntries(
          Object.entries(one).reverse(),
        ) as unknown as ResolvedRequest;
        expect(toYaml(toHttpRoute(turned, settingsOf()))).toBe(
          toYaml(toHttpRoute(one, settingsOf())),
        );
      }),
    );
  });

  it('binds to one listener by name, never by port, and names exactly one host', () => {
    fc.assert(
      fc.property(request, one => {
        const { spec } = toHttpRoute(
          one,
          settingsOf({ gateway: { httpsSection: 'tls' } }),
        );
        expect(spec?.parentRefs).toHaveLength(1);
        expect(spec?.parentRefs?.[0]).toMatchObject({ sectionName: 'tls' });
        expect(spec?.parentRefs?.[0]).not.toHaveProperty('port');
        expect(spec?.hostnames).toHaveLength(1);
      }),
    );
  });

  it('leaves out an id that no label can hold', () => {
    const one: ResolvedRequest = {
      entityRef: 'component:default/shop',
      cluster: 'local',
      namespace: 'shop',
      service: { name: 'shop', port: 80 },
      hostLabel: 'shop',
      takeOwnership: false,
    };
    const labelsFor = (kubernetesId?: string) =>
      toHttpRoute(one, settingsOf(), { kubernetesId }).metadata.labels;
    const key = 'backstage.io/kubernetes-id';
    expect(labelsFor('shop')).toHaveProperty([key], 'shop');
    expect(labelsFor('a b')).not.toHaveProperty([key]);
    expect(labelsFor('a'.repeat(64))).not.toHaveProperty([key]);
    expect(labelsFor()).not.toHaveProperty([key]);
  });
});

describe('fromHttpRoute', () => {
  const read = (spec: HttpRoute['spec'], annotations = {}) =>
    fromHttpRoute({
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'HTTPRoute',
      metadata: { name: 'r', namespace: 'shop', annotations },
      spec,
    });

  it('reads the host label of a foreign route from its host', () => {
    expect(read({ hostnames: ['shop.x.io'] })).toEqual({
      namespace: 'shop',
      hostLabel: 'shop',
    });
    expect(read({ hostnames: ['*.x.io'] })).toEqual({ namespace: 'shop' });
  });

  it('does not choose one of several Services', () => {
    const backendRefs = [
      { name: 'a', port: 80 },
      { name: 'b', port: 80 },
    ];
    expect(read({ rules: [{ backendRefs }] })).not.toHaveProperty('service');
    expect(
      read({ rules: backendRefs.map(ref => ({ backendRefs: [ref] })) }),
    ).not.toHaveProperty('service');
  });

  it('reads what can be read of whatever JSON a route holds', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (spec, annotations) => {
        const found = read(
          spec as HttpRoute['spec'],
          annotations as Record<string, string>,
        );
        expect(found.namespace).toBe('shop');
      }),
    );
  });
});

describe('routeName', () => {
  const REF = 'component:default/shop';

  it('joins host label and a hash of the entity', () => {
    expect(routeName('shop', REF)).toMatch(/^shop-[0-9a-f]{8}$/);
    expect(routeName('shop', 'Component:default/Shop')).toBe(
      routeName('shop', REF),
    );
    expect(routeName('shop', 'component:default/other')).not.toBe(
      routeName('shop', REF),
    );
  });

  it('stays a DNS label for the longest host labels, and keeps them apart', () => {
    const one = routeName(`${'a'.repeat(53)}-${'b'.repeat(8)}1`, REF);
    const two = routeName(`${'a'.repeat(53)}-${'b'.repeat(8)}2`, REF);
    expect(one).toMatch(/^a{53}-[0-9a-f]{8}$/);
    expect(one).not.toBe(two);
    expect(routeName('c'.repeat(54), REF)).toHaveLength(63);
  });
});

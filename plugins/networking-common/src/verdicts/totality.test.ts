import fc from 'fast-check';
import { createSnapshot } from '../gateway-api/snapshot';
import type { HttpRoute } from '../gateway-api/types';
import { evaluatePlatform } from '../platform/evaluate';
import { throughListenerSet } from './__testUtils__/listenerSet';
import {
  factsOf,
  find,
  healthyWorld,
  HOST,
  judge,
  lookupOf,
  NOW,
  settings,
} from './__testUtils__/world';
import { evaluateExposure } from './evaluate';
import { traceCertificates } from '../certificates/trace';

describe('whatever the API server returns', () => {
  // An API server checks objects against their schema, which leaves any field absent but none of another type. Strings,
  // numbers and lists may hold anything.
  const text = fc.oneof(
    fc.constantFrom('', 'https', 'http', 'shop', '*', 'True', 'False', 'HTTPS'),
    fc.constantFrom('Accepted', 'Programmed', 'ResolvedRefs', 'Conflicted'),
    fc.constantFrom('idp-gateway', 'kube-system', 'Service', 'Gateway', HOST),
    fc.constantFrom('Ready', 'AddressNotAssigned', 'idp-wildcard-cert'),
    fc.string({ maxLength: 6 }),
  );

  /** A value of the same shape in which fields, elements and whole branches are lost or changed. */
  const damaged = (value: unknown): fc.Arbitrary<unknown> => {
    if (typeof value === 'string') {
      return fc.oneof({ weight: 8, arbitrary: fc.constant(value) }, text);
    }
    if (typeof value === 'number') {
      return fc.oneof(
        { weight: 8, arbitrary: fc.constant(value) },
        fc.integer({ min: -1, max: 70000 }),
      );
    }
    if (Array.isArray(value)) {
      const items = value.length > 0 ? value.map(damaged) : [text];
      return fc.oneof(
        { weight: 6, arbitrary: fc.tuple(...items) },
        fc.array(fc.oneof(...items), { maxLength: 3 }),
      );
    }
    if (typeof value === 'object' && value !== null) {
      const model = Object.fromEntries(
        Object.entries(value).map(([key, item]) => [key, damaged(item)]),
      );
      return fc.oneof(
        { weight: 6, arbitrary: fc.record(model) },
        fc.record(model, { requiredKeys: [] }),
      );
    }
    return fc.constant(value);
  };

  const keepingIdentity = (object: { kind: string; metadata: object }) =>
    damaged(object).map(broken => {
      const { metadata } = broken as { metadata?: object };
      return {
        ...(broken as object),
        kind: object.kind,
        metadata: { ...object.metadata, ...metadata },
      };
    });

  const world = healthyWorld();
  const damagedWorld = fc.record({
    route: keepingIdentity(world.route) as fc.Arbitrary<HttpRoute>,
    objects: fc.tuple(...world.objects.map(keepingIdentity)),
    keep: fc.array(fc.boolean(), {
      minLength: world.objects.length,
      maxLength: world.objects.length,
    }),
    gaps: fc.subarray([
      { kind: 'Gateway', reason: 'Forbidden', message: '' } as const,
      { kind: 'Service', reason: 'NotServed', message: '' } as const,
      { kind: 'Certificate', reason: 'Unreachable', message: '' } as const,
    ]),
    probe: fc.option(
      fc.record({
        generation: fc.integer({ min: 0, max: 2 }),
        uid: fc.constantFrom('uid-shop', 'uid-gone'),
        status: fc.constantFrom(200, 404, 503),
        verified: fc.boolean(),
      }),
      { nil: undefined },
    ),
    certificate: fc.boolean(),
  });

  const evaluate = (
    input: typeof damagedWorld extends fc.Arbitrary<infer T> ? T : never,
  ) => {
    const snapshot = createSnapshot({
      cluster: 'local',
      observedAt: NOW,
      objects: [
        ...input.objects.filter((_, index) => input.keep[index]),
        input.route,
      ] as never[],
      gaps: input.gaps,
    });
    const probe = input.probe && {
      ...world.probe!,
      route: { uid: input.probe.uid, generation: input.probe.generation },
      http: { status: input.probe.status },
      tls: { ...world.probe!.tls, verified: input.probe.verified },
    };
    const certificates = input.certificate
      ? lookupOf(world, snapshot)
      : undefined;
    const exposure = evaluateExposure({
      route: input.route,
      snapshot,
      settings,
      facts: { certificates, ...(probe && { probes: { [HOST]: probe } }) },
      now: NOW,
      entities: [],
    });
    return { exposure, snapshot, certificates, probe };
  };

  it('nothing throws, and every host has a verdict and a way', () => {
    fc.assert(
      fc.property(damagedWorld, input => {
        const { exposure, snapshot, certificates } = evaluate(input);
        expect(exposure.hosts.length).toBeGreaterThan(0);
        for (const { verdict, way } of exposure.hosts) {
          expect(verdict.finding.message).not.toBe('');
          expect(verdict.finding.message).not.toMatch(/undefined|NaN|\[object/);
          expect(way.length).toBeGreaterThanOrEqual(4);
          expect(
            way.filter(({ state }) => ['failing', 'refused'].includes(state)),
          ).toHaveLength(verdict.word === 'Broken' ? 1 : 0);
        }
        const parts = evaluatePlatform({
          snapshot,
          settings,
          certificates,
          now: NOW,
        });
        expect(parts.length).toBeGreaterThanOrEqual(7);
        for (const gateway of snapshot.list('Gateway')) {
          for (const listener of gateway.spec?.listeners ?? []) {
            traceCertificates({
              holder: gateway,
              listener,
              snapshot,
              settings,
            });
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  const known = fc.record({
    uid: fc.constantFrom('uid-shop', 'uid-other', undefined),
    generation: fc.integer({ min: 0, max: 3 }),
  });

  it('a verdict is Live only on a good answer to a probe of this uid and generation', () => {
    fc.assert(
      fc.property(
        known,
        known,
        fc.constantFrom(200, 302, 401, 404, 500),
        (now, probed, status) => {
          const { verdict } = judge(({ route, probe }) => {
            Object.assign(route.metadata, now);
            for (const one of route.status!.parents![0].conditions!) {
              one.observedGeneration = now.generation;
            }
            probe!.route = probed as { uid: string; generation: number };
            probe!.http = { status };
          });
          const isProof =
            now.uid !== undefined &&
            probed.uid === now.uid &&
            probed.generation === now.generation;
          expect(verdict.word === 'Live').toBe(isProof && status < 402);
        },
      ),
    );
  });

  it('a verdict is Live only where all that was said is of the generation as it is now', () => {
    const judgedAt = fc.integer({ min: 0, max: 3 });
    fc.assert(
      fc.property(
        fc.boolean(),
        judgedAt,
        judgedAt,
        judgedAt,
        judgedAt,
        fc.constantFrom('Accepted', 'ResolvedRefs', 'Programmed'),
        (throughSet, routeIs, routeWas, holderIs, holderWas, type) => {
          const { verdict } = judge(broken => {
            if (throughSet) throughListenerSet(broken);
            const { route, probe } = broken;
            route.metadata.generation = routeIs;
            probe!.route!.generation = routeIs;
            for (const one of route.status!.parents![0].conditions!) {
              one.observedGeneration = routeIs;
              if (one.type === type) one.observedGeneration = routeWas;
            }
            const [kind, name] = throughSet
              ? (['ListenerSet', 'web'] as const)
              : (['Gateway', 'idp-gateway'] as const);
            const holder = find(broken, kind, name);
            holder.metadata.generation = holderIs;
            for (const { conditions } of holder.status!.listeners!) {
              for (const one of conditions!) {
                one.observedGeneration = holderIs;
                if (one.type === type) one.observedGeneration = holderWas;
              }
            }
            const set = throughSet ? holder.status!.conditions! : [];
            for (const one of set) one.observedGeneration = holderIs;
          });
          const isRoutes = type !== 'Programmed';
          const isCurrent =
            (!isRoutes || routeWas >= routeIs) && holderWas >= holderIs;
          expect(verdict.word).toBe(isCurrent ? 'Live' : 'Pending');
        },
      ),
      { numRuns: 400 },
    );
  });

  it('nor is it Live on any other state of the cluster', () => {
    fc.assert(
      fc.property(damagedWorld, input => {
        const { exposure, probe } = evaluate(input);
        const { uid, generation } = input.route.metadata;
        const isProof =
          probe?.route.uid === uid &&
          probe?.route.generation === generation &&
          probe?.http.status === 200;
        const live = exposure.hosts.filter(
          ({ verdict }) => verdict.word === 'Live',
        );
        expect(live.length === 0 || isProof).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('no field of any type makes it throw either', () => {
    const odd = fc.jsonValue({ maxDepth: 3 });
    fc.assert(
      fc.property(odd, odd, odd, (spec, status, labels) => {
        const route = {
          ...world.route,
          metadata: { ...world.route.metadata, labels, annotations: labels },
          spec,
          status,
        } as unknown as HttpRoute;
        const objects = world.objects.map(object => ({
          ...object,
          spec,
          status,
        }));
        const snapshot = createSnapshot({
          cluster: 'local',
          observedAt: NOW,
          objects: [...objects, route],
        });
        const { hosts } = evaluateExposure({
          route,
          snapshot,
          settings,
          facts: factsOf(world),
          now: NOW,
          entities: [],
        });
        const parts = evaluatePlatform({ snapshot, settings, now: NOW });
        expect(hosts.length * parts.length).toBeGreaterThan(0);
      }),
    );
  });
});

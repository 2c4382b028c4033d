import fc from 'fast-check';
import { claimFinding, routesOfEntity } from '../exposures/matching';
import { entityOf } from '../exposures/__testUtils__/fixtures';
import { hostClaims } from '../exposures/hostClaims';
import { attachments } from '../gateway-api/attachments';
import { createSnapshot } from '../gateway-api/snapshot';
import { certificateRows } from '../platform/certificateRows';
import { evaluatePlatform } from '../platform/evaluate';
import {
  JUNK,
  mutation,
  objectsOf,
  places,
  put,
  someGaps,
  WORLDS,
  type Mutation,
} from './__testUtils__/mutations';
import { someFacts } from './__testUtils__/facts';
import { factsOf, HOST, type World } from './__testUtils__/world';
import { evaluateExposure } from './evaluate';
import { hostsToProbe } from './hostsToProbe';
import { VERDICT_REASONS } from '../findings/reasons';
import { traceCertificates } from '../certificates/trace';
import type { Finding } from './types';

/** Asks everything of a world that is not as it should be. */
function askAll(world: World, mutations: readonly Mutation[]) {
  const objects = objectsOf(world);
  for (const index of new Set(mutations.map(({ object }) => object))) {
    objects[index] = structuredClone(objects[index]);
  }
  for (const { object, path, by } of mutations) put(objects[object], path, by);
  const snapshot = createSnapshot({
    cluster: 'local',
    observedAt: world.now,
    objects,
    gaps: world.gaps,
  });
  const { settings, now } = world;
  const facts = factsOf(world, snapshot);
  const { certificates } = facts;
  evaluatePlatform({ snapshot, settings, certificates, now });
  const findings: Finding[] = [];
  const deciding: Finding[] = [];
  for (const gateway of snapshot.list('Gateway')) {
    const { listeners } = (gateway.spec ?? {}) as { listeners?: unknown };
    for (const listener of Array.isArray(listeners) ? listeners : []) {
      if (listener)
        traceCertificates({
          holder: gateway,
          listener,
          snapshot,
          settings,
        });
    }
  }
  const entity = entityOf({
    kubernetesNamespace: 'shop',
    labelSelector: 'app=shop',
  });
  for (const { route } of routesOfEntity(entity, snapshot, settings)) {
    claimFinding(route, entity, snapshot, settings);
  }
  hostClaims(HOST, snapshot);
  for (const kind of ['GRPCRoute', 'TLSRoute'] as const) {
    for (const route of snapshot.list(kind)) attachments(route, snapshot);
  }
  const exposures = snapshot.list('HTTPRoute').map(route => {
    hostsToProbe(route, snapshot, settings);
    const exposure = evaluateExposure({
      route,
      snapshot,
      settings,
      facts,
      now,
      entities: [],
    });
    findings.push(...exposure.findings);
    deciding.push(...exposure.hosts.map(({ verdict }) => verdict.finding));
    return exposure;
  });
  const words = exposures.flatMap(({ hosts }) =>
    hosts.map(({ verdict }) => verdict.word),
  );
  for (const row of certificateRows({
    snapshot,
    settings,
    certificates: certificates ?? (() => []),
    exposures,
    now,
  })) {
    findings.push(...row.findings);
    deciding.push(row.finding);
  }
  return { words, findings: [...findings, ...deciding] };
}

const OF_LISTENER_SET = new Set(['HTTPRoute', 'ListenerSet', 'Gateway']);

const controllers = fc.constantFrom(
  'traefik.io/gateway-controller',
  'traefik.io/gateway-controller',
  'traefik.io/gateway-controller',
  'io.cilium/gateway-controller',
);

const withController = (world: World, controller: string): World => ({
  ...world,
  settings: {
    ...world.settings,
    gateway: { ...world.settings.gateway, controller },
  },
});

describe('whatever the cluster holds', () => {
  it('a world in which any one value is anything else is judged', () => {
    let asked = 0;
    WORLDS.forEach((world, number) => {
      objectsOf(world).forEach((object, index) => {
        // The rest is as it is in the first.
        if (number > 0 && !OF_LISTENER_SET.has(object.kind)) return;
        for (const path of places(object)) {
          for (const by of JUNK) {
            const change = { object: index, path, by };
            let answer;
            try {
              answer = askAll(world, [change]);
            } catch (error) {
              throw new Error(
                `${object.kind} ${path.join('.')} as ${JSON.stringify(by)}`,
                { cause: error },
              );
            }
            asked += answer.words.length;
          }
        }
      });
    });
    expect(asked).toBeGreaterThan(10_000);
  }, 60_000);

  it('a world of several changes, in the words that controllers use, is judged', () => {
    const reached = new Set<string>();
    for (const world of WORLDS) {
      fc.assert(
        fc.property(
          fc.array(mutation(world), { minLength: 1, maxLength: 3 }),
          someGaps,
          someFacts(world),
          controllers,
          (mutations, gaps, facts, controller) => {
            const { findings } = askAll(
              withController({ ...world, gaps, ...facts }, controller),
              mutations,
            );
            for (const { reason, message, severity, remedy } of findings) {
              const isTrouble = severity === 'error' || severity === 'warning';
              expect(remedy ?? reason).toMatch(isTrouble ? /^[A-Z].*\.$/ : /./);
              expect(message).not.toMatch(/undefined|NaN|\[object/);
              reached.add(reason);
            }
          },
        ),
        // Of these worlds and no others it is known that they reach the checks.
        { numRuns: 4000, seed: 1 },
      );
    }
    const reasons = Object.values(VERDICT_REASONS);
    const missed = reasons.filter(reason => !reached.has(reason));

    expect(missed.length).toBeLessThan(reasons.length / 5);
  }, 60_000);
});

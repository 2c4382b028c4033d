import fc from 'fast-check';
import { createSnapshot } from '../gateway-api/snapshot';
import type { Certificate, KubernetesObject } from '../gateway-api/types';
import { evaluatePlatform } from '../platform/evaluate';
import { WORLDS } from './__testUtils__/mutations';
import { factsOf, find, type World } from './__testUtils__/world';
import { evaluateExposure } from './evaluate';

/** Several of everything of which one is chosen: Certificates of a Secret, certificates of a listener, CAs. */
function ambiguous(world: World): World {
  const copy = structuredClone(world);
  const [, https] = find(copy, 'Gateway', 'idp-gateway').spec!.listeners!;
  https.tls!.certificateRefs!.push({ name: 'other-cert' });
  const another = (name: string, change: (one: Certificate) => void) => {
    const made = structuredClone(find(copy, 'Certificate', name));
    made.metadata.uid = `uid-of-another-${copy.objects.length}`;
    change(made);
    copy.objects.push(made);
  };
  another('idp-wildcard-cert', ({ metadata }) => {
    metadata.name = 'rival';
  });
  another('idp-wildcard-cert', ({ metadata, spec }) => {
    metadata.name = 'other';
    spec!.secretName = 'other-cert';
  });
  another('idp-demo-ca', ({ metadata }) => {
    metadata.name = 'another-ca';
  });
  return copy;
}

const worlds = WORLDS.map(ambiguous);

function ask(world: World, objects: KubernetesObject[]) {
  const snapshot = createSnapshot({
    cluster: 'local',
    observedAt: world.now,
    objects,
    gaps: [],
  });
  const { route, settings, now } = world;
  const facts = factsOf(world, snapshot);
  const { certificates } = facts;
  return {
    exposure: evaluateExposure({
      route,
      snapshot,
      settings,
      facts,
      now,
      entities: [],
    }),
    parts: evaluatePlatform({ snapshot, settings, certificates, now }),
  };
}

it.each(worlds.map((world, index) => [index, world] as const))(
  'what is said of a route and of the platform is the same in whatever order objects come (%i)',
  (_, world) => {
    const all = [world.route, ...world.objects];
    const expected = ask(world, all);
    fc.assert(
      fc.property(
        fc.shuffledSubarray(all, { minLength: all.length }),
        objects => {
          expect(ask(world, objects)).toEqual(expected);
        },
      ),
    );
  },
);

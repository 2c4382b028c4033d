import { evaluateExposure } from '../verdicts/evaluate';
import {
  factsOf,
  healthyWorld,
  HOST,
  lookupOf,
  snapshotOf,
  type World,
} from '../verdicts/__testUtils__/world';
import { certificateRows } from './certificateRows';

function rows(change: (world: World) => void = () => {}) {
  const world = healthyWorld();
  change(world);
  const snapshot = snapshotOf(world);
  const { settings, now, route } = world;
  const exposure = evaluateExposure({
    route,
    snapshot,
    settings,
    facts: factsOf(world),
    now,
    entities: [{ entityRef: 'component:default/shop', reason: 'annotation' }],
  });
  return certificateRows({
    snapshot,
    settings,
    certificates: lookupOf(world, snapshot),
    exposures: [exposure],
    now,
  });
}

describe('certificateRows', () => {
  it('has a row for what is served, and one for its CA', () => {
    expect(rows()).toMatchObject([
      {
        role: 'served',
        secret: { namespace: 'kube-system', name: 'idp-wildcard-cert' },
        listeners: [{ kind: 'Gateway', name: 'idp-gateway', section: 'https' }],
        word: 'Good',
        hosts: [
          {
            host: HOST,
            exposure: { namespace: 'shop', name: 'shop' },
            entities: ['component:default/shop'],
          },
        ],
        served: [{ host: HOST, hosts: 1, at: '2026-11-23T11:59:48Z' }],
        renewable: { possible: true },
      },
      {
        role: 'ca',
        secret: { namespace: 'cert-manager', name: 'idp-demo-ca-secret' },
        listeners: [],
        word: 'Good',
        hosts: [{ host: HOST }],
        served: [],
      },
    ]);
  });
});

import type { HttpRoute } from '../gateway-api/types';
import type { Finding } from '../verdicts/types';
import { completePlan } from './completePlan';
import { planExposure } from './plan';
import type { ExposureRequest } from './types';
import {
  entityOf,
  settingsOf,
  shopPlatform,
  snapshotOf,
} from './__testUtils__/fixtures';

function draftWith(live?: HttpRoute, request: Partial<ExposureRequest> = {}) {
  return planExposure({
    request: { entityRef: 'component:default/shop', ...request },
    entity: entityOf(),
    snapshots: [snapshotOf([...shopPlatform(), ...(live ? [live] : [])])],
    settings: { local: settingsOf() },
  });
}

/** The route as the API server keeps it once it was applied. */
function applied(overrides: Partial<HttpRoute['metadata']> = {}): HttpRoute {
  const { desired } = draftWith();
  if (!desired) throw new Error('The fixture cannot be planned');
  return {
    ...desired,
    metadata: {
      ...desired.metadata,
      uid: 'uid-1',
      generation: 1,
      resourceVersion: '10',
      creationTimestamp: '2030-01-01T00:00:00Z',
      managedFields: [{ manager: 'backstage-networking' }],
      ...overrides,
    },
    status: { parents: [] },
  };
}

const withPort = (route: HttpRoute, port: number): HttpRoute => ({
  ...route,
  spec: {
    ...route.spec,
    rules: [{ backendRefs: [{ name: 'shop', port, weight: 1 }] }],
  },
});

const conflict: Finding = {
  reason: 'FieldOwnedByOther',
  severity: 'blocking',
  message: 'spec.rules is owned by kubectl.',
  subject: { kind: 'HTTPRoute', name: 'shop' },
};

describe('completePlan', () => {
  it('creates what is not there yet', () => {
    const draft = draftWith();
    const plan = completePlan(draft, { dryRun: applied() });
    expect(plan).toMatchObject({
      action: 'create',
      objects: [draft.desired],
      yaml: draft.yaml,
      host: draft.host,
      url: draft.url,
      name: draft.name,
      findings: [],
    });
    expect(plan.diff.map(change => change.path)).toEqual([
      'apiVersion',
      'kind',
      'metadata',
      'spec',
    ]);
    expect(JSON.stringify(plan.diff)).not.toContain('uid-1');
  });

  it('changes nothing where the cluster has exactly this, whatever the server keeps beside', () => {
    const live = applied({ resourceVersion: '11', generation: 3 });
    const plan = completePlan(draftWith(live), { dryRun: applied() });
    expect(plan.action).toBe('unchanged');
    expect(plan.diff).toEqual([]);
  });

  it('says the same without a dry run, and leaves labels of others alone', () => {
    const live = applied();
    live.metadata.labels = { ...live.metadata.labels, team: 'shop' };
    expect(completePlan(draftWith(live), {}).action).toBe('unchanged');
    expect(completePlan(draftWith(), {}).action).toBe('create');
  });

  it('updates what differs, and shows it field by field', () => {
    const live = withPort(applied(), 9090);
    const plan = completePlan(draftWith(live), { dryRun: applied() });
    expect(plan.action).toBe('update');
    expect(plan.diff).toContainEqual({
      path: 'spec.rules[0].backendRefs[0].port',
      before: 9090,
      after: 8080,
    });
    expect(completePlan(draftWith(live), {}).diff).toEqual(plan.diff);
  });

  it('refuses with a blocking finding of the plan or of the dry run, put first', () => {
    const refused = completePlan(draftWith(undefined, { hostLabel: 'No' }), {});
    expect(refused).toMatchObject({ action: 'refused', objects: [], diff: [] });
    const other: Finding = { ...conflict, reason: 'Note', severity: 'info' };
    const plan = completePlan(draftWith(applied()), {
      findings: [other, conflict],
    });
    expect(plan.action).toBe('refused');
    expect(plan.findings).toEqual([conflict, other]);
  });
});

describe('the digest of a plan', () => {
  const digest = (
    live?: HttpRoute,
    request: Partial<ExposureRequest> = {},
    findings: Finding[] = [],
  ) => completePlan(draftWith(live, request), { findings }).digest;

  it('is a SHA-256', () => {
    expect(digest()).toMatch(/^[0-9a-f]{64}$/);
  });

  it.each<[string, HttpRoute]>([
    ['status', { ...applied(), status: { parents: [{}] } }],
    ['resource version', applied({ resourceVersion: '99' })],
    ['generation', applied({ generation: 9 })],
    ['times', applied({ creationTimestamp: '2031-01-01T00:00:00Z' })],
    ['field owners', applied({ managedFields: [] })],
    [
      'labels of others',
      applied({ labels: { ...applied().metadata.labels, team: 'shop' } }),
    ],
    [
      'the order of keys',
      Object.fromEntries(
        Object.entries(applied()).reverse(),
      ) as unknown as HttpRoute,
    ],
  ])('does not depend on %s', (_, live) => {
    expect(digest(live)).toBe(digest(applied()));
  });

  it.each<[string, string]>([
    ['there being a route', digest()],
    ['its uid', digest(applied({ uid: 'uid-2' }))],
    ['its spec', digest(withPort(applied(), 9090))],
    ['its label', digest(applied({ labels: {} }))],
    ['its annotations', digest(applied({ annotations: {} }))],
    ['what is desired', digest(applied(), { hostLabel: 'front' })],
    ['taking over', digest(applied(), { takeOwnership: true })],
    ['the reasons of findings', digest(applied(), {}, [conflict])],
  ])('depends on %s', (_, other) => {
    expect(other).not.toBe(digest(applied()));
  });

  it('does not depend on the words of a finding', () => {
    expect(digest(undefined, {}, [{ ...conflict, message: 'other' }])).toBe(
      digest(undefined, {}, [conflict]),
    );
  });
});

import { grantFor, isGranted } from './referenceGrants';
import { createSnapshot, type SnapshotGap } from './snapshot';
import type { ReferenceGrant } from './types';

const GROUP = 'gateway.networking.k8s.io';
const reference = {
  from: { group: GROUP, kind: 'HTTPRoute', namespace: 'shop' },
  to: { group: '', kind: 'Service', namespace: 'payments', name: 'api' },
};

const grant = (
  from: Partial<(typeof reference)['from']> = {},
  to: { group?: string; kind?: string; name?: string } = {},
  namespace = 'payments',
): ReferenceGrant => ({
  apiVersion: `${GROUP}/v1`,
  kind: 'ReferenceGrant',
  metadata: { name: 'grant', namespace },
  spec: {
    from: [{ ...reference.from, ...from }],
    to: [{ group: '', kind: 'Service', ...to }],
  },
});

const judge = (objects: ReferenceGrant[], gaps: SnapshotGap[] = []) =>
  isGranted(
    reference,
    createSnapshot({
      cluster: 'local',
      observedAt: '2030-01-01T00:00:00Z',
      objects,
      gaps,
    }),
  );

const forbidden: SnapshotGap = {
  kind: 'ReferenceGrant',
  reason: 'Forbidden',
  message: 'no',
};

describe('a reference to another namespace', () => {
  const cases: Record<
    string,
    { grants?: ReferenceGrant[]; gaps?: SnapshotGap[]; expected?: boolean }
  > = {
    'is not allowed without a grant': { expected: false },
    'is allowed by a grant for every object of the kind': {
      grants: [grant()],
      expected: true,
    },
    'is allowed by a grant for it': {
      grants: [grant({}, { name: 'api' })],
      expected: true,
    },
    'is not allowed by a grant for another object': {
      grants: [grant({}, { name: 'db' })],
      expected: false,
    },
    'is not allowed by a grant for another kind': {
      grants: [grant({}, { kind: 'Secret' })],
      expected: false,
    },
    'is not allowed by a grant to another namespace': {
      grants: [grant({ namespace: 'docs' })],
      expected: false,
    },
    'is not allowed by a grant to another kind of route': {
      grants: [grant({ kind: 'GRPCRoute' })],
      expected: false,
    },
    'is not allowed by a grant that lies in the namespace of the route': {
      grants: [grant({}, {}, 'shop')],
      expected: false,
    },
    'is not known where grants cannot be read': {
      gaps: [forbidden],
      expected: undefined,
    },
    'is allowed by a grant that is known, where not all can be read': {
      grants: [grant()],
      gaps: [forbidden],
      expected: true,
    },
  };
  it.each(Object.entries(cases))('%s', (_, { grants, gaps, expected }) => {
    expect(judge(grants ?? [], gaps)).toBe(expected);
  });

  it('needs no grant within one namespace', () => {
    const within = { ...reference, to: { ...reference.to, namespace: 'shop' } };
    const snapshot = createSnapshot({
      cluster: 'local',
      observedAt: '2030-01-01T00:00:00Z',
      objects: [],
      gaps: [forbidden],
    });
    expect(isGranted(within, snapshot)).toBe(true);
  });

  it('is allowed by the grant that is proposed for it', () => {
    expect(judge([grantFor(reference)])).toBe(true);
  });
});

import type { KubernetesObject } from 'backstage-plugin-networking-common';
import { join } from 'node:path';
import { placeManifests, SERVICE_ACCOUNT } from './backendAccess';
import { fingerprintedCrds } from './crds';
import { conditionHolds, readManifests } from './objects';

const RBAC = join(
  // eslint-disable-next-line no-restricted-syntax -- runs from its sources only
  __dirname,
  '../../../../plugins/networking-backend/rbac',
);

describe('conditionHolds', () => {
  const gateway = (conditions: object[] | undefined, generation = 2) =>
    ({
      apiVersion: 'g/v1',
      kind: 'Gateway',
      metadata: { name: 'a', generation },
      status: { conditions },
    } as KubernetesObject);
  const cases: Record<string, [object[] | undefined, true | string]> = {
    'holds for the current generation': [
      [{ type: 'Programmed', status: 'True', observedGeneration: 2 }],
      true,
    ],
    'holds without a generation, as CRDs report': [
      [{ type: 'Programmed', status: 'True' }],
      true,
    ],
    'does not hold for an older generation': [
      [{ type: 'Programmed', status: 'True', observedGeneration: 1 }],
      'Gateway a was changed and Programmed is not judged anew yet',
    ],
    'does not hold when it is False, and says why': [
      [
        {
          type: 'Programmed',
          status: 'False',
          reason: 'Invalid',
          message: 'no secret',
        },
      ],
      'Gateway a is not Programmed: Invalid no secret',
    ],
    'does not hold before there is one': [
      [{ type: 'Accepted', status: 'True' }],
      'Gateway a has no condition Programmed yet',
    ],
    'does not hold before there is any': [
      undefined,
      'Gateway a has no condition Programmed yet',
    ],
  };
  it.each(Object.entries(cases))('%s', (_, [conditions, expected]) => {
    expect(conditionHolds(gateway(conditions), 'Programmed')).toBe(expected);
  });
});

describe("the backend's access", () => {
  it('is its own manifests, with Roles and bindings without a namespace in each that opted in', async () => {
    const manifests = await readManifests(RBAC);
    const placed = placeManifests(manifests, ['shop', 'docs']);
    const where = (kind: string) =>
      placed.filter(o => o.kind === kind).map(o => o.metadata.namespace);
    // Renewals are granted in the gateway's namespace alone.
    expect(where('Role').sort()).toEqual(['docs', 'kube-system', 'shop']);
    expect(where('RoleBinding').sort()).toEqual([
      'docs',
      'kube-system',
      'shop',
    ]);
    expect(where('ClusterRole')).toEqual([undefined]);
    expect(
      placed.find(o => o.kind === 'ServiceAccount')?.metadata,
    ).toMatchObject(SERVICE_ACCOUNT);
    expect(new Set(placed.map(o => o.kind))).toEqual(
      new Set(manifests.map(o => o.kind)),
    );
  });
  it('leaves a Role in the namespace that it names', () => {
    const role = {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'Role',
      metadata: { name: 'a', namespace: 'own' },
    };
    expect(placeManifests([role], ['shop', 'docs'])).toEqual([role]);
  });
});

describe('fingerprintedCrds', () => {
  const crd = (served: boolean) => ({
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: 'a', annotations: { kept: 'yes' } },
    spec: {
      group: 'g',
      names: { kind: 'A' },
      versions: [{ name: 'v1', served }],
    },
  });
  const fingerprint = (served: boolean) =>
    fingerprintedCrds([crd(served)])[0].metadata.annotations!;

  it('changes with the content and with nothing else', () => {
    expect(fingerprint(true)).toEqual(fingerprint(true));
    expect(fingerprint(true)).not.toEqual(fingerprint(false));
    expect(fingerprint(true).kept).toBe('yes');
  });
  it('leaves out what is no CRD', () => {
    expect(
      fingerprintedCrds([
        { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'a' } },
      ]),
    ).toEqual([]);
  });
});

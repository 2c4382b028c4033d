import fc from 'fast-check';
import type { KubernetesObject } from '../gateway-api/types';
import type { ExposureRequest } from './types';
import {
  ENTITY_REF,
  HOST,
  ID,
  NAME,
  plan,
  SHOP,
} from './__testUtils__/planning';

describe('planExposure', () => {
  it('plans for whatever JSON the cluster and the request hold', () => {
    const junk = fc.jsonValue({ maxDepth: 2 });
    const metadata = (name: string, namespace?: string) =>
      fc.record({
        name: fc.constant(name),
        ...(namespace && { namespace: fc.constant(namespace) }),
        labels: fc.oneof(fc.constant({ [ID]: 'shop' }), junk),
        annotations: fc.oneof(
          fc.constant({ 'idp.networking/owners': 'team-shop' }),
          fc.constant({ [ENTITY_REF]: SHOP }),
          junk,
        ),
      });
    const listeners = fc.array(
      fc.oneof(
        junk,
        fc.record({
          name: fc.constantFrom<unknown>('https', 1),
          protocol: fc.constantFrom('HTTPS', 'HTTP'),
          hostname: fc.oneof(fc.constant(undefined), junk),
          allowedRoutes: fc.oneof(
            fc.constant({ namespaces: { from: 'All' } }),
            junk,
          ),
        }),
      ),
    );
    const kindOf = (
      kind: string,
      meta: fc.Arbitrary<unknown>,
      spec: fc.Arbitrary<unknown>,
    ) =>
      fc.record({
        apiVersion: fc.constant('v1'),
        kind: fc.constant(kind),
        metadata: meta,
        spec: fc.oneof(spec, junk),
        status: junk,
      });
    const objects = fc.tuple(
      kindOf('Namespace', metadata('shop'), junk),
      kindOf(
        'Service',
        metadata('shop', 'shop'),
        fc.record({
          ports: fc.oneof(fc.array(fc.record({ port: junk })), junk),
        }),
      ),
      kindOf(
        'Gateway',
        metadata('idp-gateway', 'kube-system'),
        fc.record({ listeners }),
      ),
      kindOf(
        'HTTPRoute',
        metadata(NAME, 'shop'),
        fc.record({
          hostnames: fc.oneof(fc.constant([HOST]), junk),
          rules: fc.array(
            fc.oneof(
              junk,
              fc.record({
                filters: fc.array(
                  fc.oneof(
                    junk,
                    fc.record({
                      type: fc.constant('RequestRedirect'),
                      requestRedirect: junk,
                    }),
                  ),
                ),
                backendRefs: fc.array(
                  fc.oneof(junk, fc.record({ name: junk, weight: junk })),
                ),
              }),
            ),
          ),
        }),
      ),
      kindOf(
        'HTTPRoute',
        metadata('other', 'other'),
        fc.record({
          hostnames: fc.oneof(fc.constant([HOST]), junk),
          parentRefs: fc.array(
            fc.record({
              name: fc.constantFrom<unknown>('idp-gateway', {}),
              namespace: fc.constantFrom<unknown>('kube-system', 1),
            }),
          ),
        }),
      ),
      junk,
    );
    const request = fc.record(
      {
        cluster: fc.oneof(fc.constant('local'), junk),
        namespace: fc.oneof(fc.constant('shop'), junk),
        service: fc.oneof(fc.constant({ name: 'shop' }), junk),
        hostLabel: junk,
        takeOwnership: fc.oneof(fc.constant(true), junk),
        intent: fc.oneof(fc.constantFrom('create', 'update'), junk),
        uid: junk,
        replace: junk,
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(objects, request, fc.boolean(), (list, asked, mayRead) => {
        const draft = plan({
          objects: list as KubernetesObject[],
          request: asked as Partial<ExposureRequest>,
          mayRead: () => mayRead,
        });
        const isRefused = draft.findings.some(
          finding => finding.severity === 'blocking',
        );
        expect(draft.desired !== undefined || isRefused).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});

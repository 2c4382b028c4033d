import { judgeReport } from './__testUtils__/reports';
import type { Subject, VerdictWord } from './types';

/** What is right of worlds that people reported, by word, reason, subject and field. */
const REPORTS: Record<
  string,
  {
    word: VerdictWord;
    reason: string;
    about: Partial<Subject>;
    tells?: string[];
  }
> = {
  'answered-by-an-extension-filter': {
    word: 'Live',
    reason: 'Answered',
    about: { kind: 'HTTPRoute', name: 'shop' },
    tells: ['AnsweredByExtension'],
  },
  'slice-without-ports': {
    word: 'Broken',
    reason: 'EndpointsLackPort',
    about: {
      kind: 'Service',
      name: 'web',
      field: 'spec.ports[http].targetPort',
    },
  },
  'slice-with-null-ports': {
    word: 'Broken',
    reason: 'EndpointsLackPort',
    about: {
      kind: 'Service',
      name: 'web',
      field: 'spec.ports[http].targetPort',
    },
  },
  'slice-without-ports-never-asked': {
    word: 'Broken',
    reason: 'EndpointsLackPort',
    about: {
      kind: 'Service',
      name: 'web',
      field: 'spec.ports[http].targetPort',
    },
  },
  'worker-pod-in-the-selector': {
    word: 'Broken',
    reason: 'NoReadyEndpoints',
    about: { kind: 'Service', name: 'web' },
  },
  'redirect-route-on-every-listener': {
    word: 'Broken',
    reason: 'RedirectsToItself',
    about: {
      kind: 'HTTPRoute',
      name: 'to-https',
      field: 'spec.parentRefs[0].sectionName',
    },
  },
  'redirect-rule-before-the-backend': {
    word: 'Broken',
    reason: 'RedirectsToItself',
    about: { kind: 'HTTPRoute', name: 'shop', field: 'spec.rules[0]' },
  },
  'no-ready-listeners': {
    word: 'Broken',
    reason: 'ListenerCertificateUnusable',
    about: {
      kind: 'Gateway',
      name: 'idp-gateway',
      field: 'spec.listeners[https]',
    },
  },
  'no-ready-listeners-never-asked': {
    word: 'Broken',
    reason: 'ListenerCertificateUnusable',
    about: {
      kind: 'Gateway',
      name: 'idp-gateway',
      field: 'spec.listeners[https]',
    },
  },
  'invalid-listener': {
    word: 'Broken',
    reason: 'ListenerCertificateUnusable',
    about: {
      kind: 'Gateway',
      name: 'idp-gateway',
      field: 'spec.listeners[https]',
    },
  },
  'gateway-not-programmed': {
    word: 'Broken',
    reason: 'GatewayNotProgrammed',
    about: { kind: 'Gateway', name: 'idp-gateway' },
  },
  'no-observed-generation': {
    word: 'Live',
    reason: 'Answered',
    about: { kind: 'HTTPRoute', name: 'shop' },
    tells: ['GenerationNotTold'],
  },
  'backend-of-group-core': {
    word: 'Broken',
    reason: 'BackendNearMiss',
    about: {
      kind: 'HTTPRoute',
      name: 'shop',
      field: 'spec.rules[0].backendRefs[0].group',
    },
  },
  'backend-of-kind-service-in-lower-case': {
    word: 'Broken',
    reason: 'BackendNearMiss',
    about: {
      kind: 'HTTPRoute',
      name: 'shop',
      field: 'spec.rules[0].backendRefs[0].kind',
    },
  },
  'delegating-route': {
    word: 'Live',
    reason: 'Answered',
    about: { kind: 'HTTPRoute', name: 'parent' },
    tells: ['BackendNotJudged'],
  },
  'delegated-route': {
    word: 'Unknown',
    reason: 'ParentUnsupported',
    about: { kind: 'HTTPRoute', name: 'child' },
  },
  'first-issuance-stuck': {
    word: 'Broken',
    reason: 'IssuanceOverdue',
    about: {
      kind: 'Certificate',
      name: 'idp-wildcard-cert',
      namespace: 'kube-system',
    },
    tells: ['SolverMissing'],
  },
  'backend-of-envoy-gateway': {
    word: 'Unknown',
    reason: 'BackendNotJudged',
    about: { kind: 'Backend', name: 'partner' },
    tells: ['ReferenceGrantMissing'],
  },
};

describe('what people reported', () => {
  it.each(Object.entries(REPORTS))(
    '%s',
    (name, { word, reason, about, tells = [] }) => {
      const { verdict, findings } = judgeReport(name);
      expect([verdict.word, verdict.finding.reason]).toEqual([word, reason]);
      expect(verdict.finding.subject).toMatchObject(about);
      expect(findings.map(found => found.reason)).toEqual(
        expect.arrayContaining(tells),
      );
    },
  );
});

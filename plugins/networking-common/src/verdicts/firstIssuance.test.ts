import type {
  CertificateRequest,
  KubernetesObject,
} from '../gateway-api/types';
import {
  all,
  condition,
  find,
  HOST,
  judge,
  remove,
  summary,
  type World,
} from './__testUtils__/world';

const BEGUN = '2026-11-15T08:00:00Z';
const WILDCARD = 'idp-wildcard-cert';

/** The wildcard is ordered from an ACME issuer with these solvers, and nothing was issued since then. */
const ordered =
  (solvers: object[], since = BEGUN) =>
  (world: World) => {
    const issuer = find(world, 'ClusterIssuer', 'idp-demo-ca');
    issuer.spec = { acme: { server: 'https://acme.example', solvers } };
    const certificate = find(world, 'Certificate', WILDCARD);
    certificate.metadata.creationTimestamp = since;
    certificate.status = {
      conditions: ['Issuing', 'Ready'].map(type =>
        condition(type, {
          status: type === 'Issuing' ? 'True' : 'False',
          reason: 'DoesNotExist',
          lastTransitionTime: since,
        }),
      ),
    };
    for (const one of world.objects) {
      if (one.kind === 'CertificateRequest') {
        remove(world, one.kind, one.metadata.name);
      }
    }
    const request: CertificateRequest = {
      apiVersion: 'cert-manager.io/v1',
      kind: 'CertificateRequest',
      metadata: {
        name: `${WILDCARD}-1`,
        namespace: 'kube-system',
        creationTimestamp: since,
        annotations: {
          'cert-manager.io/certificate-name': WILDCARD,
          'cert-manager.io/certificate-revision': '1',
        },
      },
      status: {
        conditions: [
          condition('Approved'),
          condition('Ready', { status: 'False', reason: 'Pending' }),
        ],
      },
    };
    world.objects.push(request as KubernetesObject);
    world.certificate = {};
    world.probe = undefined;
  };

const HTTP01 = { http01: { gatewayHTTPRoute: {} } };
const DNS01 = { dns01: { acmeDNS: {} } };

/** The gateway has no certificate for the listener. */
const listenerUnresolved = (world: World) => {
  const [, https] = find(world, 'Gateway', 'idp-gateway').status!.listeners!;
  https.conditions = [
    condition('Accepted'),
    condition('ResolvedRefs', {
      status: 'False',
      reason: 'InvalidCertificateRef',
    }),
    condition('Programmed', { status: 'False', reason: 'Invalid' }),
  ];
};

describe('a host whose certificate is issued for the first time', () => {
  const certificate = { kind: 'Certificate', name: WILDCARD };
  const cases: Record<
    string,
    {
      change: (world: World) => void;
      word: string;
      tls: string;
      reason: string;
      subject: object;
      besides?: string[];
      lacks?: string[];
      remedy?: RegExp;
    }
  > = {
    'for eight days, a wildcard with http01 alone, is Broken': {
      change: ordered([HTTP01]),
      word: 'Broken',
      tls: 'Bad',
      reason: 'IssuanceOverdue',
      subject: certificate,
      besides: ['SolverMissing'],
      lacks: ['CertificateNotIssued'],
      remedy: /dns01 solver .* spec\.acme\.solvers of ClusterIssuer/,
    },
    'for three minutes, a wildcard with http01 alone, is Broken at once': {
      change: ordered([HTTP01], '2026-11-23T11:57:00Z'),
      word: 'Broken',
      tls: 'Bad',
      reason: 'SolverMissing',
      subject: certificate,
      remedy: /dns01 solver/,
    },
    'for three minutes with dns01 is Pending': {
      change: ordered([HTTP01, DNS01], '2026-11-23T11:57:00Z'),
      word: 'Pending',
      tls: 'Unknown',
      reason: 'CertificateNotIssued',
      subject: certificate,
      lacks: ['SolverMissing'],
    },
    'for four hours with dns01 is Broken': {
      change: ordered([DNS01], '2026-11-23T08:00:00Z'),
      word: 'Broken',
      tls: 'Bad',
      reason: 'IssuanceOverdue',
      subject: certificate,
      lacks: ['SolverMissing', 'CertificateNotIssued'],
    },
    'too long, on a listener that waits for it, is Broken by the certificate': {
      change: all(ordered([DNS01]), listenerUnresolved),
      word: 'Broken',
      tls: 'Bad',
      reason: 'IssuanceOverdue',
      subject: certificate,
      lacks: ['CertificateNotIssued', 'ListenerCertificateUnusable'],
    },
    'without a solver, on a listener that waits for it, is Broken by the certificate':
      {
        change: all(
          ordered([HTTP01], '2026-11-23T11:57:00Z'),
          listenerUnresolved,
        ),
        word: 'Broken',
        tls: 'Bad',
        reason: 'SolverMissing',
        subject: certificate,
        lacks: ['ListenerCertificateUnusable', 'ListenerNotProgrammed'],
      },
    'in time, on a listener that waits for it, is Pending': {
      change: all(ordered([DNS01], '2026-11-23T11:57:00Z'), listenerUnresolved),
      word: 'Pending',
      tls: 'Unknown',
      reason: 'CertificateNotIssued',
      subject: { kind: 'Gateway' },
    },
    'by an issuer that is gone, on a listener that waits for it, is Broken by the issuer':
      {
        change: all(ordered([DNS01]), listenerUnresolved, world =>
          remove(world, 'ClusterIssuer', 'idp-demo-ca'),
        ),
        word: 'Broken',
        tls: 'Bad',
        reason: 'IssuerMissing',
        subject: { kind: 'ClusterIssuer', name: 'idp-demo-ca' },
        besides: ['IssuanceOverdue'],
      },
    'too long, while the gateway serves one of its own making, is Broken': {
      change: all(ordered([DNS01]), world => {
        world.probe = {
          host: HOST,
          address: '127.0.0.1',
          port: 30443,
          path: '/',
          at: '2026-11-23T11:59:48Z',
          route: { uid: 'uid-shop', generation: 1 },
          durationMs: 4,
          tls: {
            verified: false,
            verificationError: 'DEPTH_ZERO_SELF_SIGNED_CERT',
            leaf: summary({ fingerprintSha256: 'DD', dnsNames: ['default'] }),
          },
          http: { status: 200 },
        };
      }),
      word: 'Broken',
      tls: 'Bad',
      reason: 'IssuanceOverdue',
      subject: certificate,
    },
  };
  it.each(Object.entries(cases))('%s', (_, one) => {
    const { verdict, tls, findings } = judge(one.change);
    expect(verdict).toMatchObject({
      word: one.word,
      finding: {
        reason: one.reason,
        subject: expect.objectContaining(one.subject),
      },
    });
    expect(tls.word).toBe(one.tls);
    const reasons = findings.map(({ reason }) => reason);
    expect(reasons).toEqual(expect.arrayContaining(one.besides ?? []));
    expect(reasons.filter(reason => one.lacks?.includes(reason))).toEqual([]);
    expect(verdict.finding.remedy).toMatch(one.remedy ?? /./);
    // Nobody is told to wait beside an error.
    const told = findings.filter(({ remedy }) => /^Wait/.test(remedy ?? ''));
    expect(one.word === 'Broken' ? told : []).toEqual([]);
  });
});

import type { Condition } from '../gateway-api/types';
import { all, condition, find, judge, type World } from './__testUtils__/world';

const gateway = (world: World) => find(world, 'Gateway', 'idp-gateway');

const put = (conditions: Condition[], said: Condition) => [
  ...conditions.filter(({ type }) => type !== said.type),
  said,
];

const ofGateway =
  (
    type: string,
    status: string,
    reason: string,
    rest: Partial<Condition> = {},
  ) =>
  (world: World): void => {
    const { status: found } = gateway(world);
    found!.conditions = put(
      found!.conditions!,
      condition(type, { status, reason, ...rest }),
    );
  };

const ofListener =
  (type: string, status: string, reason: string) =>
  (world: World): void => {
    const listener = gateway(world).status!.listeners![1];
    listener.conditions = put(
      listener.conditions!,
      condition(type, { status, reason }),
    );
  };

const unasked = (world: World) => {
  world.probe = undefined;
};

/** The Gateway names a CA for clients' certificates in namespace certs. */
const nameForeignCa =
  (port?: number) =>
  (world: World): void => {
    const tls = {
      validation: {
        caCertificateRefs: [
          { group: '', kind: 'ConfigMap', name: 'clients', namespace: 'certs' },
        ],
      },
    };
    gateway(world).spec!.tls = {
      frontend:
        port === undefined ? { default: tls } : { perPort: [{ port, tls }] },
    };
  };

describe('a warning about the Gateway beside which traffic goes on', () => {
  it.each<[string, (world: World) => void, string]>([
    [
      'a client certificate that is not permitted',
      ofGateway('ResolvedRefs', 'False', 'RefNotPermitted'),
      'GatewayClientCertificateNotPermitted',
    ],
    [
      'a client certificate that cannot be used',
      ofGateway('ResolvedRefs', 'False', 'InvalidClientCertificateRef'),
      'GatewayClientCertificateUnusable',
    ],
    [
      'another listener that is not resolved',
      ofGateway('ResolvedRefs', 'False', 'ListenersNotResolved'),
      'GatewayListenersNotResolved',
    ],
    [
      'parameters that cannot be used',
      ofGateway('ResolvedRefs', 'False', 'InvalidParameters'),
      'GatewayRefsNotResolved',
    ],
    [
      'a reason that nothing is known of',
      ofGateway('ResolvedRefs', 'False', 'Odd'),
      'GatewayRefsNotResolved',
    ],
    [
      'clients that are let in without a valid certificate',
      ofGateway(
        'InsecureFrontendValidationMode',
        'True',
        'ConfigurationChanged',
      ),
      'ClientCertificatesNotEnforced',
    ],
    [
      'clients that are let in, for a reason that nothing is known of',
      ofGateway('InsecureFrontendValidationMode', 'True', 'Odd'),
      'ClientCertificatesNotEnforced',
    ],
  ])('%s', (_, change, reason) => {
    const { verdict, findings } = judge(change);
    expect(verdict.word).toBe('Live');
    expect(findings.find(found => found.reason === reason)).toMatchObject({
      severity: 'warning',
      remedy: expect.stringMatching(/^Ask the platform's admins to /),
      subject: {
        kind: 'Gateway',
        name: 'idp-gateway',
        namespace: 'kube-system',
      },
    });
  });

  it.each<[string, (world: World) => void]>([
    [
      'of an earlier generation',
      all(
        ofGateway('ResolvedRefs', 'False', 'RefNotPermitted', {
          observedGeneration: 0,
        }),
      ),
    ],
    ['in order', ofGateway('ResolvedRefs', 'True', 'ResolvedRefs')],
    [
      'Unknown',
      ofGateway('InsecureFrontendValidationMode', 'Unknown', 'Pending'),
    ],
    [
      'with a listener that is not valid',
      ofGateway('Accepted', 'True', 'ListenersNotValid'),
    ],
  ])('is not given for a condition %s', (_, change) => {
    const { verdict, findings } = judge(change);
    expect(verdict.word).toBe('Live');
    expect(findings.filter(({ severity }) => severity !== 'info')).toEqual([]);
  });

  it('leaves it to the listener to say that it is not resolved itself', () => {
    const { verdict, findings } = judge(
      all(
        ofGateway('ResolvedRefs', 'False', 'ListenersNotResolved'),
        ofListener('ResolvedRefs', 'False', 'PartiallyInvalidCertificateRef'),
      ),
    );
    expect(verdict.finding.reason).toBe('ListenerCertificatePartlyUnusable');
    expect(findings.map(({ reason }) => reason)).not.toContain(
      'GatewayListenersNotResolved',
    );
  });
});

describe('a Gateway that is not set up yet', () => {
  it.each<[string, string, string]>([
    ['Accepted', 'Unknown', 'Pending'],
    ['Accepted', 'False', 'NotReconciled'],
    ['Programmed', 'False', 'Pending'],
    ['Programmed', 'Unknown', 'Pending'],
  ])('%s=%s %s is waited for', (type, status, reason) => {
    const change = ofGateway(type, status, reason);
    const waiting = judge(
      all(unasked, change, ofListener('Programmed', 'Unknown', 'Pending')),
    );
    expect(waiting.verdict.word).toBe('Pending');
    const working = judge(change);
    expect(working.verdict.word).toBe('Live');
    expect(working.findings.map(found => found.reason)).toContain(
      'GatewayPending',
    );
  });
});

describe('a client CA that the gateway may not use', () => {
  it.each<[string, (world: World) => void, string]>([
    [
      'is told where the listener is not programmed for it',
      ofListener('Programmed', 'False', 'RefNotPermitted'),
      'ClientCaRefNotPermitted',
    ],
    [
      'is told of a reference that is not permitted, where those to certificates are',
      all(
        nameForeignCa(),
        ofListener('ResolvedRefs', 'False', 'RefNotPermitted'),
      ),
      'ClientCaRefNotPermitted',
    ],
    [
      'is told where the Gateway names it for the port of the listener',
      all(
        nameForeignCa(30443),
        ofListener('ResolvedRefs', 'False', 'RefNotPermitted'),
      ),
      'ClientCaRefNotPermitted',
    ],
    [
      'is not blamed where it is that of another port',
      all(
        nameForeignCa(8443),
        ofListener('ResolvedRefs', 'False', 'RefNotPermitted'),
      ),
      'CertificateRefNotPermitted',
    ],
    [
      'is not blamed where the certificate is not permitted',
      all(
        nameForeignCa(),
        world => {
          const [ref] =
            gateway(world).spec!.listeners![1].tls!.certificateRefs!;
          ref.namespace = 'certs';
        },
        ofListener('ResolvedRefs', 'False', 'RefNotPermitted'),
      ),
      'CertificateRefNotPermitted',
    ],
  ])('%s', (_, change, reason) => {
    const { verdict } = judge(all(unasked, change));
    expect(verdict).toMatchObject({
      word: 'Broken',
      finding: { reason, subject: { field: 'spec.listeners[https]' } },
    });
  });
});

describe('a listener that Envoy Gateway does not program', () => {
  it.each([
    ['ListenersNotValid', 'ListenerNotProgrammed'],
    ['InvalidCACertificateRef', 'ListenerClientCaUnusable'],
    ['InvalidCACertificateKind', 'ListenerClientCaUnusable'],
    ['NoValidCACertificate', 'ListenerClientCaUnusable'],
    ['RefNotPermitted', 'ClientCaRefNotPermitted'],
    ['UnsupportedTLSMode', 'ListenerTlsModeUnsupported'],
    ['HostnameConflict', 'ListenerConflicted'],
    ['ProtocolConflict', 'ListenerProtocolConflict'],
  ])('for %s', (reason, expected) => {
    expect(
      judge(all(unasked, ofListener('Programmed', 'False', reason))).verdict,
    ).toMatchObject({
      word: 'Broken',
      finding: {
        reason: expected,
        subject: { field: 'spec.listeners[https]' },
      },
    });
  });

  it('is not called overlapping where its certificates cannot be seen', () => {
    const { verdict, findings } = judge(
      ofListener('OverlappingTLSConfig', 'True', 'SDSCertificateOpaque'),
    );
    expect(verdict.word).toBe('Live');
    expect(findings.map(({ reason }) => reason)).toEqual([
      'OverlappingTlsNotKnown',
    ]);
  });
});

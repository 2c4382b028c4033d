import { condition, find, NOW, remove } from '../verdicts/__testUtils__/world';
import { ca, lineOf, parts, wildcard, type Case } from './__testUtils__/parts';

describe('evaluatePlatform on issuers and certificates', () => {
  const cases: Record<string, Case> = {
    'an issuer that does not exist': {
      change: world => remove(world, 'ClusterIssuer', 'idp-demo-ca'),
      part: 'issuer',
      name: 'idp-demo-ca',
      state: 'bad',
      reason: 'Missing',
    },
    'an issuer that is not ready': {
      change: world => {
        find(world, 'ClusterIssuer', 'idp-demo-ca').status!.conditions = [
          condition('Ready', { status: 'False', reason: 'ErrGetKeyPair' }),
        ];
      },
      part: 'issuer',
      name: 'idp-demo-ca',
      state: 'bad',
      reason: 'NotReady',
      says: /certificates are not issued and not renewed/,
    },
    'an issuer of another group': {
      change: world => {
        wildcard(world).spec!.issuerRef = {
          name: 'pca',
          kind: 'PcaIssuer',
          group: 'example.com',
        };
      },
      part: 'issuer',
      name: 'pca',
      state: 'unknown',
      reason: 'NotKnown',
    },
    'a wildcard certificate that does not exist, and no Secret either': {
      change: world => {
        remove(world, 'Certificate', 'idp-wildcard-cert');
        const [, https] = find(world, 'Gateway', 'idp-gateway').status!
          .listeners!;
        https.conditions = [
          condition('ResolvedRefs', {
            status: 'False',
            reason: 'InvalidCertificateRef',
          }),
        ];
      },
      part: 'certificate',
      name: 'idp-wildcard-cert',
      state: 'bad',
      reason: 'Missing',
    },
    'a wildcard certificate that does not exist, whose Secret is served': {
      change: world => remove(world, 'Certificate', 'idp-wildcard-cert'),
      part: 'certificate',
      name: 'idp-wildcard-cert',
      state: 'attention',
      reason: 'Missing',
    },
    'a wildcard certificate that is not ready': {
      change: world => {
        wildcard(world).status!.conditions = [
          condition('Ready', { status: 'False', reason: 'SecretMismatch' }),
        ];
      },
      part: 'certificate',
      name: 'idp-wildcard-cert',
      state: 'attention',
      reason: 'CertificateNotReady',
    },
    'a wildcard certificate that is issued for the first time': {
      change: world => {
        world.certificate = undefined;
        wildcard(world).status = {
          conditions: [condition('Ready', { status: 'False', reason: 'X' })],
        };
      },
      part: 'certificate',
      name: 'idp-wildcard-cert',
      state: 'attention',
      reason: 'CertificateNotIssued',
    },
    'a wildcard certificate that is issued for the first time for too long': {
      change: world => {
        world.certificate = undefined;
        wildcard(world).metadata.creationTimestamp = '2026-11-15T08:00:00Z';
        wildcard(world).status = {
          conditions: [condition('Ready', { status: 'False', reason: 'X' })],
        };
      },
      part: 'certificate',
      name: 'idp-wildcard-cert',
      state: 'bad',
      reason: 'IssuanceOverdue',
      says: /for 8 days/,
    },
    'an expired certificate that cert-manager calls ready': {
      change: world => {
        world.certificate = undefined;
        wildcard(world).status!.notAfter = '2026-11-23T11:59:59Z';
        wildcard(world).status!.renewalTime = undefined;
      },
      part: 'certificate',
      name: 'idp-wildcard-cert',
      state: 'bad',
      reason: 'CertificateExpired',
    },
    'a certificate with twelve days left': {
      change: world => {
        world.certificate = undefined;
        wildcard(world).status!.notBefore = '2026-06-01T00:00:00Z';
        wildcard(world).status!.notAfter = '2026-12-05T13:00:00Z';
      },
      part: 'certificate',
      name: 'idp-wildcard-cert',
      state: 'attention',
      reason: 'CertificateExpiresSoon',
      says: /in 12 days, when Certificate kube-system\/idp-wildcard-cert expires/,
    },
    'a renewal that fails': {
      change: world => {
        wildcard(world).status!.failedIssuanceAttempts = 2;
      },
      part: 'certificate',
      name: 'idp-wildcard-cert',
      state: 'attention',
      reason: 'IssuanceFails',
      says: /failed 2 times/,
    },
    'a renewal that is overdue': {
      change: world => {
        wildcard(world).status!.renewalTime = '2026-11-21T12:00:00Z';
      },
      part: 'certificate',
      name: 'idp-wildcard-cert',
      state: 'attention',
      reason: 'RenewalOverdue',
      says: /2 days ago/,
    },
    'a certificate for another suffix': {
      change: world => {
        world.certificate!.leaf!.dnsNames = ['*.10-0-0-9.nip.io'];
      },
      part: 'certificate',
      name: 'idp-wildcard-cert',
      state: 'bad',
      reason: 'CertificateNotForSuffix',
    },
    'a certificate that the CA of today did not sign': {
      change: world => {
        world.certificate!.verified = false;
      },
      part: 'certificate',
      name: 'idp-wildcard-cert',
      state: 'bad',
      reason: 'CertificateNotTrusted',
    },
    'a Secret that two Certificates fill': {
      change: world => {
        const copy = structuredClone(wildcard(world));
        copy.metadata.name = 'made-by-shim';
        world.objects.push(copy);
      },
      part: 'certificate',
      name: 'idp-wildcard-cert',
      state: 'attention',
      reason: 'CertificateOfTwoManagers',
    },
    'a CA that expires before what it signed': {
      change: world => {
        world.certificate!.signer!.notAfter = '2027-01-30T00:00:00Z';
      },
      part: 'certificate',
      name: 'idp-wildcard-cert',
      state: 'attention',
      reason: 'CaExpiresFirst',
      says: /from 2027-01-30 on, before it ends: Certificate cert-manager\/idp-demo-ca, which signed it, expires then/,
    },
    'a CA that changes its key when renewed': {
      change: world => {
        Object.assign(ca(world).spec!, {
          privateKey: { rotationPolicy: 'Always' },
        });
      },
      part: 'certificate',
      name: 'idp-demo-ca',
      state: 'attention',
      reason: 'CaKeyRotates',
    },
  };
  it.each(Object.entries(cases))('finds %s', (_, found) => {
    const { state, reason, summary } = lineOf(found);
    expect([state, reason]).toEqual([found.state, found.reason]);
    expect(summary).toMatch(found.says ?? /./);
  });

  it('follows the issuer by reference, as on the reference platform where its name differs', () => {
    const issuers = parts(world => {
      wildcard(world).spec!.issuerRef!.name = 'ca-issuer';
      find(world, 'ClusterIssuer', 'idp-demo-ca').metadata.name = 'ca-issuer';
    }).filter(({ part }) => part === 'issuer');
    expect(issuers.map(({ name, state }) => [name, state])).toEqual([
      ['ca-issuer', 'good'],
      ['self-signed-issuer', 'good'],
    ]);
  });

  it('stays calm while the CA of an issuer is issued', () => {
    const line = parts(world => {
      find(world, 'ClusterIssuer', 'idp-demo-ca').status!.conditions = [
        condition('Ready', {
          status: 'False',
          reason: 'ErrGetKeyPair',
          lastTransitionTime: NOW,
        }),
      ];
    }).find(({ part, name }) => part === 'issuer' && name === 'idp-demo-ca');
    expect(line).toMatchObject({
      state: 'good',
      findings: [
        {
          message:
            'ClusterIssuer idp-demo-ca cannot sign until Certificate cert-manager/idp-demo-ca is issued.',
        },
      ],
    });
  });

  it('says what to name in an issuer whose Secret does not exist, and calls nothing missing that is there', () => {
    const lines = parts(world => {
      const issuer = find(world, 'ClusterIssuer', 'idp-demo-ca');
      issuer.spec = { ca: { secretName: 'nowhere' } };
      issuer.status!.conditions = [
        condition('Ready', {
          status: 'False',
          reason: 'ErrGetKeyPair',
          message: 'secrets "nowhere" not found',
        }),
      ];
      world.certificate!.ca = undefined;
    });
    expect(lines.find(({ name }) => name === 'idp-demo-ca')).toMatchObject({
      part: 'issuer',
      state: 'bad',
      findings: [
        {
          remedy: expect.stringMatching(
            /^Name in spec\.ca\.secretName of ClusterIssuer idp-demo-ca a Secret of namespace cert-manager .* such as idp-demo-ca-secret, or put them into a new Secret cert-manager\/nowhere\.$/,
          ),
        },
      ],
    });
    expect(
      lines.filter(({ findings }) =>
        findings.some(({ reason }) => reason === 'Missing'),
      ),
    ).toEqual([]);
  });

  it('has no line for a CA that an issuer keeps outside the cluster', () => {
    const names = parts(world => {
      find(world, 'ClusterIssuer', 'idp-demo-ca').spec = { acme: {} };
    }).map(({ part, name }) => `${part} ${name}`);
    expect(names).toContain('certificate idp-wildcard-cert');
    expect(names).not.toContain('certificate idp-demo-ca');
  });
});

import {
  all,
  at,
  both,
  condition,
  failing,
  unissued,
  unread,
  unserved,
  type World,
} from '../__testUtils__/facts';
import { judge, seen, wanted, type Cases } from '../__testUtils__/cases';
import type { IssuerSecrets } from '../types';

const issuer =
  (status: string, rest: object = {}) =>
  ({ facts }: World) => {
    facts.issuer!.conditions = [condition('Ready', status, rest)];
  };

const OF_CA: IssuerSecrets = {
  namespace: 'cert-manager',
  named: [{ field: 'spec.ca.secretName', name: 'ca-tls' }],
  filledBy: { namespace: 'cert-manager', name: 'ca' },
};

const notReadySince =
  (offset: string, secrets: IssuerSecrets) =>
  ({ facts }: World) => {
    Object.assign(facts.issuer!, {
      secrets,
      conditions: [
        condition('Ready', 'False', { lastTransitionTime: at(offset) }),
      ],
    });
  };

describe('a certificate where nothing is wrong', () => {
  const cases: Cases = {
    'is good, and says who signed it and how long it lasts': {
      word: 'Good',
      reason: 'CertificateGood',
      says: /^Signed by ca-issuer, 265 days left\.$/,
    },
    'is good where only what was issued is known': {
      change: unserved,
      word: 'Good',
      reason: 'CertificateGood',
    },
    'is good where only a probe has seen it, verified': {
      change: world => {
        world.facts = { secret: world.facts.secret } as World['facts'];
      },
      word: 'Good',
      reason: 'CertificateGood',
    },
    'is good by a public CA that this system knows': {
      change: ({ facts }) => {
        facts.trust = 'system';
        facts.issuer!.type = 'ACME';
      },
      word: 'Good',
      reason: 'CertificateGood',
    },
    'is good after the CA was renewed with its key': {
      change: ({ facts }) => {
        Object.assign(facts.signer, {
          fingerprintSha256: 'CA:renewed',
          serialNumber: '09',
          notBefore: at('-1d'),
        });
      },
      word: 'Good',
      reason: 'CertificateGood',
    },
    'is good although a probe for a host of another name did not verify': {
      change: ({ served }) => {
        served.verified = false;
        served.verificationError = 'ERR_TLS_CERT_ALTNAME_INVALID';
      },
      word: 'Good',
      reason: 'CertificateGood',
    },
  };
  it.each(Object.entries(cases))('%s', (_, one) => {
    expect(seen(one)).toEqual(wanted(one));
  });
});

describe('a certificate that is not there', () => {
  const cases: Cases = {
    'is bad where the listener names none': {
      change: world => {
        world.facts = {
          secret: { namespace: 'kube-system', name: '' },
        } as World['facts'];
        unserved(world);
      },
      word: 'Bad',
      reason: 'CertificateMissing',
    },
    'is not known in a Secret that no Certificate fills': {
      change: world => {
        world.facts = {
          secret: world.facts.secret,
          unknown: 'No Certificate fills it.',
        } as World['facts'];
        unserved(world);
      },
      word: 'Unknown',
      reason: 'CertificateNotKnown',
      says: /No Certificate fills it\./,
    },
    'is pending where it is issued for the first time': {
      change: unissued,
      word: 'Unknown',
      reason: 'CertificateNotIssued',
      says: /^Connections fail until Certificate kube-system\/wildcard is issued for the first time\.$/,
      remedy: /^Wait; /,
    },
    'is bad where issuing it for the first time fails': {
      change: all(unissued, failing, ({ facts }) => {
        facts.certificate.conditions[0].status = 'False';
      }),
      word: 'Bad',
      reason: 'IssuanceFails',
      says: /^Connections fail: issuing .* has failed 2 times\. cert-manager says: The certificate request has failed: issuer unreachable\. cert-manager tries again in 1 hour\.$/,
    },
    'is bad where it is to be issued by an issuer that does not exist': {
      change: all(unissued, ({ facts }) => {
        facts.issuer!.exists = false;
      }),
      word: 'Bad',
      reason: 'IssuerMissing',
    },
    'is not known where its request is gone and nobody has looked': {
      change: unread,
      word: 'Unknown',
      reason: 'CertificateNotKnown',
      says: /The request is not kept\./,
      remedy: /revisionHistoryLimit/,
    },
  };
  it.each(Object.entries(cases))('%s', (_, one) => {
    expect(seen(one)).toEqual(wanted(one));
  });
});

describe('a certificate with an issuer', () => {
  const cases: Cases = {
    'that does not exist is degraded: it will not be renewed': {
      change: ({ facts }) => {
        facts.issuer!.exists = false;
      },
      word: 'Degraded',
      reason: 'IssuerMissing',
      says: /will not be renewed: ClusterIssuer ca-issuer, .* does not exist/,
    },
    'that is not ready is degraded, in the words of cert-manager': {
      change: issuer('False', {
        reason: 'ErrGetKeyPair',
        message: 'secret "ca-tls" not found',
      }),
      word: 'Degraded',
      reason: 'IssuerNotReady',
      says: /is not ready\. cert-manager says: secret "ca-tls" not found\.$/,
      remedy: /^Name in spec\.ca\.secretName of ClusterIssuer ca-issuer /,
    },
    'that is not ready for some seconds, while its CA is issued, is no worse': {
      change: notReadySince('-9s', OF_CA),
      word: 'Good',
      reason: 'CertificateGood',
      besides: ['IssuerNotReady'],
    },
    'that is not ready, while its CA is issued, is waited for where nothing was issued':
      {
        change: all(unissued, notReadySince('-9s', OF_CA)),
        word: 'Unknown',
        reason: 'CertificateNotIssued',
        besides: ['IssuerNotReady'],
      },
    'that is not ready for longer is degraded, whatever is being issued': {
      change: notReadySince('-10s', OF_CA),
      word: 'Degraded',
      reason: 'IssuerNotReady',
    },
    'that is not ready and names a Secret that nobody fills is degraded at once':
      {
        change: notReadySince('-1s', { ...OF_CA, filledBy: undefined }),
        word: 'Degraded',
        reason: 'IssuerNotReady',
      },
    'that is not ready is bad where nothing was issued': {
      change: all(unissued, issuer('False')),
      word: 'Bad',
      reason: 'IssuerNotReady',
      besides: ['CertificateNotIssued'],
    },
    'of which nothing is said yet is no worse': {
      change: ({ facts }) => {
        facts.issuer!.conditions = [];
      },
      word: 'Good',
      reason: 'CertificateGood',
      besides: ['IssuerNotReady'],
    },
    'that cannot be read is no worse': {
      change: ({ facts }) => {
        delete facts.issuer!.exists;
        facts.issuer!.conditions = [];
      },
      word: 'Good',
      reason: 'CertificateGood',
    },
  };
  it.each(Object.entries(cases))('%s', (_, one) => {
    expect(seen(one)).toEqual(wanted(one));
  });
});

it('is waited for by what is issued for the first time, and nobody is told to wait', () => {
  const { findings } = judge(all(unissued, issuer('False')));
  const first = findings.find(
    ({ reason }) => reason === 'CertificateNotIssued',
  );
  expect(first?.message).toMatch(
    /, which waits for ClusterIssuer ca-issuer\.$/,
  );
  expect(first).not.toHaveProperty('remedy');
});

describe('a certificate with two managers', () => {
  const cases: Cases = {
    'that are Certificates is degraded, and names them': {
      change: ({ facts }) => {
        facts.rivals = [
          { kind: 'Certificate', namespace: 'kube-system', name: 'shim' },
        ];
      },
      word: 'Degraded',
      reason: 'CertificateOfTwoManagers',
      says: /2 Certificates fill Secret kube-system\/wildcard-tls/,
      remedy:
        /^Delete all but one of: Certificate kube-system\/wildcard, Certificate kube-system\/shim\.$/,
    },
    'of which one is an annotation that will have another Certificate made is degraded':
      {
        change: ({ facts }) => {
          facts.rivals = [
            { kind: 'Gateway', namespace: 'kube-system', name: 'gateway' },
          ];
        },
        word: 'Degraded',
        reason: 'CertificateOfTwoManagers',
        says: /by its annotation Gateway kube-system\/gateway has cert-manager fill/,
      },
    'of which one is an annotation that cert-manager refuses is no worse': {
      change: ({ facts }) => {
        facts.certificate.name = 'wildcard-tls';
        facts.rivals = [
          { kind: 'Gateway', namespace: 'kube-system', name: 'gateway' },
        ];
      },
      word: 'Good',
      reason: 'CertificateGood',
      besides: ['CertificateOfTwoManagers'],
    },
  };
  it.each(Object.entries(cases))('%s', (_, one) => {
    expect(seen(one)).toEqual(wanted(one));
  });
});

describe('a certificate', () => {
  it('tells nothing else where nothing is wrong', () => {
    expect(judge().findings).toEqual([]);
  });

  it('tells whom to ask, to whom it is not theirs', () => {
    const { finding } = judge(world => {
      world.owners = "the platform's admins";
      both({ notAfter: at('-1h') })(world);
    });
    expect(finding.remedy).toBe(
      "Ask the platform's admins to renew Certificate kube-system/wildcard.",
    );
  });

  describe('that is a CA', () => {
    const asCa = (change: (world: World) => void = () => {}) =>
      judge(world => {
        const { ca, signer } = world.facts;
        world.role = 'ca';
        world.facts = {
          secret: { namespace: 'cert-manager', name: 'ca-tls' },
          certificate: ca,
          leaf: signer,
          chainNotAfter: signer.notAfter,
        } as World['facts'];
        change(world);
      });

    it('is good, and its signature on itself is not looked at', () => {
      expect(asCa()).toMatchObject({ word: 'Good', findings: [] });
    });

    it('is degraded where it gets a new key with each renewal', () => {
      const { word, finding } = asCa(({ facts }) => {
        delete facts.certificate.rotationPolicy;
      });
      expect([word, finding.reason]).toEqual(['Degraded', 'CaKeyRotates']);
    });

    it('is degraded where what is served is signed by its key of before, and names that', () => {
      const { word, finding } = asCa(world => {
        world.ofOldKey = ['Certificate a/b', 'Certificate a/c'];
      });
      expect([word, finding.reason]).toEqual(['Degraded', 'CaKeyReplaced']);
      expect(finding.message).toMatch(
        /^Browsers that trust the CA [^=]+ of today refuse what is still signed by its key of before: Certificate a\/b, Certificate a\/c\.$/,
      );
      expect(finding.remedy).toBe('Renew Certificate a/b, then the others.');
    });

    it('names some of very many, and says how many there are', () => {
      const { finding } = asCa(world => {
        world.ofOldKey = Array.from(
          { length: 200 },
          (_, index) => `Certificate a/${index}`,
        );
      });
      expect(finding.message).toMatch(/ Certificate a\/4 and 195 more\.$/);
    });

    it('is bad once it has ended, and says whom browsers refuse', () => {
      const { word, finding } = asCa(({ facts }) => {
        facts.leaf.notAfter = at('-1d');
        facts.chainNotAfter = at('-1d');
      });
      expect([word, finding.reason]).toEqual(['Bad', 'CertificateExpired']);
      expect(finding.message).toMatch(
        /^Browsers refuse what this CA has signed: it expired/,
      );
    });
  });
});

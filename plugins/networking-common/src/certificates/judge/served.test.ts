import {
  all,
  at,
  condition,
  rekeyed,
  type World,
} from '../__testUtils__/facts';
import { judge, seen, wanted, type Cases } from '../__testUtils__/cases';

const servesRevision3 = (world: World) => {
  const [earlier] = world.facts.earlier!;
  world.served.leaf = earlier.leaf;
  world.served.chain = [earlier.leaf, world.facts.signer];
};

describe('a certificate by what is served', () => {
  const cases: Cases = {
    'is degraded where an earlier revision still is, and says which': {
      change: servesRevision3,
      word: 'Degraded',
      reason: 'CertificateNotServedYet',
      says: /^The gateway still serves revision 3 of Certificate kube-system\/wildcard, valid until 2026-12-13, although it was renewed 100 days ago\.$/,
      besides: ['CertificateExpiresSoon'],
    },
    'is degraded where an older one of the same names is, of which no record is left':
      {
        change: all(servesRevision3, ({ facts }) => {
          facts.earlier = [];
        }),
        word: 'Degraded',
        reason: 'CertificateNotServedYet',
        says: /still serves an older certificate than Certificate kube-system\/wildcard has/,
      },
    'is no worse where the gateway was asked within ten seconds of the renewal':
      {
        change: all(servesRevision3, ({ facts, served }) => {
          Object.assign(facts.leaf, { notBefore: at('-25s') });
          served.leaf.notAfter = at('300d');
        }),
        word: 'Good',
        reason: 'CertificateGood',
        besides: ['CertificateBeingTakenUp'],
      },
    'is no worse where a newer one is, while it is being renewed': {
      change: ({ facts, served }) => {
        facts.certificate.conditions = [condition('Issuing', 'True')];
        served.leaf = {
          ...served.leaf,
          serialNumber: '05',
          fingerprintSha256: 'LEAF:5',
          notBefore: at('-1s'),
        };
      },
      word: 'Good',
      reason: 'CertificateGood',
      besides: ['CertificateBeingTakenUp'],
    },
    'is no worse where a newer one is, which was signed a moment ago': {
      change: ({ served }) => {
        served.leaf = {
          ...served.leaf,
          fingerprintSha256: 'LEAF:5',
          notBefore: at('-9s'),
        };
      },
      word: 'Good',
      reason: 'CertificateGood',
      besides: ['CertificateBeingTakenUp'],
    },
    'is degraded where a newer one is, of which cert-manager never tells': {
      change: ({ served }) => {
        served.leaf = {
          ...served.leaf,
          fingerprintSha256: 'LEAF:5',
          notBefore: at('-1h'),
        };
      },
      word: 'Degraded',
      reason: 'CertificateNotTheIssuedOne',
    },
    'is bad while the one of an old CA key is replaced, and nobody has to do anything':
      {
        change: all(servesRevision3, rekeyed, ({ facts, served }) => {
          Object.assign(facts.leaf, {
            authorityKeyId: 'CA:2',
            notBefore: at('-25s'),
          });
          facts.earlier![0].verified = false;
          served.verified = false;
          served.verificationError = 'UNABLE_TO_VERIFY_LEAF_SIGNATURE';
          served.leaf.notAfter = at('300d');
        }),
        word: 'Bad',
        reason: 'CertificateOfOldCaKey',
        remedy: /^Wait; the gateway takes up what was issued within seconds\.$/,
        besides: ['CertificateBeingTakenUp'],
      },
    'is degraded where it was asked later': {
      change: all(servesRevision3, ({ facts, served }) => {
        Object.assign(facts.leaf, { notBefore: at('-1h') });
        served.leaf.notAfter = at('300d');
      }),
      word: 'Degraded',
      reason: 'CertificateNotServedYet',
    },
    'is degraded where another certificate is, and is told from an older one': {
      change: ({ served }) => {
        served.leaf = {
          ...served.leaf,
          dnsNames: ['other.example.org'],
          serialNumber: 'F0',
          fingerprintSha256: 'FOREIGN',
          notBefore: at('-200d'),
        };
      },
      word: 'Degraded',
      reason: 'CertificateNotTheIssuedOne',
      says: /^Browsers get another certificate than Certificate kube-system\/wildcard: serial number F0, signed by the CA ca\.$/,
      remedy:
        /^Find out why the gateway does not serve what is in Secret kube-system\/wildcard-tls\.$/,
    },
    'is degraded where what will be served next does not verify': {
      change: all(servesRevision3, ({ facts, served }) => {
        facts.verified = false;
        served.leaf.notAfter = at('300d');
      }),
      word: 'Degraded',
      reason: 'CertificateReplacementNotTrusted',
    },
    'is bad where the old one still is, and its CA key is no longer in use': {
      change: all(servesRevision3, rekeyed, ({ facts, served }) => {
        facts.leaf.authorityKeyId = 'CA:2';
        facts.earlier![0].verified = false;
        served.verified = false;
        served.verificationError = 'UNABLE_TO_VERIFY_LEAF_SIGNATURE';
      }),
      word: 'Bad',
      reason: 'CertificateOfOldCaKey',
      remedy: /^Find out why the gateway does not serve what is in Secret/,
      besides: ['CertificateNotServedYet'],
    },
  };
  it.each(Object.entries(cases))('%s', (_, one) => {
    expect(seen(one)).toEqual(wanted(one));
  });
});

describe('what is served', () => {
  it('keeps serial numbers and revisions behind the sentence about what is served', () => {
    expect(judge(servesRevision3).finding.details).toMatchObject({
      servedSerial: '03',
      issuedSerial: '04',
      servedRevision: '3',
      issuedRevision: '4',
    });
  });
});

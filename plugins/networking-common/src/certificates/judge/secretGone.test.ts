import { all, condition, unserved, type World } from '../__testUtils__/facts';
import { judge, seen, wanted, type Cases } from '../__testUtils__/cases';

const issuer =
  (status: string) =>
  ({ facts }: World) => {
    facts.issuer!.conditions = [condition('Ready', status)];
  };

describe('a certificate whose Secret is gone', () => {
  const gone = (world: World) => {
    world.facts.certificate.conditions = [
      condition('Ready', 'False', { reason: 'DoesNotExist' }),
      condition('Issuing', 'True'),
    ];
  };
  const servesOther = ({ served }: World) => {
    served.leaf = {
      ...served.leaf,
      subject: 'CN=DEFAULT',
      issuer: 'CN=DEFAULT',
      authorityKeyId: undefined,
      fingerprintSha256: 'DEFAULT',
    };
    served.verified = false;
    served.verificationError = 'DEPTH_ZERO_SELF_SIGNED_CERT';
  };
  const cases: Cases = {
    'is bad where its issuer cannot sign, and nobody is said to be answered': {
      change: all(unserved, gone, issuer('False')),
      word: 'Bad',
      reason: 'IssuerNotReady',
      says: /^Browsers refuse what the gateway has in place of the certificate, whose Secret does not exist, and its renewal, which was asked for, waits: /,
      besides: ['CertificateBeingRenewed'],
    },
    'is not said to verify where the CA that signs today is not known': {
      change: all(unserved, gone, issuer('False'), ({ facts }) => {
        facts.trust = 'issued';
      }),
      word: 'Bad',
      reason: 'IssuerNotReady',
      lacks: ['CertificateSignerNotKnown'],
    },
    'has a remedy that names the Secret that is missing': {
      change: all(gone, servesOther),
      word: 'Bad',
      reason: 'CertificateNotTrusted',
      remedy:
        /^Find out why cert-manager does not make Secret kube-system\/wildcard-tls, which does not exist\.$/,
    },
    'is no worse as long as what was issued is served': {
      change: all(gone, issuer('False')),
      word: 'Degraded',
      reason: 'IssuerNotReady',
      says: /^Browsers are answered until the certificate ends/,
    },
  };
  it.each(Object.entries(cases))('%s', (_, one) => {
    expect(seen(one)).toEqual(wanted(one));
  });

  it('is not said to be what browsers get meanwhile', () => {
    const { findings } = judge(all(unserved, gone, issuer('False')));
    expect(
      findings.find(({ reason }) => reason === 'CertificateBeingRenewed')
        ?.message,
    ).toMatch(/; its Secret does not exist until that is done\.$/);
  });
});

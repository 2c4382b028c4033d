import {
  all,
  both,
  condition,
  rekeyed,
  unverified,
  withIntermediate,
  type World,
} from '../__testUtils__/facts';
import { seen, wanted, type Cases } from '../__testUtils__/cases';
import type { CertificateQuestion } from '.';

/** Its issuer leads to no CA, and the one that came with it verifies it. */
const byIssue = ({ facts }: World) => {
  facts.trust = 'issued';
  facts.unknown = 'No Certificate fills Secret a/nowhere.';
};

const signedBy = (issuer: string) => all(both({ issuer }), unverified());

describe('a certificate by who signed it', () => {
  const cases: Cases = {
    'is bad where the CA has another key since, told by key identifiers': {
      change: all(rekeyed, unverified()),
      word: 'Bad',
      reason: 'CertificateOfOldCaKey',
      says: /^Browsers that trust the CA \S+ of today refuse this certificate: it is signed by a CA key that is no longer in use\. Those that still trust that key accept it\.$/,
      remedy: /^Renew Certificate kube-system\/wildcard\.$/,
    },
    'is bad so, too, before a probe has noticed': {
      change: all(rekeyed, ({ facts }) => {
        facts.verified = false;
      }),
      word: 'Bad',
      reason: 'CertificateOfOldCaKey',
    },
    'is bad so, too, where there are no key identifiers': {
      change: all(
        rekeyed,
        both({ authorityKeyId: undefined }),
        unverified('CERT_SIGNATURE_FAILURE'),
        ({ facts }) => {
          delete facts.signer.subjectKeyId;
        },
      ),
      word: 'Bad',
      reason: 'CertificateOfOldCaKey',
    },
    'is bad so, too, where an intermediate is of the old key': {
      change: all(
        rekeyed,
        withIntermediate({ authorityKeyId: 'CA:1' }),
        unverified(),
      ),
      word: 'Bad',
      reason: 'CertificateOfOldCaKey',
    },
    'is bad where the key is the same and it fails for another reason': {
      change: unverified('INVALID_CA'),
      word: 'Bad',
      reason: 'SignerIsNoCa',
      says: /what signed it is no CA/,
    },
    'is bad where it is for clients alone': {
      change: unverified('INVALID_PURPOSE'),
      word: 'Bad',
      reason: 'CertificateNotForServers',
      says: /it says that it is not for servers/,
    },
    'is bad where a CA has more below it than it may': {
      change: unverified('PATH_LENGTH_EXCEEDED'),
      word: 'Bad',
      reason: 'CaPathTooLong',
      says: /may have fewer CAs below it/,
    },
    'is bad where another CA signed it': {
      change: signedBy('CN=another'),
      word: 'Bad',
      reason: 'CertificateNotTrusted',
      says: /signed by the CA another, and not by the CA ca, which signs today/,
    },
    'is bad where no public CA did': {
      change: all(
        signedBy('CN=nobody'),
        unverified('UNABLE_TO_GET_ISSUER_CERT_LOCALLY'),
        ({ facts }) => {
          facts.trust = 'system';
          delete (facts as CertificateQuestion['facts']).signer;
        },
      ),
      word: 'Bad',
      reason: 'CertificateNotTrusted',
      says: /nobody is no CA that this system trusts/,
    },
    'is bad where it is sent without the intermediate that signed it': {
      change: all(withIntermediate(), ({ served }) => {
        served.chain = [served.leaf];
        served.verified = false;
        served.verificationError = 'UNABLE_TO_VERIFY_LEAF_SIGNATURE';
      }),
      word: 'Bad',
      reason: 'CertificateChainIncomplete',
      says: /the gateway sends it without the certificate of the CA intermediate, which signed it/,
    },
    'is degraded where it is its own signer': {
      change: ({ facts }) => {
        facts.signer = facts.leaf;
      },
      word: 'Degraded',
      reason: 'CertificateSelfSigned',
    },
    'is bad where a self-signed one is served that nobody was told of': {
      change: world => {
        world.served.leaf = {
          ...world.served.leaf,
          subject: 'CN=DEFAULT',
          issuer: 'CN=DEFAULT',
          authorityKeyId: undefined,
          fingerprintSha256: 'DEFAULT',
        };
        world.served.verified = false;
        world.served.verificationError = 'DEPTH_ZERO_SELF_SIGNED_CERT';
      },
      word: 'Bad',
      reason: 'CertificateNotTrusted',
      says: /it is self-signed/,
      besides: ['CertificateNotTheIssuedOne'],
    },
    'is not known where the CA is not, whatever a probe could not verify': {
      change: all(unverified(), world => {
        const facts = world.facts as CertificateQuestion['facts'];
        delete facts.signer;
        delete facts.verified;
        delete facts.trust;
        facts.unknown = 'ClusterIssuer acme keeps its CA elsewhere.';
      }),
      word: 'Unknown',
      reason: 'CertificateTrustNotKnown',
      says: /ClusterIssuer acme keeps its CA elsewhere\./,
      remedy: /ca_pem/,
    },
    'is degraded by its issuer alone where that leads to no CA and the one that signed it is known':
      {
        change: all(byIssue, ({ facts }) => {
          facts.issuer!.conditions = [condition('Ready', 'False')];
        }),
        word: 'Degraded',
        reason: 'IssuerNotReady',
        besides: ['CertificateSignerNotKnown'],
      },
    'is not known to be of the CA that signs today where its issuer is ready and leads to none':
      {
        change: byIssue,
        word: 'Unknown',
        reason: 'CertificateSignerNotKnown',
        says: /^Browsers that trust the CA ca accept this certificate\. Which CA signs today is not known\. No Certificate fills Secret a\/nowhere\.$/,
        remedy: /^Give the CA in \[certificates\] ca_pem\.$/,
      },
    'is bad where what is served was signed by another CA than what was issued last':
      {
        change: all(byIssue, unverified(), ({ served }) => {
          served.leaf = {
            ...served.leaf,
            issuer: 'CN=another',
            fingerprintSha256: 'OTHER',
          };
        }),
        word: 'Bad',
        reason: 'CertificateNotTrusted',
        says: /signed by the CA another, and not by the CA ca, which signed what was issued last/,
        besides: ['CertificateNotTheIssuedOne'],
      },
  };
  it.each(Object.entries(cases))('%s', (_, one) => {
    expect(seen(one)).toEqual(wanted(one));
  });
});

import type { TlsWord } from '../../verdicts/types';
import {
  all,
  at,
  both,
  condition,
  EC,
  healthy,
  rekeyed,
  unissued,
  unread,
  unserved,
  unverified,
  type World,
} from '../__testUtils__/facts';
import { judgeCertificate, type CertificateQuestion } from '.';

interface Case {
  change?: (world: World) => void;
  word: TlsWord;
  reason: string;
  says?: RegExp;
  remedy?: RegExp;
  /** Of others that are found besides. */
  besides?: string[];
}

const failing = ({ facts }: World) => {
  Object.assign(facts.certificate, {
    lastFailureTime: at('-30m'),
    failedIssuanceAttempts: 2,
    nextAttemptAt: at('90m'),
    conditions: [
      condition('Ready', 'True'),
      condition('Issuing', 'False', {
        reason: 'Failed',
        message: 'The certificate request has failed: issuer unreachable.',
      }),
    ],
  });
};

const issuing =
  (since: string) =>
  ({ facts }: World) => {
    facts.certificate.conditions.push(
      condition('Issuing', 'True', {
        reason: 'Renewing',
        lastTransitionTime: since,
      }),
    );
  };

const dueSince =
  (since: string) =>
  ({ facts }: World) => {
    facts.certificate.renewalTime = since;
  };

const servesRevision3 = (world: World) => {
  const [earlier] = world.facts.earlier!;
  world.served.leaf = earlier.leaf;
  world.served.chain = [earlier.leaf, world.facts.signer];
};

const signedBy = (issuer: string) => all(both({ issuer }), unverified());

const issuer =
  (status: string, rest: object = {}) =>
  ({ facts }: World) => {
    facts.issuer!.conditions = [condition('Ready', status, rest)];
  };

const bits = (size: number) => both({ key: { algorithm: 'RSA', bits: size } });

const GROUPS: Record<string, Record<string, Case>> = {
  'where nothing is wrong': {
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
  },
  'that is not there': {
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
  },
  'with an issuer': {
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
    },
    'that is not ready is bad where nothing was issued': {
      change: all(unissued, issuer('False')),
      word: 'Bad',
      reason: 'IssuerNotReady',
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
  },
  'by its dates': {
    'is bad from the second of its end on, although cert-manager says Ready': {
      change: both({ notAfter: at('0s') }),
      word: 'Bad',
      reason: 'CertificateExpired',
      says: /it expired on 2026-11-23/,
      remedy: /^Renew Certificate kube-system\/wildcard\.$/,
    },
    'is degraded a second before': {
      change: both({ notAfter: at('1s') }),
      word: 'Degraded',
      reason: 'CertificateExpiresSoon',
    },
    'is bad where the CA above it has expired': {
      change: ({ facts }) => {
        facts.chainNotAfter = at('-1d');
      },
      word: 'Bad',
      reason: 'CertificateExpired',
      says: /the CA above it expired on 2026-11-22/,
      remedy:
        /^Renew Certificate cert-manager\/ca, then Certificate kube-system\/wildcard\.$/,
    },
    'is bad where something that was served with it has expired and it does not verify':
      {
        change: all(unverified('CERT_HAS_EXPIRED'), ({ served, facts }) => {
          served.chain = [
            served.leaf,
            { ...facts.signer, notAfter: at('-2d') },
          ];
        }),
        word: 'Bad',
        reason: 'CertificateExpired',
        says: /the CA above it expired on 2026-11-21/,
      },
    'is good where something was served with it that has expired and is not needed':
      {
        change: ({ served, facts }) => {
          served.chain = [
            served.leaf,
            facts.signer,
            { ...facts.signer, issuer: 'CN=old root', notAfter: at('-2d') },
          ];
        },
        word: 'Good',
        reason: 'CertificateGood',
      },
    'is bad where a CA that nobody knows has expired': {
      change: unverified('CERT_HAS_EXPIRED'),
      word: 'Bad',
      reason: 'CertificateNotTrusted',
      says: /a CA above it is not valid at this time/,
    },
    'is bad before its time': {
      change: both({ notBefore: at('1h') }),
      word: 'Bad',
      reason: 'CertificateNotYetValid',
      remedy: /clock/,
    },
    'by the word of cert-manager alone, expired is bad': {
      change: all(unread, ({ facts }) => {
        facts.certificate.notAfter = at('-1h');
      }),
      word: 'Bad',
      reason: 'CertificateExpired',
      besides: ['CertificateNotKnown'],
    },
    'is degraded within warn_before of its end': {
      change: both({ notAfter: at('30d') }),
      word: 'Degraded',
      reason: 'CertificateExpiresSoon',
      says: /^Browsers will refuse it in 30 days, when Certificate kube-system\/wildcard expires\.$/,
    },
    'is good with a second more': {
      change: both({ notAfter: '2026-12-23T12:00:01Z' }),
      word: 'Good',
      reason: 'CertificateGood',
    },
    'is degraded within another warn_before, where the settings say so': {
      change: all(both({ notAfter: at('50d') }), world => {
        world.settings = {
          ...world.settings,
          certificates: { ...world.settings.certificates, warnBefore: '1440h' },
        };
      }),
      word: 'Degraded',
      reason: 'CertificateExpiresSoon',
    },
    'of an hour is good with 21 minutes left, and degraded with 20': {
      change: both({ notBefore: at('-40m'), notAfter: at('20m') }),
      word: 'Degraded',
      reason: 'CertificateExpiresSoon',
    },
    'of an hour with half of it left is good': {
      change: both({ notBefore: at('-30m'), notAfter: at('30m') }),
      word: 'Good',
      reason: 'CertificateGood',
    },
    'is degraded where the CA above it ends soon': {
      change: ({ facts }) => {
        facts.chainNotAfter = at('12d');
        facts.signer.notAfter = at('12d');
      },
      word: 'Degraded',
      reason: 'CaExpiresFirst',
      besides: ['CertificateExpiresSoon'],
    },
    'is degraded where its CA ends before it, and says when': {
      change: ({ facts }) => {
        facts.signer.notAfter = at('60d');
        facts.chainNotAfter = at('60d');
      },
      word: 'Degraded',
      reason: 'CaExpiresFirst',
      says: /^Browsers will refuse this certificate from 2027-01-22 on, before it ends: Certificate cert-manager\/ca/,
    },
  },
  'by its renewal': {
    'is good where it is due, and says so': {
      change: dueSince(at('-5m')),
      word: 'Good',
      reason: 'CertificateGood',
      besides: ['RenewalDue'],
    },
    'is degraded where it was due longer ago than overdue_after and nothing happens':
      {
        change: dueSince(at('-2h')),
        word: 'Degraded',
        reason: 'RenewalOverdue',
        says: /should have been renewed 2 hours ago, and nothing happens/,
        remedy: /^Check that cert-manager runs\.$/,
      },
    'is good while it is being renewed, and says so': {
      change: all(dueSince(at('-5m')), issuing(at('-5m'))),
      word: 'Good',
      reason: 'CertificateGood',
      besides: ['CertificateBeingRenewed'],
    },
    'is good while it is renewed by hand before its time': {
      change: issuing(at('-1m')),
      word: 'Good',
      reason: 'CertificateGood',
      besides: ['CertificateBeingRenewed'],
    },
    'is degraded where it has been being renewed for too long': {
      change: issuing(at('-3h')),
      word: 'Degraded',
      reason: 'RenewalOverdue',
      says: /due to be renewed for 3 hours, and it is not done/,
    },
    'of an hour is overdue after half of the time that is left': {
      change: all(
        both({ notBefore: at('-51m'), notAfter: at('9m') }),
        dueSince(at('-11m')),
      ),
      word: 'Degraded',
      reason: 'RenewalOverdue',
    },
    'is degraded where it fails, with the next attempt': {
      change: failing,
      word: 'Degraded',
      reason: 'IssuanceFails',
      says: /^Browsers are answered until the certificate ends: renewing Certificate kube-system\/wildcard has failed 2 times\. .*tries again in 1 hour\.$/,
    },
    'is degraded where cert-manager is trying again': {
      change: all(failing, ({ facts }) => {
        facts.certificate.conditions = [condition('Issuing', 'True')];
        facts.certificate.failedIssuanceAttempts = 1;
      }),
      word: 'Degraded',
      reason: 'IssuanceFails',
      says: /has failed 1 time\. cert-manager is trying again now\.$/,
    },
    'is degraded where its newest request was denied, by its reason': {
      change: all(failing, ({ facts }) => {
        facts.certificate.nextRequest = {
          name: 'wildcard-5',
          conditions: [
            condition('Denied', 'True', { message: 'not allowed by policy' }),
          ],
        };
      }),
      word: 'Degraded',
      reason: 'IssuanceFails',
      says: /cert-manager says: not allowed by policy\./,
    },
    'is bad where it fails and has ended': {
      change: all(failing, both({ notAfter: at('-1h') })),
      word: 'Bad',
      reason: 'CertificateExpired',
      remedy: /^Change what the message of .* names, then renew it\.$/,
      besides: ['IssuanceFails'],
    },
    'is degraded where cert-manager does not call it ready after it was issued':
      {
        change: ({ facts }) => {
          facts.certificate.conditions = [
            condition('Ready', 'False', {
              reason: 'IncorrectCertificate',
              message: 'Secret was issued for "other".',
            }),
          ];
        },
        word: 'Degraded',
        reason: 'CertificateNotReady',
        says: /Secret was issued for "other"\.$/,
      },
  },
  'by who signed it': {
    'is bad where the CA has another key since, told by key identifiers': {
      change: all(rekeyed, unverified()),
      word: 'Bad',
      reason: 'CertificateOfOldCaKey',
      says: /signed by a CA key that is no longer in use/,
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
        both({ issuer: 'CN=intermediate', authorityKeyId: 'IM' }),
        unverified(),
        ({ facts }) => {
          facts.chain = [
            {
              ...facts.signer,
              subject: 'CN=intermediate',
              subjectKeyId: 'IM',
              authorityKeyId: 'CA:1',
              fingerprintSha256: 'IM',
            },
          ];
        },
      ),
      word: 'Bad',
      reason: 'CertificateOfOldCaKey',
    },
    'is bad where the key is the same and it fails for another reason': {
      change: unverified('INVALID_CA'),
      word: 'Bad',
      reason: 'CertificateNotTrusted',
      says: /what signed it is no CA/,
    },
    'is bad where it is for clients alone': {
      change: unverified('INVALID_PURPOSE'),
      word: 'Bad',
      reason: 'CertificateNotTrusted',
      says: /it says that it is not for servers/,
    },
    'is bad where a CA has more below it than it may': {
      change: unverified('PATH_LENGTH_EXCEEDED'),
      word: 'Bad',
      reason: 'CertificateNotTrusted',
      says: /may have fewer CAs below it/,
    },
    'is bad where another CA signed it': {
      change: signedBy('CN=another'),
      word: 'Bad',
      reason: 'CertificateNotTrusted',
      says: /signed by CN=another, and not by CN=ca, the CA that signs today/,
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
      says: /CN=nobody is no CA that this system trusts/,
    },
    'is bad where it is sent without the intermediate that signed it': {
      change: all(
        both({ issuer: 'CN=intermediate', authorityKeyId: 'IM' }),
        ({ facts, served }) => {
          facts.chain = [
            {
              ...facts.signer,
              subject: 'CN=intermediate',
              subjectKeyId: 'IM',
              fingerprintSha256: 'IM',
            },
          ];
          served.chain = [served.leaf];
          served.verified = false;
          served.verificationError = 'UNABLE_TO_VERIFY_LEAF_SIGNATURE';
        },
      ),
      word: 'Bad',
      reason: 'CertificateNotTrusted',
      says: /the gateway sends it without the certificate of CN=intermediate/,
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
  },
  'by its strength': {
    'is degraded with an RSA key below min_rsa_bits': {
      change: bits(1536),
      word: 'Degraded',
      reason: 'CertificateKeyTooWeak',
      says: /an RSA key of 1536 bits/,
    },
    'is good with one of just so many': {
      change: bits(2048),
      word: 'Good',
      reason: 'CertificateGood',
    },
    'is bad with one that every browser refuses': {
      change: bits(1023),
      word: 'Bad',
      reason: 'CertificateKeyTooWeak',
    },
    'is bad with an EC key of less than 224 bits': {
      change: both({ key: { algorithm: 'EC', curve: 'prime192v1' } }),
      word: 'Bad',
      reason: 'CertificateKeyTooWeak',
      says: /an EC key of 192 bits/,
    },
    'is good with one of 224': {
      change: both({ key: { algorithm: 'EC', curve: 'secp224r1' } }),
      word: 'Good',
      reason: 'CertificateGood',
    },
    'is bad with a DSA key': {
      change: both({ key: { algorithm: 'DSA', bits: 2048 } }),
      word: 'Bad',
      reason: 'CertificateKeyTooWeak',
    },
    'is good with Ed25519': {
      change: both({ key: { algorithm: 'Ed25519' }, signatureHash: undefined }),
      word: 'Good',
      reason: 'CertificateGood',
    },
    'is degraded where the CA above it has a weak key': {
      change: world => {
        for (const one of [world.facts.signer, ...world.facts.chain]) {
          one.key = { algorithm: 'RSA', bits: 1024 };
        }
        world.served.chain = [world.served.leaf, world.facts.signer];
      },
      word: 'Degraded',
      reason: 'CertificateKeyTooWeak',
      says: /the CA above it, CN=ca, has an RSA key of 1024 bits/,
    },
    'is bad with a signature over SHA-1': {
      change: both({ signatureHash: 'SHA-1' }),
      word: 'Bad',
      reason: 'CertificateSignatureTooWeak',
    },
    'is bad with one over MD5': {
      change: both({ signatureHash: 'MD5' }),
      word: 'Bad',
      reason: 'CertificateSignatureTooWeak',
    },
    'is good where a root has signed itself over SHA-1': {
      change: world => {
        for (const one of [world.facts.signer, ...world.facts.chain]) {
          one.signatureHash = 'SHA-1';
        }
        world.served.chain = [world.served.leaf, world.facts.signer];
      },
      word: 'Good',
      reason: 'CertificateGood',
    },
    'is bad where an intermediate is signed over SHA-1': {
      change: all(
        both({ issuer: 'CN=intermediate', authorityKeyId: 'IM' }),
        ({ facts, served }) => {
          facts.chain = [
            {
              ...facts.signer,
              subject: 'CN=intermediate',
              subjectKeyId: 'IM',
              fingerprintSha256: 'IM',
              signatureHash: 'SHA-1',
              key: EC,
            },
          ];
          served.chain = [served.leaf, ...facts.chain];
        },
      ),
      word: 'Bad',
      reason: 'CertificateSignatureTooWeak',
      says: /the CA above it, CN=intermediate, is signed over SHA-1/,
    },
  },
  'by what is served': {
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
      says: /serves another certificate than Certificate kube-system\/wildcard: serial number F0/,
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
      remedy:
        /why the gateway does not serve the certificate that was issued last/,
      besides: ['CertificateNotServedYet'],
    },
  },
  'with two managers': {
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
  },
};

function judge(change: (world: World) => void = () => {}) {
  const world = healthy();
  change(world);
  return judgeCertificate(world);
}

describe('a certificate', () => {
  describe.each(Object.entries(GROUPS))('%s', (_, cases) => {
    it.each(Object.entries(cases))('%s', (__, expected) => {
      const { word, finding, findings } = judge(expected.change);
      expect([word, finding.reason]).toEqual([expected.word, expected.reason]);
      expect(finding.message).toMatch(expected.says ?? /./);
      expect(finding.remedy ?? '').toMatch(expected.remedy ?? /^/);
      const reasons = findings.map(({ reason }) => reason);
      expect(reasons).toEqual(expect.arrayContaining(expected.besides ?? []));
    });
  });

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

  it('keeps serial numbers and revisions behind the sentence about what is served', () => {
    expect(judge(servesRevision3).finding.details).toMatchObject({
      servedSerial: '03',
      issuedSerial: '04',
      servedRevision: '3',
      issuedRevision: '4',
    });
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

import { all, both, EC, withIntermediate } from '../__testUtils__/facts';
import { seen, wanted, type Cases } from '../__testUtils__/cases';

const bits = (size: number) => both({ key: { algorithm: 'RSA', bits: size } });

describe('a certificate by its strength', () => {
  const cases: Cases = {
    'is degraded with an RSA key below min_rsa_bits': {
      change: bits(1536),
      word: 'Degraded',
      reason: 'CertificateKeyTooWeak',
      says: /an RSA key of 1536 bits/,
      remedy:
        /^Set privateKey of Certificate kube-system\/wildcard to .*, then renew it\.$/,
    },
    'is replaced by somebody in a Secret that no Certificate fills': {
      change: all(bits(1536), ({ facts }) => {
        delete (facts as Partial<typeof facts>).certificate;
      }),
      word: 'Degraded',
      reason: 'CertificateKeyTooWeak',
      remedy:
        /^Put a certificate with a key of .* into Secret kube-system\/wildcard-tls\.$/,
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
    'is bad with a DSA key': {
      change: both({ key: { algorithm: 'DSA', bits: 2048 } }),
      word: 'Bad',
      reason: 'CertificateKeyTooWeak',
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
      says: /the CA ca above it has an RSA key of 1024 bits/,
      remedy:
        // cert-manager keeps a key that it is told to keep, and fails to renew with one that does not fit.
        /^Set privateKey of Certificate cert-manager\/ca to .*, then delete Secret cert-manager\/ca-tls, for which cert-manager makes a new key, and renew Certificate kube-system\/wildcard\.$/,
    },
    'names the Secret to delete where the key is to be kept': {
      change: all(bits(1536), ({ facts }) => {
        facts.certificate.rotationPolicy = 'Never';
      }),
      word: 'Degraded',
      reason: 'CertificateKeyTooWeak',
      remedy:
        /^Set privateKey of Certificate kube-system\/wildcard to .*, then delete Secret kube-system\/wildcard-tls, for which cert-manager makes a new key\.$/,
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
      change: withIntermediate({ signatureHash: 'SHA-1', key: EC }),
      word: 'Bad',
      reason: 'CertificateSignatureTooWeak',
      says: /the CA intermediate above it is signed over SHA-1/,
    },
  };
  it.each(Object.entries(cases))('%s', (_, one) => {
    expect(seen(one)).toEqual(wanted(one));
  });
});

import type { CertificateStatus, CertificateSummary } from '../types';
import {
  all,
  both,
  EC,
  healthy,
  unissued,
  unread,
  withIntermediate,
  type World,
} from '../__testUtils__/facts';
import { judge, seen, wanted, type Cases } from '../__testUtils__/cases';

const curve = (name: string) => ({ algorithm: 'EC', curve: name } as const);
const ED25519 = {
  key: { algorithm: 'Ed25519' },
  signatureHash: undefined,
} as const;

const asks =
  (privateKey: CertificateStatus['privateKey'], more = {}) =>
  ({ facts }: World) => {
    Object.assign(facts.certificate, { privateKey, ...more });
  };

/** Every certificate above the leaf, and what they have signed. */
const ca =
  (
    what: Partial<CertificateSummary>,
    signed: Partial<CertificateSummary> = {},
  ) =>
  (world: World) => {
    for (const one of [world.facts.signer, ...world.facts.chain]) {
      Object.assign(one, what);
    }
    both(signed)(world);
  };

const asCa = (world: World) => {
  world.role = 'ca';
  world.facts.leaf.isCa = true;
  world.facts.certificate.isCa = true;
  world.facts.certificate.rotationPolicy = 'Never';
};

describe('a certificate by whether clients take its key', () => {
  const cases: Cases = {
    'is bad with Ed25519, which no browser takes': {
      change: both(ED25519),
      word: 'Bad',
      reason: 'CertificateKeyRefused',
      says: /^Browsers refuse .*an Ed25519 key/,
      remedy:
        /^Set privateKey of Certificate kube-system\/wildcard to algorithm ECDSA .*rotationPolicy to Always, then renew it\.$/,
    },
    'is bad with Ed448': {
      change: both({ key: { algorithm: 'Ed448' }, signatureHash: undefined }),
      word: 'Bad',
      reason: 'CertificateKeyRefused',
    },
    'is degraded with P-521, which Chromium refuses and Firefox takes': {
      change: both({ key: curve('P-521') }),
      word: 'Degraded',
      reason: 'CertificateKeyRefused',
      says: /^Chromium .* refuse .*; Firefox accepts it/,
    },
    'is good with P-384': {
      change: both({ key: curve('P-384') }),
      word: 'Good',
      reason: 'CertificateGood',
    },
    'is good with P-256 by its other name': {
      change: both({ key: curve('prime256v1') }),
      word: 'Good',
      reason: 'CertificateGood',
    },
    'is bad with P-224': {
      change: both({ key: curve('secp224r1') }),
      word: 'Bad',
      reason: 'CertificateKeyRefused',
    },
    'is bad on the curve of cryptocurrencies': {
      change: both({ key: curve('secp256k1') }),
      word: 'Bad',
      reason: 'CertificateKeyRefused',
    },
    'is bad on a brainpool curve': {
      change: both({ key: curve('brainpoolP256r1') }),
      word: 'Bad',
      reason: 'CertificateKeyRefused',
    },
    'is bad with an RSA key that is for RSASSA-PSS alone': {
      change: both({ key: { algorithm: 'RSA-PSS', bits: 2048 } }),
      word: 'Bad',
      reason: 'CertificateKeyRefused',
    },
    'is good with an RSA key of 8192 bits': {
      change: both({ key: { algorithm: 'RSA', bits: 8192 } }),
      word: 'Good',
      reason: 'CertificateGood',
    },
    'is degraded with one of 16384, which programs in Go refuse': {
      change: both({ key: { algorithm: 'RSA', bits: 16_384 } }),
      word: 'Degraded',
      reason: 'CertificateKeyRefused',
      says: /^Go refuses/,
    },
    'is good with a key of a kind that nothing is known of': {
      change: both({ key: { algorithm: 'other' } }),
      word: 'Good',
      reason: 'CertificateGood',
    },
    'is bad where an Ed25519 CA has signed an RSA key': {
      change: ca(ED25519, {
        key: { algorithm: 'RSA', bits: 2048 },
        signatureAlgorithm: 'Ed25519',
        signatureHash: undefined,
      }),
      word: 'Bad',
      reason: 'CertificateKeyRefused',
      says: /the CA ca above it has an Ed25519 key/,
      remedy:
        /Certificate cert-manager\/ca .*and renew Certificate kube-system/,
      lacks: ['CertificateSignatureRefused'],
    },
    'is bad where such a CA is not seen': {
      change: world => {
        both({ signatureAlgorithm: 'Ed25519', signatureHash: undefined })(
          world,
        );
        world.facts.chain = [];
        world.served.chain = [world.served.leaf];
        world.facts.verified = undefined;
        world.served.verified = undefined;
      },
      word: 'Bad',
      reason: 'CertificateSignatureRefused',
    },
    'is good where the CA above it has P-521, with which it sets up no connection':
      {
        change: ca(
          { key: curve('P-521'), signatureAlgorithm: 'ECDSA-SHA512' },
          { signatureAlgorithm: 'ECDSA-SHA512', signatureHash: 'SHA-512' },
        ),
        word: 'Good',
        reason: 'CertificateGood',
      },
    'is bad where an intermediate is on a curve that browsers refuse': {
      change: withIntermediate({ key: curve('secp256k1') }),
      word: 'Bad',
      reason: 'CertificateKeyRefused',
      says: /the CA intermediate above it/,
    },
    'is good where an intermediate has P-521': {
      change: withIntermediate({ key: curve('P-521') }),
      word: 'Good',
      reason: 'CertificateGood',
    },
    'is degraded with a signature over SHA-224, of which Apple says nothing else':
      {
        change: both({
          signatureHash: 'SHA-224',
          signatureAlgorithm: 'ECDSA-SHA224',
          key: EC,
        }),
        word: 'Degraded',
        reason: 'CertificateSignatureRefused',
      },
    'is good with a signature by RSASSA-PSS': {
      change: both({
        signatureHash: 'SHA-256',
        signatureAlgorithm: 'SHA256-RSAPSS',
      }),
      word: 'Good',
      reason: 'CertificateGood',
    },
    'is good where nothing is known of the signature': {
      change: both({ signatureHash: undefined, signatureAlgorithm: undefined }),
      word: 'Good',
      reason: 'CertificateGood',
    },
    'is only renewed where its Certificate asks for another key by now': {
      change: all(both(ED25519), asks({ algorithm: 'ECDSA' })),
      word: 'Bad',
      reason: 'CertificateKeyRefused',
      remedy: /^Renew Certificate kube-system\/wildcard\.$/,
    },
    'has its Secret deleted where that Certificate keeps its key': {
      change: all(
        both(ED25519),
        asks({ algorithm: 'ECDSA' }, { rotationPolicy: 'Never' }),
      ),
      word: 'Bad',
      reason: 'CertificateKeyRefused',
      remedy: /^Delete Secret kube-system\/wildcard-tls, /,
    },
    'is waited for where another was issued that the gateway does not serve': {
      change: world => {
        world.served.leaf = {
          ...world.served.leaf,
          ...ED25519,
          fingerprintSha256: 'LEAF:3',
        };
        world.served.chain = [world.served.leaf, world.facts.signer];
      },
      word: 'Bad',
      reason: 'CertificateKeyRefused',
      remedy: /^Find out why the gateway does not serve what is in Secret/,
    },
    'is bad before it is issued, where its Certificate asks for Ed25519': {
      change: all(unissued, asks({ algorithm: 'Ed25519' })),
      word: 'Bad',
      reason: 'CertificateKeyRefused',
      says: /^Browsers refuse .*asks for an Ed25519 key/,
      remedy: /^Set privateKey of Certificate kube-system\/wildcard to /,
      besides: ['CertificateNotIssued'],
    },
    'is bad where it was issued so and nothing else is known': {
      change: all(unread, asks({ algorithm: 'Ed25519' })),
      word: 'Bad',
      reason: 'CertificateKeyRefused',
    },
    'is not known before it is issued, where its Certificate asks for P-521': {
      change: all(unissued, asks({ algorithm: 'ECDSA', size: 521 })),
      word: 'Unknown',
      reason: 'CertificateNotIssued',
      besides: ['CertificateKeyRefused'],
    },
    'is not known before it is issued, and nothing is wrong with what is asked for':
      {
        change: all(unissued, asks({ algorithm: 'ECDSA', size: 384 })),
        word: 'Unknown',
        reason: 'CertificateNotIssued',
        lacks: ['CertificateKeyRefused'],
      },
    'is degraded where what is issued next will be refused': {
      change: asks({ algorithm: 'Ed25519' }),
      word: 'Degraded',
      reason: 'CertificateKeyRefused',
      says: /^Browsers will refuse what is issued next/,
    },
    'names the Gateway by whose annotations cert-manager keeps it': {
      change: all(
        both(ED25519),
        asks(
          { algorithm: 'Ed25519' },
          {
            madeFor: { kind: 'Gateway', name: 'edge' },
            rotationPolicy: 'Never',
          },
        ),
      ),
      word: 'Bad',
      reason: 'CertificateKeyRefused',
      remedy:
        /^Set annotations cert-manager\.io\/private-key-algorithm: ECDSA.* on Gateway kube-system\/edge, .*then renew Certificate kube-system\/wildcard\.$/,
    },
    'is told once where it is served as its Certificate asks, and nothing else is known':
      {
        change: world => {
          both(ED25519)(world);
          asks({ algorithm: 'Ed25519' })(world);
          delete (world.facts as Partial<typeof world.facts>).leaf;
        },
        word: 'Bad',
        reason: 'CertificateKeyRefused',
        says: /it has an Ed25519 key/,
      },
    'is degraded where P-521 is asked for next': {
      change: asks({ algorithm: 'ECDSA', size: 521 }),
      word: 'Degraded',
      reason: 'CertificateKeyRefused',
      says: /^Chromium .* and Safari will refuse what is issued next/,
    },
    'is told once where it has what it asks for': {
      change: all(both(ED25519), asks({ algorithm: 'Ed25519' })),
      word: 'Bad',
      reason: 'CertificateKeyRefused',
      says: /it has an Ed25519 key/,
    },
    'is good as a CA with P-521': {
      change: all(both({ key: curve('P-521') }), asCa),
      word: 'Good',
      reason: 'CertificateGood',
    },
    'is bad as a CA with Ed25519': {
      change: all(both(ED25519), asCa),
      word: 'Bad',
      reason: 'CertificateKeyRefused',
      says: /refuse what this CA has signed: this CA has an Ed25519 key/,
      remedy: /then delete Secret kube-system\/wildcard-tls/,
    },
  };

  it.each(Object.entries(cases))('%s', (_, one) => {
    expect(seen(one)).toEqual(wanted(one));
  });

  it('names who refuses and who takes it in details, by id', () => {
    const { finding } = judge(both({ key: curve('P-521') }));
    expect(finding.details).toMatchObject({
      refusedBy: 'chromium, safari',
      acceptedBy: 'firefox, curl, go, java',
    });
  });

  it('names the field of a Certificate that asks for what is refused', () => {
    const { finding } = judge(all(unissued, asks({ algorithm: 'Ed25519' })));
    expect(finding.subject).toMatchObject({
      kind: 'Certificate',
      name: healthy().facts.certificate.name,
      field: 'spec.privateKey',
    });
  });
});

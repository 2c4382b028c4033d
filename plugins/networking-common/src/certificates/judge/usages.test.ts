import {
  all,
  both,
  unverified,
  withIntermediate,
  type World,
} from '../__testUtils__/facts';
import { judge, seen, wanted, type Cases } from '../__testUtils__/cases';

const forPurposes = (...extendedKeyUsages: string[]) =>
  both({ extendedKeyUsages });

/** The CA that signs today, wherever it is told of. */
const caFor =
  (...keyUsages: string[]) =>
  ({ facts, served }: World) => {
    for (const ca of [facts.signer, ...facts.chain]) ca.keyUsages = keyUsages;
    served.chain = [served.leaf, ...facts.chain];
  };

/** As the Certificates page judges the CA. */
const itselfCa =
  (change: (world: World) => void) =>
  (world: World): void => {
    change(world);
    const { facts } = world;
    Object.assign(world, { role: 'ca' });
    facts.certificate = facts.ca;
    facts.leaf = facts.signer;
    facts.chain = [];
  };

describe('a certificate by what it is for', () => {
  const cases: Cases = {
    'is bad where it is for clients alone': {
      change: forPurposes('clientAuth'),
      word: 'Bad',
      reason: 'CertificateNotForServers',
      says: /^Browsers refuse this certificate: it was issued for clientAuth, and not for servers/,
      remedy:
        /^Add "server auth" to spec\.usages of Certificate kube-system\/wildcard\.$/,
    },
    'is bad where it is for something that nobody knows': {
      change: forPurposes('1.2.3.4.5', 'codeSigning'),
      word: 'Bad',
      reason: 'CertificateNotForServers',
      says: /it was issued for 1\.2\.3\.4\.5, codeSigning/,
    },
    'is bad where it is for much else, of which some is named': {
      change: forPurposes(...Array.from({ length: 9 }, (_, i) => `1.2.${i}`)),
      word: 'Bad',
      reason: 'CertificateNotForServers',
      says: /it was issued for 1\.2\.0, 1\.2\.1, 1\.2\.2, 1\.2\.3, 1\.2\.4 and 4 more, and not/,
    },
    'is bad where it is for nothing': {
      change: forPurposes(),
      word: 'Bad',
      reason: 'CertificateNotForServers',
      says: /it was issued for nothing/,
    },
    'is good where it is for servers too': {
      change: forPurposes('clientAuth', 'serverAuth'),
      word: 'Good',
      reason: 'CertificateGood',
    },
    'is good where it is for everything': {
      change: forPurposes('anyExtendedKeyUsage'),
      word: 'Good',
      reason: 'CertificateGood',
    },
    'is good where it does not say what it is for': {
      change: both({ extendedKeyUsages: undefined, keyUsages: undefined }),
      word: 'Good',
      reason: 'CertificateGood',
    },
    'says so before that it does not verify for this reason': {
      change: all(forPurposes('clientAuth'), unverified('INVALID_PURPOSE')),
      word: 'Bad',
      reason: 'CertificateNotForServers',
    },
    'that was kept by an earlier version says what OpenSSL says': {
      change: unverified('INVALID_PURPOSE'),
      word: 'Bad',
      reason: 'CertificateNotForServers',
      says: /it says that it is not for servers/,
    },
    'that ended is told as such first': {
      change: all(
        forPurposes('clientAuth'),
        both({ notAfter: '2026-11-01T00:00:00Z' }),
      ),
      word: 'Bad',
      reason: 'CertificateExpired',
      besides: ['CertificateNotForServers'],
    },
    'asks why the better one is not served, where there is one': {
      change: world => {
        world.served.leaf = {
          ...world.facts.leaf,
          ...world.facts.earlier?.[0].leaf,
          extendedKeyUsages: ['clientAuth'],
        };
      },
      word: 'Bad',
      reason: 'CertificateNotForServers',
      remedy: /^Find out why the gateway does not serve what is in Secret/,
    },
    'of a Secret that no Certificate fills is put there by somebody': {
      change: world => {
        forPurposes('clientAuth')(world);
        delete (world.facts as Partial<World['facts']>).certificate;
      },
      word: 'Bad',
      reason: 'CertificateNotForServers',
      remedy:
        /^Put a certificate for servers into Secret kube-system\/wildcard-tls\.$/,
    },
  };
  it.each(Object.entries(cases))('%s', (_, one) => {
    expect(seen(one)).toEqual(wanted(one));
  });
});

describe('a CA by what its key is for', () => {
  const cases: Cases = {
    'makes bad what it has signed, where it may not sign': {
      change: caFor('digitalSignature', 'cRLSign'),
      word: 'Bad',
      reason: 'CaMayNotSign',
      says: /the CA ca above it may not sign certificates, as its key usage is digitalSignature, cRLSign and lacks keyCertSign/,
      remedy:
        /^Add "cert sign" to spec\.usages of Certificate cert-manager\/ca, then renew Certificate kube-system\/wildcard\.$/,
    },
    'is told of before that nothing verifies for this reason': {
      change: all(caFor('digitalSignature'), unverified()),
      word: 'Bad',
      reason: 'CaMayNotSign',
    },
    'is told of where what was issued with the leaf does not hold it': {
      change: all(
        caFor('digitalSignature'),
        unverified(),
        ({ facts, served }) => {
          facts.chain = [];
          delete served.chain;
        },
      ),
      word: 'Bad',
      reason: 'CaMayNotSign',
    },
    'that stands between asks for another one': {
      change: withIntermediate({ keyUsages: ['digitalSignature'] }),
      word: 'Bad',
      reason: 'CaMayNotSign',
      says: /the CA intermediate above it may not/,
      remedy:
        /^Have Certificate kube-system\/wildcard signed by a CA that may sign certificates\.$/,
    },
    'is good where it may sign': {
      change: caFor('keyCertSign', 'cRLSign'),
      word: 'Good',
      reason: 'CertificateGood',
    },
    'on the Certificates page is bad itself': {
      change: itselfCa(caFor('digitalSignature')),
      word: 'Bad',
      reason: 'CaMayNotSign',
      says: /^Browsers refuse what this CA has signed: it may not sign certificates/,
      remedy:
        /^Add "cert sign" to spec\.usages of Certificate cert-manager\/ca\.$/,
    },
    'on the Certificates page is not asked to be for servers': {
      change: itselfCa(({ facts }) => {
        facts.signer.extendedKeyUsages = ['clientAuth'];
      }),
      word: 'Good',
      reason: 'CertificateGood',
    },
  };
  it.each(Object.entries(cases))('%s', (_, one) => {
    expect(seen(one)).toEqual(wanted(one));
  });

  it('is told once', () => {
    const { findings } = judge(all(caFor('digitalSignature'), unverified()));
    expect(findings.map(({ reason }) => reason)).toEqual(['CaMayNotSign']);
  });
});

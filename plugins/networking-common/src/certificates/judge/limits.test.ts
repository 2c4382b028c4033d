import {
  all,
  both,
  unserved,
  unverified,
  withIntermediate,
  type World,
} from '../__testUtils__/facts';
import { seen, wanted, type Cases } from '../__testUtils__/cases';
import type { CertificateSummary } from '../types';

/** The CA that signs today, and the same where it came with the certificate. */
const ca =
  (what: Partial<CertificateSummary>) =>
  ({ facts, served }: World) => {
    for (const one of [facts.signer, ...facts.chain]) Object.assign(one, what);
    served.chain = [served.leaf, ...facts.chain];
  };

const EXAMPLE_COM = {
  nameConstraints: { permitted: ['DNS:example.com'], excluded: [] },
};

/** Nobody knows whether it verifies: its CA is kept elsewhere. */
const untold = ({ facts, served }: World) => {
  const known: Partial<World['facts']> = facts;
  delete known.signer;
  delete known.trust;
  delete known.verified;
  known.unknown = 'ClusterIssuer vault keeps its CA elsewhere.';
  delete (served as Partial<World['served']>).verified;
};

describe('a certificate outside the limits of a CA above it', () => {
  const cases: Cases = {
    'is bad where the CA may sign other names alone, and renewing is not advised':
      {
        change: all(ca(EXAMPLE_COM), unverified('PERMITTED_VIOLATION')),
        word: 'Bad',
        reason: 'CaMayNotSignName',
        remedy: /^Permit \*\.example\.org in spec\.nameConstraints of /,
        lacks: ['CertificateNotTrusted'],
      },
    'is bad so, too, before a probe': {
      change: all(ca(EXAMPLE_COM), unverified('PERMITTED_VIOLATION'), unserved),
      word: 'Bad',
      reason: 'CaMayNotSignName',
    },
    'is bad so, too, where nobody could verify it': {
      change: all(ca(EXAMPLE_COM), untold),
      word: 'Bad',
      reason: 'CaMayNotSignName',
    },
    'is bad so, too, where OpenSSL alone knows the name': {
      change: unverified('EXCLUDED_VIOLATION'),
      word: 'Bad',
      reason: 'CaMayNotSignName',
      remedy: /signed by a CA that may sign all of its names/,
    },
    'is bad where an intermediate is so limited, of which the cluster holds no Certificate':
      {
        change: all(
          withIntermediate(EXAMPLE_COM),
          unverified('PERMITTED_VIOLATION'),
        ),
        word: 'Bad',
        reason: 'CaMayNotSignName',
        remedy: /signed by a CA that may sign \*\.example\.org/,
      },
    'is bad where the CA may not sign an address': {
      change: all(
        both({ otherNames: ['IP:10.0.0.1'] }),
        ca({
          nameConstraints: { permitted: [], excluded: ['IP:10.0.0.0/8'] },
        }),
        unverified('EXCLUDED_VIOLATION'),
      ),
      word: 'Bad',
      reason: 'CaMayNotSignName',
    },
    'is good where another way up verified': {
      change: ca(EXAMPLE_COM),
      word: 'Good',
      reason: 'CertificateGood',
    },
    'is bad where a CA has more CAs below it than it may': {
      change: all(
        withIntermediate({ issuer: 'CN=ca', authorityKeyId: 'CA:1' }),
        ({ facts }) => {
          facts.signer.pathLength = 0;
        },
        unverified('PATH_LENGTH_EXCEEDED'),
      ),
      word: 'Bad',
      reason: 'CaPathTooLong',
      remedy: /nearer to the root/,
    },
    'is bad where it holds a critical extension that nobody knows': {
      change: all(
        both({ unknownCritical: ['1.2.3.4'] }),
        unverified('UNHANDLED_CRITICAL_EXTENSION'),
      ),
      word: 'Bad',
      reason: 'CertificateExtensionUnknown',
      remedy: /leave extension 1\.2\.3\.4 away/,
    },
    'is bad where a CA holds one': {
      change: all(
        ca({ unknownCritical: ['1.2.3.4'] }),
        unverified('UNHANDLED_CRITICAL_EXTENSION'),
      ),
      word: 'Bad',
      reason: 'CertificateExtensionUnknown',
      remedy: /signed by a CA without the critical extension/,
    },
    'is bad where the CA may sign for clients alone': {
      change: all(
        ca({ extendedKeyUsages: ['clientAuth'] }),
        unverified('INVALID_PURPOSE'),
      ),
      word: 'Bad',
      reason: 'CaNotForServers',
      remedy: /^Add "server auth" to spec\.usages of Certificate cert-manager/,
    },
    'is bad where its key is for no connections': {
      change: all(
        both({ keyUsages: ['keyCertSign'] }),
        unverified('INVALID_PURPOSE'),
      ),
      word: 'Bad',
      reason: 'CertificateNotForServers',
      remedy: /^Add "digital signature" to spec\.usages/,
    },
    'is bad where what signed it is no CA, whatever OpenSSL calls that': {
      change: all(ca({ isCa: false }), unverified('INVALID_PURPOSE')),
      word: 'Bad',
      reason: 'SignerIsNoCa',
      remedy: /^Set isCA: true on Certificate cert-manager\/ca/,
    },
    'is not told to be renewed where its replacement is no better': {
      change: all(
        ca(EXAMPLE_COM),
        unverified('PERMITTED_VIOLATION'),
        ({ served, facts }) => {
          served.leaf = { ...served.leaf, ...facts.earlier?.[0].leaf };
          served.chain = [served.leaf];
          served.verified = true;
        },
      ),
      word: 'Degraded',
      reason: 'CertificateReplacementNotTrusted',
      remedy: /^Permit \*\.example\.org/,
    },
  };
  it.each(Object.entries(cases))('%s', (_, one) => {
    expect(seen(one)).toEqual(wanted(one));
  });
});

import {
  all,
  both,
  unserved,
  unverified,
  withIntermediate,
  type World,
} from '../__testUtils__/facts';
import { seen, wanted, type Cases } from '../__testUtils__/cases';
import type { IssuerStatus } from '../types';

/** Signed by an intermediate of which nothing came with it; the root is what the settings give. */
const alone = all(
  both({ issuer: 'CN=intermediate', authorityKeyId: 'IM' }),
  unverified(),
  ({ facts, served }) => {
    facts.trust = 'settings';
    facts.chain = [];
    served.chain = [served.leaf];
  },
);

const issuedBy =
  (type: IssuerStatus['type']) =>
  ({ facts }: World) => {
    facts.issuer!.type = type;
  };

/** The CA is an intermediate below a root of the name `root`. */
const below = ({ facts, served }: World) => {
  Object.assign(facts.signer, { issuer: 'CN=root', authorityKeyId: 'ROOT' });
  facts.chain = [facts.signer];
  served.chain = [served.leaf, facts.signer];
};

const rootKnown = ({ facts }: World) => {
  facts.root = {
    ...facts.signer,
    subject: 'CN=root',
    issuer: 'CN=root',
    subjectKeyId: 'ROOT',
    authorityKeyId: 'ROOT',
    fingerprintSha256: 'ROOT',
  };
};

describe('a leaf without its intermediate', () => {
  const cases: Cases = {
    'is bad where a CA of the cluster gives none': {
      change: alone,
      word: 'Bad',
      reason: 'CertificateChainIncomplete',
      says: /lacks the certificate of the CA intermediate, which signed it, so that nothing leads from it to the CA ca/,
      remedy: /into tls\.crt of the Secret in which ClusterIssuer ca-issuer/,
      lacks: ['CertificateNotTrusted', 'CertificateOfOldCaKey'],
    },
    'is bad before a probe': {
      change: all(alone, unserved),
      word: 'Bad',
      reason: 'CertificateChainIncomplete',
    },
    'is bad where ACME gives none': {
      change: all(alone, issuedBy('ACME'), ({ facts }) => {
        facts.trust = 'system';
        delete (facts as Partial<World['facts']>).signer;
      }),
      word: 'Bad',
      reason: 'CertificateChainIncomplete',
      remedy: /spec\.acme\.preferredChain/,
    },
    'is bad where Vault gives none': {
      change: all(alone, issuedBy('Vault')),
      word: 'Bad',
      reason: 'CertificateChainIncomplete',
      remedy: /^Set in Vault the chain/,
    },
    'is bad where somebody filled the Secret': {
      change: all(alone, ({ facts }) => {
        const known: Partial<World['facts']> = facts;
        for (const key of [
          'certificate',
          'issuer',
          'leaf',
          'verified',
        ] as const)
          delete known[key];
      }),
      word: 'Bad',
      reason: 'CertificateChainIncomplete',
      remedy:
        /^Append the certificate of the CA intermediate to tls\.crt in Secret kube-system\/wildcard-tls\.$/,
    },
    'names who fetches it': {
      change: all(
        alone,
        both({ caIssuers: ['http://ca.example.org/i'] }),
        w => {
          w.served.chain = [w.served.leaf];
        },
      ),
      word: 'Bad',
      reason: 'CertificateChainIncomplete',
      says: /may fetch it from http:\/\/ca\.example\.org\/i; curl, Go, Java, Node and Python do not/,
    },
    'is bad where the gateway leaves out what was issued': {
      change: all(withIntermediate(), ({ served }) => {
        served.chain = [served.leaf];
        served.verified = false;
        served.verificationError = 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY';
      }),
      word: 'Bad',
      reason: 'CertificateChainIncomplete',
      remedy: /^Find out why the gateway does not serve the whole of tls\.crt/,
    },
    'is bad where that intermediate signs today and clients trust the root': {
      change: all(below, rootKnown, unverified(), ({ facts, served }) => {
        facts.chain = [];
        served.chain = [served.leaf];
      }),
      word: 'Bad',
      reason: 'CertificateChainIncomplete',
    },
    'is another thing than a leaf of a CA that was replaced by one of another name':
      {
        change: all(alone, ({ facts }) => {
          facts.trust = 'cluster';
        }),
        word: 'Bad',
        reason: 'CertificateNotTrusted',
        remedy: /^Renew Certificate/,
      },
    'is another thing than a leaf of a CA that has another key since': {
      change: all(alone, both({ issuer: 'CN=ca', authorityKeyId: 'OLD' })),
      word: 'Bad',
      reason: 'CertificateOfOldCaKey',
    },
  };
  it.each(Object.entries(cases))('%s', (_, one) => {
    expect(seen(one)).toEqual(wanted(one));
  });
});

describe('a certificate of a CA that is an intermediate', () => {
  const cases: Cases = {
    'is not plainly good where the root is not known': {
      change: below,
      word: 'Degraded',
      reason: 'CaRootNotKnown',
      says: /Node.*openssl/,
      remedy:
        /^Give the certificate of the CA root in \[certificates\] ca_pem\.$/,
    },
    'is good where the root is known': {
      change: all(below, rootKnown),
      word: 'Good',
      reason: 'CertificateGood',
    },
    'is good where the root came with it': {
      change: all(below, rootKnown, ({ facts }) => {
        facts.chain.push(facts.root!);
        delete facts.root;
      }),
      word: 'Good',
      reason: 'CertificateGood',
    },
    'is good where this system trusts what signed it': {
      change: all(below, ({ facts }) => {
        facts.trust = 'system';
      }),
      word: 'Good',
      reason: 'CertificateGood',
    },
    'that only issued itself, with another key, is an intermediate': {
      change: all(below, ({ facts }) => {
        facts.signer.issuer = 'CN=ca';
      }),
      word: 'Degraded',
      reason: 'CaRootNotKnown',
    },
    'says what is worse first': {
      change: all(below, unverified('CERT_HAS_EXPIRED')),
      word: 'Bad',
      reason: 'CertificateNotTrusted',
      lacks: ['CaRootNotKnown'],
    },
  };
  it.each(Object.entries(cases))('%s', (_, one) => {
    expect(seen(one)).toEqual(wanted(one));
  });
});

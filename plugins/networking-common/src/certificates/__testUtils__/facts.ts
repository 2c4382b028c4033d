import { settings } from '../../verdicts/__testUtils__/world';
import type { Condition } from '../../gateway-api/types';
import type { CertificateQuestion } from '../judge';
import type { CertificateStatus, CertificateSummary } from '../types';

export const NOW = '2026-11-23T12:00:00.000Z';

/** So long before or after {@link NOW}: `-3d`, `2h`, `30s`. */
export function at(offset: string): string {
  const [, sign, count, unit] = /^(-?)(\d+)([dhms])$/.exec(offset) ?? [];
  const size = { d: 86_400, h: 3_600, m: 60, s: 1 }[unit as 'd'] * 1_000;
  const ms = Number(count) * size * (sign ? -1 : 1);
  return new Date(Date.parse(NOW) + ms).toISOString();
}

export const condition = (
  type: string,
  status: string,
  rest: Partial<Condition> = {},
): Condition => ({ type, status, lastTransitionTime: at('-5m'), ...rest });

const status = (rest: Partial<CertificateStatus>): CertificateStatus => ({
  namespace: 'kube-system',
  name: 'wildcard',
  uid: 'uid-wildcard',
  secretName: 'wildcard-tls',
  dnsNames: ['*.example.org'],
  isCa: false,
  conditions: [condition('Ready', 'True')],
  revision: 4,
  notBefore: at('-100d'),
  notAfter: at('265d'),
  renewalTime: at('235d'),
  ...rest,
});

export const EC = { algorithm: 'EC', curve: 'P-256' } as const;

/** A question about a certificate where nothing is wrong, to be changed: every part of it is there. */
export interface World extends CertificateQuestion {
  facts: CertificateQuestion['facts'] & {
    certificate: CertificateStatus;
    leaf: CertificateSummary;
    chain: CertificateSummary[];
    signer: CertificateSummary;
    ca: CertificateStatus;
  };
  served: NonNullable<CertificateQuestion['served']> & {
    leaf: CertificateSummary;
  };
}

export function healthy(): World {
  const leaf: CertificateSummary = {
    subject: 'CN=*.example.org',
    issuer: 'CN=ca',
    dnsNames: ['*.example.org'],
    serialNumber: '04',
    notBefore: at('-100d'),
    notAfter: at('265d'),
    fingerprintSha256: 'LEAF:4',
    isCa: false,
    key: EC,
    signatureHash: 'SHA-256',
    subjectKeyId: 'AA',
    authorityKeyId: 'CA:1',
  };
  const signer: CertificateSummary = {
    ...leaf,
    subject: 'CN=ca',
    issuer: 'CN=ca',
    dnsNames: [],
    serialNumber: '01',
    notBefore: at('-400d'),
    notAfter: at('3000d'),
    fingerprintSha256: 'CA',
    isCa: true,
    subjectKeyId: 'CA:1',
    authorityKeyId: 'CA:1',
  };
  return structuredClone({
    facts: {
      secret: { namespace: 'kube-system', name: 'wildcard-tls' },
      certificate: status({}),
      issuer: {
        kind: 'ClusterIssuer',
        name: 'ca-issuer',
        group: 'cert-manager.io',
        type: 'CA' as const,
        exists: true,
        conditions: [condition('Ready', 'True')],
      },
      leaf,
      chain: [signer],
      chainNotAfter: leaf.notAfter,
      signer,
      ca: status({
        namespace: 'cert-manager',
        name: 'ca',
        secretName: 'ca-tls',
        isCa: true,
        dnsNames: [],
        rotationPolicy: 'Never',
        notAfter: signer.notAfter,
        renewalTime: at('2000d'),
      }),
      trust: 'cluster' as const,
      verified: true,
      earlier: [
        {
          revision: 3,
          leaf: {
            ...leaf,
            serialNumber: '03',
            fingerprintSha256: 'LEAF:3',
            notBefore: at('-465d'),
            notAfter: at('20d'),
          },
          verified: true,
        },
      ],
    },
    served: { leaf, chain: [leaf, signer], verified: true, at: at('-20s') },
    settings,
    now: NOW,
  });
}

/** Both what was issued and what is served. */
export const both =
  (rest: Partial<CertificateSummary>) =>
  ({ facts, served }: World) => {
    Object.assign(facts.leaf, rest);
    Object.assign(served.leaf, rest);
    if (rest.notAfter) facts.chainNotAfter = rest.notAfter;
    served.chain = [served.leaf, facts.signer];
  };

export const unverified =
  (code = 'UNABLE_TO_VERIFY_LEAF_SIGNATURE') =>
  ({ facts, served }: World) => {
    facts.verified = false;
    facts.verificationError = code;
    served.verified = false;
    served.verificationError = code;
  };

/** The CA was issued anew with another key. */
export const rekeyed = ({ facts }: World) => {
  Object.assign(facts.signer, {
    subjectKeyId: 'CA:2',
    authorityKeyId: 'CA:2',
    fingerprintSha256: 'CA2',
    notBefore: at('-1d'),
  });
  facts.chain = [healthy().facts.signer];
};

export const all =
  (...changes: ((world: World) => void)[]) =>
  (world: World) =>
    changes.forEach(change => change(world));

/** It is issued and served with an intermediate CA between it and the one that signs today; `what` is said of that. */
export const withIntermediate = (what: Partial<CertificateSummary> = {}) =>
  all(
    both({ issuer: 'CN=intermediate', authorityKeyId: 'IM' }),
    ({ facts, served }) => {
      facts.chain = [
        {
          ...facts.signer,
          subject: 'CN=intermediate',
          subjectKeyId: 'IM',
          fingerprintSha256: 'IM',
          ...what,
        },
      ];
      served.chain = [served.leaf, ...facts.chain];
    },
  );

export const unserved = (world: World) => {
  (world as CertificateQuestion).served = undefined;
};

/** Nothing was ever issued. */
export const unissued = (world: World) => {
  unserved(world);
  const { facts } = world as CertificateQuestion;
  delete facts.leaf;
  delete facts.chain;
  delete facts.chainNotAfter;
  delete facts.verified;
  delete facts.earlier;
  Object.assign(world.facts.certificate, {
    revision: undefined,
    notBefore: undefined,
    notAfter: undefined,
    renewalTime: undefined,
    conditions: [
      condition('Ready', 'False', { reason: 'DoesNotExist' }),
      condition('Issuing', 'True', { reason: 'DoesNotExist' }),
    ],
  });
};

/** What is known is what cert-manager says: its request is gone, and nobody has looked. */
export const unread = (world: World) => {
  unserved(world);
  const { facts } = world as CertificateQuestion;
  delete facts.leaf;
  delete facts.chain;
  delete facts.chainNotAfter;
  delete facts.verified;
  facts.unknown = 'The request is not kept.';
};

/** cert-manager has failed twice to issue it, and tries again. */
export const failing = ({ facts }: World) => {
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

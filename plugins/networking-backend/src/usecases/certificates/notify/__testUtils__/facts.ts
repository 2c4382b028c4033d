import type {
  CertificateFacts,
  CertificateStatus,
  EntityFacts,
  HttpRoute,
} from 'backstage-plugin-networking-common';
import { accepted, route, SUFFIX } from '../../../../__testUtils__/world';

export const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
export const START = Date.parse('2026-11-25T12:00:00Z');

export const ADMINS = 'group:default/platform';
export const TEAM_SHOP = 'group:default/team-shop';
export const TEAM_PAYMENTS = 'group:default/team-payments';

export const iso = (ms: number) => new Date(ms).toISOString();

/** A certificate of 90 days, of which 60 are left. */
export function facts(
  rest: Partial<CertificateFacts> = {},
  status: Partial<CertificateStatus> = {},
): CertificateFacts {
  const leaf = {
    subject: 'CN=idp-wildcard',
    issuer: 'CN=idp-demo-ca',
    dnsNames: [`*.${SUFFIX}`],
    serialNumber: '0A',
    notBefore: iso(START - 30 * DAY),
    notAfter: iso(START + 60 * DAY),
    fingerprintSha256: 'AA:01',
    isCa: false,
    key: { algorithm: 'EC' as const, curve: 'P-256' },
    signatureHash: 'SHA-256',
  };
  return {
    secret: { namespace: 'kube-system', name: 'idp-wildcard-cert' },
    certificate: {
      namespace: 'kube-system',
      name: 'idp-wildcard-cert',
      uid: 'uid-1',
      secretName: 'idp-wildcard-cert',
      dnsNames: leaf.dnsNames,
      isCa: false,
      conditions: [{ type: 'Ready', status: 'True' }],
      revision: 1,
      renewalTime: iso(START + 30 * DAY),
      ...status,
    },
    issuer: {
      kind: 'ClusterIssuer',
      name: 'idp-demo-ca',
      group: 'cert-manager.io',
      type: 'CA',
      exists: true,
      conditions: [{ type: 'Ready', status: 'True' }],
    },
    leaf,
    chainNotAfter: leaf.notAfter,
    signer: {
      ...leaf,
      subject: 'CN=idp-demo-ca',
      fingerprintSha256: 'CA:01',
      isCa: true,
      notAfter: iso(START + 3_650 * DAY),
    },
    trust: 'cluster',
    verified: true,
    ...rest,
  };
}

const endsIn = (ms: number) => {
  const { leaf } = facts();
  const notAfter = iso(START + ms);
  return { leaf: { ...leaf!, notAfter }, chainNotAfter: notAfter };
};

export const ISSUING = { type: 'Issuing', status: 'True' };
export const READY = { type: 'Ready', status: 'True' };

export const GOOD = facts();
export const DUE = facts(endsIn(10 * DAY));
/** Ordered so long before the start, with nothing issued yet. */
const neverIssued = (ms: number, rest: Partial<CertificateFacts> = {}) =>
  facts(
    {
      leaf: undefined,
      chainNotAfter: undefined,
      signer: undefined,
      trust: undefined,
      verified: undefined,
      ...rest,
    },
    {
      conditions: [{ type: 'Ready', status: 'False', reason: 'DoesNotExist' }],
      createdAt: iso(START - ms),
      revision: undefined,
      renewalTime: undefined,
    },
  );

export const NEVER_ISSUED = neverIssued(2 * HOUR);
export const UNSOLVED = neverIssued(MINUTE, {
  issuer: {
    ...facts().issuer!,
    type: 'ACME',
    unsolved: [{ name: `*.${SUFFIX}`, needs: ['dns01'], lack: 'challenge' }],
  },
});
export const OVERDUE = facts({}, { renewalTime: iso(START - 2 * HOUR) });
export const FAILED: Partial<CertificateStatus> = {
  lastFailureTime: iso(START - MINUTE),
  failedIssuanceAttempts: 1,
  nextAttemptAt: iso(START + HOUR),
};
export const FAILING = facts({}, FAILED);
export const UNTRUSTED = facts({
  verified: false,
  verificationError: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
});
export const EXPIRED = facts(endsIn(-DAY));
export const UNKNOWN = facts({
  leaf: undefined,
  chainNotAfter: undefined,
  verified: undefined,
  unknown: 'Certificates of this cluster cannot be read.',
});

export const ROUTES: HttpRoute[] = [
  accepted(route('shop')),
  accepted(route('shop-beta')),
  accepted(route('payments', { namespace: 'payments' })),
];

export function entity(name: string, owners: string[]): EntityFacts {
  return {
    ref: `component:default/${name}`,
    kind: 'component',
    namespace: 'default',
    name,
    owners,
  };
}

export const SHOP = entity('shop', [TEAM_SHOP]);
const PAYMENTS = entity('payments', [TEAM_PAYMENTS]);
export const OWNERS = new Map<string, EntityFacts[]>([
  ['shop', [SHOP]],
  ['shop-beta', [SHOP]],
  ['payments', [PAYMENTS]],
]);

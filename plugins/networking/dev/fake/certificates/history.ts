import type {
  AcmeOrderStatus,
  CertificateAddress,
  IssuanceEvent,
  IssuanceHistory,
} from 'backstage-plugin-networking-common';
import { SUFFIX, secondsAgo } from '../basics';

type Told = Partial<IssuanceHistory>;

const eventOf = (
  kind: string,
  name: string,
  more: Partial<IssuanceEvent>,
): IssuanceEvent => ({
  about: { kind, namespace: 'kube-system', name },
  type: 'Normal',
  reason: 'Issuing',
  message: 'The certificate has been successfully issued',
  count: 1,
  lastAt: secondsAgo(1_800),
  reportedBy: 'cert-manager-certificates-issuing',
  ...more,
});

/** What cert-manager reports of an issuance that goes well. */
const issued = (name: string, revision: number): IssuanceEvent[] => [
  eventOf('Certificate', name, { lastAt: secondsAgo(1_800) }),
  eventOf('CertificateRequest', `${name}-${revision}`, {
    reason: 'CertificateIssued',
    message: 'Certificate fetched from issuer successfully',
    lastAt: secondsAgo(1_801),
    reportedBy: 'cert-manager-certificaterequests-issuer-ca',
  }),
  eventOf('CertificateRequest', `${name}-${revision}`, {
    reason: 'cert-manager.io',
    message: 'Certificate request has been approved by cert-manager.io',
    lastAt: secondsAgo(1_802),
    reportedBy: 'cert-manager-certificaterequests-approver',
  }),
  eventOf('Certificate', name, {
    reason: 'Requested',
    message: `Created new CertificateRequest resource "${name}-${revision}"`,
    lastAt: secondsAgo(1_803),
    reportedBy: 'cert-manager-certificates-request-manager',
  }),
];

const order = (
  name: string,
  more: Partial<AcmeOrderStatus>,
): AcmeOrderStatus => ({
  name: `${name}-1408523690`,
  createdAt: secondsAgo(7_030),
  challenges: [],
  ...more,
});

const TOLD: Record<string, (name: string) => Told> = {
  'failing-cert': name => ({
    events: [
      eventOf('CertificateRequest', `${name}-4`, {
        type: 'Warning',
        reason: 'OrderFailed',
        message: `Failed to wait for order resource "${name}-4-1408523690" to become ready: order is in "invalid" state`,
        count: 3,
        firstAt: secondsAgo(7_020),
        lastAt: secondsAgo(600),
        reportedBy: 'cert-manager-certificaterequests-issuer-acme',
      }),
      eventOf('Certificate', name, {
        reason: 'Requested',
        message: `Created new CertificateRequest resource "${name}-4"`,
        lastAt: secondsAgo(7_030),
        reportedBy: 'cert-manager-certificates-request-manager',
      }),
    ],
    orders: [
      order(`${name}-4`, {
        state: 'invalid',
        failedAt: secondsAgo(7_000),
        challenges: [
          {
            dnsName: `failing.${SUFFIX}`,
            type: 'HTTP-01',
            wildcard: false,
            state: 'invalid',
            reason: `Error accepting authorization: acme: authorization error for failing.${SUFFIX}: 403 urn:ietf:params:acme:error:unauthorized: Invalid response from http://failing.${SUFFIX}/.well-known/acme-challenge/…: 404`,
            presented: false,
            processing: false,
          },
        ],
      }),
    ],
  }),
  'first-issuance-cert': name => ({
    events: issued(name, 1).slice(-2),
    orders: [
      order(`${name}-1`, {
        createdAt: secondsAgo(40),
        state: 'pending',
        challenges: [
          {
            dnsName: `first-issuance.${SUFFIX}`,
            type: 'HTTP-01',
            wildcard: false,
            state: 'pending',
            reason:
              'Waiting for HTTP-01 challenge propagation: wrong status code 404, expected 200',
            presented: true,
            processing: true,
          },
          {
            dnsName: SUFFIX,
            type: 'DNS-01',
            wildcard: true,
            state: 'valid',
            reason: 'Successfully authorized domain',
            presented: false,
            processing: false,
          },
        ],
      }),
    ],
  }),
  'issuer-broken-cert': name => ({
    events: [
      {
        about: { kind: 'ClusterIssuer', name: 'idp-demo-ca' },
        type: 'Warning',
        reason: 'ErrGetKeyPair',
        message:
          'Error getting keypair for CA issuer: secrets "nowhere" not found',
        count: 12,
        firstAt: secondsAgo(900),
        lastAt: secondsAgo(30),
        reportedBy: 'cert-manager-clusterissuers',
      },
      eventOf('Certificate', name, {
        message: 'Issuing certificate as Secret does not exist',
        lastAt: secondsAgo(600),
        reportedBy: 'cert-manager-certificates-trigger',
      }),
    ],
  }),
  'overdue-cert': () => ({}),
  'two-managers-cert': name => ({
    unknown: [
      `Events of Certificate kube-system/${name} are not known: the backend's service account may not list events in namespace kube-system of cluster local. Ask the owners of cluster local to apply rbac/clusterrole.yaml of the backend plugin again: it grants that.`,
    ],
  }),
};

/** What was reported and ordered of a certificate of the imaginary platform. */
export const historyOf = ({ name }: CertificateAddress): IssuanceHistory => ({
  orders: [],
  unknown: [],
  events: [],
  ...(TOLD[name]?.(name) ?? { events: issued(name, 3) }),
});
